import type { TSchema } from 'typebox';
import { type FieldMark, isPersonal, levelOf, type Level, MARK } from './resource.ts';

type Node = { mark?: FieldMark; properties?: [string, Node][]; items?: Node };

/** What a reply schema says about catalogued data: which fields, how sensitive, and where the subjects stand. */
export type ReplyMap = {
  fields: FieldMark[];
  level: Level;
  personal: boolean;
  /** Ids of persons and enterprises in an actual reply. */
  subjectsIn(reply: unknown): { kind: 'person' | 'entity'; id: string }[];
};

/** Reads the marks that `itemOf` left in a reply schema, once per route at start. */
export function mapReply(schema: TSchema): ReplyMap {
  const fields: FieldMark[] = [];
  const root = walk(schema as Record<string, unknown>, fields);
  const level = levelOf(fields.map((f) => f.level));
  return {
    fields,
    level,
    personal: isPersonal(level),
    subjectsIn: (reply) => {
      if (!root) return [];
      const found = new Map<string, { kind: 'person' | 'entity'; id: string }>();
      collect(root, reply, found);
      return [...found.values()];
    },
  };
}

function walk(schema: Record<string, unknown>, fields: FieldMark[]): Node | undefined {
  const mark = schema[MARK] as FieldMark | undefined;
  if (mark) fields.push(mark);
  const node: Node = {};
  if (mark?.subject) node.mark = mark;
  const properties = schema.properties as Record<string, Record<string, unknown>> | undefined;
  if (properties) {
    const children = Object.entries(properties).flatMap(([name, child]): [string, Node][] => {
      const inner = walk(child, fields);
      return inner ? [[name, inner]] : [];
    });
    if (children.length > 0) node.properties = children;
  }
  if (schema.items) {
    const inner = walk(schema.items as Record<string, unknown>, fields);
    if (inner) node.items = inner;
  }
  for (const branch of [schema.anyOf, schema.oneOf, schema.allOf].flatMap(
    (list) => (list ?? []) as Record<string, unknown>[],
  )) {
    const inner = walk(branch, fields);
    if (inner?.properties) node.properties = [...(node.properties ?? []), ...inner.properties];
    if (inner?.items) node.items = inner.items;
  }
  return node.mark || node.properties || node.items ? node : undefined;
}

function collect(node: Node, value: unknown, found: Map<string, { kind: 'person' | 'entity'; id: string }>): void {
  if (value === null || value === undefined) return;
  if (node.mark?.subject && typeof value === 'string') {
    found.set(`${node.mark.subject}:${value}`, { kind: node.mark.subject, id: value });
    return;
  }
  if (Array.isArray(value)) {
    if (node.items) for (const item of value) collect(node.items, item, found);
    return;
  }
  if (typeof value === 'object' && node.properties) {
    for (const [name, child] of node.properties) collect(child, (value as Record<string, unknown>)[name], found);
  }
}
