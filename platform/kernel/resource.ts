import { Type, type TObject, type TSchema } from 'typebox';
import type { Text } from './text.ts';

/** Data level (数据分级, K1): L1 public · L2 internal · L3 personal · L4 sensitive. */
export type Level = 'L1' | 'L2' | 'L3' | 'L4';
/** Sharing type (共享类型): unconditional 无条件, conditional 有条件, none 不予. */
export type Sharing = 'unconditional' | 'conditional' | 'none';
/** Opening type (开放类型). */
export type Opening = 'open' | 'conditional' | 'closed';

/** An information item (信息项) of a resource: the schema plus what the catalogue says of it. */
export type ResourceField = {
  schema: TSchema;
  title: Text;
  level: Level;
  /** Standard data element or code list, e.g. `GB 11643`, `GB/T 2261.1`. */
  element?: string;
  /** Column of the storage table; snake case of the field name unless given. */
  column?: string;
  /** This field names the person or enterprise that the row is about: reads are logged for them. */
  subject?: 'person' | 'entity';
};

/** An information resource (信息资源): what a module publishes. The catalogue entry is derived from it. */
export type Resource<F extends Record<string, ResourceField> = Record<string, ResourceField>> = {
  /** `<module>.<name>`, stable for ever. */
  id: string;
  version: number;
  title: Text;
  summary: Text;
  /** Unit that answers for the content (数据提供单位), the one authoritative source. */
  owner: string;
  sharing: Sharing;
  opening: Opening;
  /** Update cycle (更新周期). */
  updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
  retention: Text;
  /** Table or view that holds the rows, `schema.name`. */
  table: string;
  key: string;
  fields: F;
  /** Field by whose area code or unit a post with reach `own` is limited. */
  scope?: { by: 'area' | 'unit'; field: string };
  geometry?: string;
  time?: string;
  /** Field for which the catalogue offers full text. */
  badge?: 'sample' | 'real' | 'reference';
};

export function resource<F extends Record<string, ResourceField>>(definition: Resource<F>): Resource<F> {
  if (!definition.fields[definition.key])
    throw new Error(`${definition.id}: key field ${definition.key} is not declared`);
  return definition;
}

export function columnOf(name: string, field: ResourceField): string {
  return field.column ?? name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}

const RANK: Record<Level, number> = { L1: 1, L2: 2, L3: 3, L4: 4 };

export function levelOf(levels: Iterable<Level>): Level {
  let highest: Level = 'L1';
  for (const level of levels) if (RANK[level] > RANK[highest]) highest = level;
  return highest;
}

export function isPersonal(level: Level): boolean {
  return RANK[level] >= RANK.L3;
}

/**
 * The reply schema for some fields of a resource. Level, resource and subject travel with each field, so the kernel
 * knows from the reply alone what was read and about whom.
 */
export function itemOf<F extends Record<string, ResourceField>, const K extends keyof F & string>(
  source: Resource<F>,
  names: readonly K[],
): TObject<{ [P in K]: F[P]['schema'] }> {
  const properties: Record<string, TSchema> = {};
  for (const name of names) {
    const field = source.fields[name];
    if (!field) throw new Error(`${source.id} has no field ${name}`);
    properties[name] = annotate(field.schema, source.id, name, field);
  }
  return Type.Object(properties) as unknown as TObject<{ [P in K]: F[P]['schema'] }>;
}

/** Annotation that the kernel looks for in reply schemas. */
export type FieldMark = { resource: string; field: string; level: Level; subject?: 'person' | 'entity' };
export const MARK = 'x-field';

function annotate(schema: TSchema, resourceId: string, name: string, field: ResourceField): TSchema {
  const mark: FieldMark = { resource: resourceId, field: name, level: field.level, subject: field.subject };
  return { ...schema, title: field.title.zh, description: field.title.en, [MARK]: mark } as TSchema;
}
