import type { TSchema } from 'typebox';

/** What may leave in one place of a reply: anything, or these members and items. */
type Shape = 'open' | { members?: Map<string, Shape>; others?: Shape; items?: Shape };

export type ReplyShape = {
  /** The reply without members that its schema does not name; `dropped` gets their paths, never their values. */
  only(value: unknown, dropped: (path: string) => void): unknown;
};

/**
 * Reads a reply schema once, at start. A handler that returns a whole row, or a column that a migration added, then still sends
 * only what the route declares (ASVS 15.3.1). Members of every branch of a union may leave; where a branch is open, all may.
 */
export function replyShape(schema: TSchema): ReplyShape {
  const shape = shapeOf(schema as Record<string, unknown>);
  return { only: (value, dropped) => (shape === 'open' ? value : pick(shape, value, '', dropped)) };
}

function shapeOf(schema: Record<string, unknown>): Shape {
  const branches = [schema.anyOf, schema.oneOf, schema.allOf].flatMap(
    (list) => (list ?? []) as Record<string, unknown>[],
  );
  if (branches.length > 0) return branches.map(shapeOf).reduce(both);
  if (schema.items !== undefined) {
    return Array.isArray(schema.items) ? 'open' : { items: shapeOf(schema.items as Record<string, unknown>) };
  }
  const properties = schema.properties as Record<string, Record<string, unknown>> | undefined;
  const patterns = Object.values((schema.patternProperties ?? {}) as Record<string, Record<string, unknown>>);
  const more = schema.additionalProperties;
  if (properties || patterns.length > 0) {
    const rest = [...patterns, ...(typeof more === 'object' && more !== null ? [more as Record<string, unknown>] : [])];
    return {
      members: new Map(Object.entries(properties ?? {}).map(([name, child]) => [name, shapeOf(child)])),
      others: more === true ? 'open' : rest.length > 0 ? rest.map(shapeOf).reduce(both) : undefined,
    };
  }
  // A scalar has nothing inside; what has no type may be anything.
  const scalar = typeof schema.type === 'string' && schema.type !== 'object' && schema.type !== 'array';
  return scalar || 'const' in schema || 'enum' in schema ? {} : 'open';
}

function both(a: Shape, b: Shape): Shape {
  if (a === 'open' || b === 'open') return 'open';
  const members = new Map(a.members);
  for (const [name, child] of b.members ?? []) {
    const there = members.get(name);
    members.set(name, there === undefined ? child : both(there, child));
  }
  const either = (x: Shape | undefined, y: Shape | undefined) => (x && y ? both(x, y) : (x ?? y));
  return {
    members: a.members || b.members ? members : undefined,
    others: either(a.others, b.others),
    items: either(a.items, b.items),
  };
}

/** Copies only what has something to drop inside; an ordinary reply is walked through and left as it is. */
function pick(shape: Shape, value: unknown, path: string, dropped: (path: string) => void): unknown {
  if (shape === 'open' || typeof value !== 'object' || value === null) return value;
  // A date, or what writes itself in its own way.
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
  if (Array.isArray(value)) {
    const { items } = shape;
    if (items === 'open') return value;
    if (items === undefined) return refuse(path, dropped);
    let copy: unknown[] | undefined;
    for (let i = 0; i < value.length; i++) {
      const kept = pick(items, value[i], path, dropped);
      if (kept === value[i]) continue;
      copy ??= [...value];
      copy[i] = kept;
    }
    return copy ?? value;
  }
  if (shape.members === undefined) return refuse(path, dropped);
  let copy: Record<string, unknown> | undefined;
  const object = value as Record<string, unknown>;
  for (const name in object) {
    const child = shape.members.get(name) ?? shape.others;
    if (child === undefined) {
      copy ??= { ...object };
      delete copy[name];
      dropped(`${path}/${name}`);
      continue;
    }
    if (child === 'open' || typeof object[name] !== 'object') continue;
    const kept = pick(child, object[name], `${path}/${name}`, dropped);
    if (kept === object[name]) continue;
    copy ??= { ...object };
    copy[name] = kept;
  }
  return copy ?? object;
}

/** A list or an object where the schema has another kind of value: nothing of it is declared. */
function refuse(path: string, dropped: (path: string) => void): undefined {
  dropped(path);
  return undefined;
}
