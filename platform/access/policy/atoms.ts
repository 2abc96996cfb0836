import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import { type Attribute, ATTRIBUTES, type Facts } from './facts.ts';

/**
 * A question about the facts that a policy asks as a whole (原子条件): an attribute against constants, or else the value itself. Two
 * requests that give the same answers to the atoms of all policies of an action get the same decision from Cedar, so that these
 * answers are the key under which a decision may be kept. What is not one of the plain forms below counts with its full value.
 */
export type Atom = { id: string; of(facts: Facts): string };

type Node = Record<string, unknown>;
type Scalar = string | number | boolean;

const raw = (attribute: Attribute): Atom => ({ id: attribute, of: (facts) => String(ATTRIBUTES[attribute](facts)) });

function atom(attribute: Attribute, test: string, holds: (value: Scalar) => boolean): Atom {
  return {
    id: `${attribute} ${test}`,
    of: (facts) => {
      const value = ATTRIBUTES[attribute](facts);
      return value === undefined ? '?' : holds(value) ? '1' : '0';
    },
  };
}

function pair(a: Attribute, operator: string, b: Attribute): Atom {
  const compare = COMPARE[operator]!;
  return {
    id: `${a} ${operator} ${b}`,
    of: (facts) => {
      const [left, right] = [ATTRIBUTES[a](facts), ATTRIBUTES[b](facts)];
      return left === undefined || right === undefined ? '?' : compare(left, right) ? '1' : '0';
    },
  };
}

export function atomsOf(json: PolicyJson): Atom[] {
  const found = new Map<string, Atom>();
  const add = (one: Atom): void => void found.set(one.id, one);
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (value === null || typeof value !== 'object') return;
    const node = value as Node;
    const plain = plainAtom(node);
    if (plain) return add(plain);
    const attribute = attributeOf(node);
    if (attribute) return add(raw(attribute));
    if (node.Var === 'principal') return add(raw('principal.post'));
    if (node.Var === 'resource') return add(raw('resource.kind'));
    Object.values(node).forEach(visit);
  };
  visit(json.conditions);
  if (json.principal.op !== 'All') add(raw('principal.post'));
  if (json.resource.op !== 'All') add(raw('resource.kind'));
  return [...found.values()];
}

/** `principal.unit`, `context.purpose` … as the attribute that it is. */
function attributeOf(node: Node | undefined): Attribute | undefined {
  const access = node?.['.'] as { left?: { Var?: string }; attr?: string } | undefined;
  const name = `${access?.left?.Var}.${access?.attr}`;
  return name in ATTRIBUTES ? (name as Attribute) : undefined;
}

const COMPARE: Record<string, (a: Scalar, b: Scalar) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function plainAtom(node: Node): Atom | undefined {
  const [[operator = '', body] = []] = Object.entries(node);
  const { left, right, attr } = (body ?? {}) as { left?: Node; right?: Node; attr?: string | string[] };
  const compare = COMPARE[operator];
  if (compare) {
    const attribute = attributeOf(left);
    const constant = scalarOf(right);
    if (attribute && constant !== undefined)
      return atom(attribute, `${operator} ${JSON.stringify(constant)}`, (value) => compare(value, constant));
    const other = attributeOf(right);
    // Unit of the post and unit of the data: it matters whether they are the same, not which they are.
    if (attribute && other) return pair(attribute, operator, other);
    return undefined;
  }
  if (operator === 'has' && typeof attr === 'string') {
    const name = `${left?.Var}.${attr}`;
    // The question for its presence: any value will do.
    return name in ATTRIBUTES ? atom(name as Attribute, 'has', () => true) : undefined;
  }
  if (operator === 'contains') {
    const attribute = attributeOf(right);
    const members = (left?.Set as Node[] | undefined)?.map(scalarOf);
    if (!attribute || !members || members.includes(undefined)) return undefined;
    const set = new Set(members);
    return atom(attribute, `in ${JSON.stringify([...set].map(String).sort())}`, (value) => set.has(value));
  }
  if (operator === 'in' && left?.Var === 'principal') {
    const posts = ((right?.Set as Node[] | undefined) ?? (right ? [right] : [])).map(postOf);
    if (posts.includes(undefined)) return undefined;
    const set = new Set<unknown>(posts);
    return atom('principal.post', `in ${JSON.stringify([...set].map(String).sort())}`, (value) => set.has(value));
  }
  return undefined;
}

function scalarOf(node: Node | undefined): Scalar | undefined {
  const value = node?.Value;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function postOf(node: Node): string | undefined {
  const entity = (node.Value as { __entity?: { type: string; id: string } } | undefined)?.__entity;
  return entity?.type === 'Post' ? entity.id : undefined;
}
