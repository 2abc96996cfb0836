import { type TSchema, Type } from 'typebox';

export const Words = Type.Object({ zh: Type.String(), en: Type.String() });
export const Maybe = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
export const SetId = Type.Object({ id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{2,99}$' }) });
export const FieldShape = Type.Object({
  name: Type.String(),
  title: Words,
  type: Type.String(),
  role: Type.Optional(Type.String()),
});
export const DecisionShape = Type.Object({
  opening: Type.String(),
  reason: Words,
  article: Type.String(),
  rule: Type.String(),
  version: Type.Integer(),
  unverified: Type.Boolean(),
  facts: Type.Record(Type.String(), Type.Boolean()),
});
export const SetShape = Type.Object({
  id: Type.String(),
  item: Type.String(),
  title: Words,
  summary: Words,
  theme: Type.String(),
  owner: Type.String(),
  licence: Type.String(),
  attribution: Maybe(Type.String()),
  cycle: Type.String(),
  about: Type.String(),
  badge: Type.String(),
  opening: Type.String(),
  decision: DecisionShape,
  no: Type.Integer(),
  cite: Type.String(),
  fields: Type.Array(FieldShape),
  geometry: Maybe(Type.String()),
  rows: Type.Integer(),
  digest: Type.String(),
  dataOn: Type.String(),
  createdAt: Type.String(),
  publishedAt: Type.String(),
  downloads: Type.Integer(),
  stale: Type.Boolean(),
});
export const Done = Type.Object({ id: Type.String(), state: Type.String() });
export const Line = (least: number, most: number) => Type.String({ minLength: least, maxLength: most });
