import { Type, type Static } from 'typebox';

/** Schemas of a golden record's card (一人一档、一企一档), the same for persons and enterprises. */
const Words = Type.Object({ zh: Type.String(), en: Type.String() });

/** Where a value comes from, down to the row of the file. */
export const SourceSchema = Type.Object({
  claim: Type.Integer({ description: 'claim id, for the lineage' }),
  dataset: Type.String(),
  datasetTitle: Words,
  unit: Type.String({ description: 'unit that sent it' }),
  receivedAt: Type.String({ format: 'date-time' }),
  from: Type.Optional(Type.String({ description: 'holds since, as the source states it' })),
  batch: Type.Optional(Type.String()),
  row: Type.Optional(Type.Integer()),
  badge: Type.Optional(Type.String()),
});

export const AttributeSchema = Type.Object({
  name: Type.String(),
  title: Words,
  group: Type.String(),
  level: Type.String(),
  masked: Type.Boolean({ description: 'true = the value shown is masked' }),
  value: Type.Union([Type.String(), Type.Null()]),
  source: Type.Union([SourceSchema, Type.Null()]),
  others: Type.Array(Type.Object({ value: Type.String(), source: SourceSchema }), {
    description: 'values of other sources that did not become golden',
  }),
  disputed: Type.Optional(Type.Boolean({ description: '争议中: a dispute about it is open' })),
});
export type CardAttribute = Static<typeof AttributeSchema>;

/** What happened to a record, newest first. */
export const ChangeSchema = Type.Object({
  at: Type.String({ format: 'date-time' }),
  attributes: Type.Array(Type.String()),
});

export const AccessSchema = Type.Object({
  accesses: Type.Array(
    Type.Object({
      id: Type.String(),
      at: Type.String({ format: 'date-time' }),
      name: Type.String({ description: 'who looked' }),
      post: Type.Union([Type.String(), Type.Null()]),
      unit: Type.Union([Type.String(), Type.Null()]),
      purpose: Type.Union([Type.String(), Type.Null()]),
      purposeTitle: Type.Union([Words, Type.Null()]),
      purposeBasis: Type.Union([Words, Type.Null()], { description: 'legal basis of the purpose' }),
      module: Type.String(),
      outcome: Type.String(),
      level: Type.String(),
      resources: Type.Array(Type.String()),
      fields: Type.Array(Type.String()),
      opened: Type.Array(Type.String(), { description: 'masked fields that were opened in clear' }),
      self: Type.Boolean({ description: 'the reader was the subject' }),
      acting: Type.Boolean({ description: 'somebody acted for the subject, by a delegation' }),
      emergency: Type.Boolean({ description: 'opened by break-glass' }),
    }),
  ),
  next: Type.Union([Type.String(), Type.Null()]),
});

export const LocationSchema = Type.Union([Type.Object({ lon: Type.Number(), lat: Type.Number() }), Type.Null()], {
  description: 'degrees, EPSG:4490',
});

export const AsOfQuery = Type.Object({
  asOf: Type.Optional(
    Type.String({ format: 'date', description: 'as the platform knew it at the end of this day (Asia/Shanghai)' }),
  ),
});

export const LineageSchema = Type.Object({
  attribute: Type.String(),
  chain: Type.Array(
    Type.Object({
      golden: Type.Boolean({ description: 'this claim gave the golden value' }),
      state: Type.String({ description: 'golden, other, refuted, superseded or frozen' }),
      claim: Type.Integer(),
      dataset: Type.String(),
      datasetTitle: Words,
      unit: Type.String(),
      batch: Type.String(),
      file: Type.String(),
      fileDigest: Type.String({ description: 'SM3 of the file' }),
      row: Type.Integer(),
      column: Type.Union([Type.String(), Type.Null()]),
      mappingVersion: Type.Integer(),
      receivedAt: Type.String({ format: 'date-time' }),
      value: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});
