import { Type, type Static } from 'typebox';
import { BASES } from './base-keys.ts';

const TextSchema = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 80 }),
  en: Type.String({ minLength: 1, maxLength: 120 }),
});
const Alias = Type.String({ pattern: '^[a-z][a-z0-9]{0,9}$' });
/** `alias.field` of an input. */
const Place = Type.String({ pattern: '^[a-z][a-z0-9]{0,9}\\.[A-Za-z][A-Za-z0-9]{0,60}$' });
const Name = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,40}$' });

/** Where rows come from: a catalogued resource, by the name that joins and columns use, with the rows that are needed of it. */
export const InputSchema = Type.Object(
  {
    as: Alias,
    resource: Type.String({ maxLength: 120 }),
    rows: Type.Optional(
      Type.Array(
        Type.Object({
          field: Type.String({ maxLength: 80 }),
          in: Type.Array(Type.String({ maxLength: 120 }), { minItems: 1, maxItems: 200 }),
        }),
        { maxItems: 8 },
      ),
    ),
  },
  { additionalProperties: false },
);

/**
 * What a theme derives and how (专题库定义). `associate` (逻辑关联) is a view and copies nothing; `extract` (二次抽取) keeps the rows and refreshes them;
 * `index` (索引化整合) keeps them with base keys, and leaves out the rows that have none.
 * With `count` the columns are what is counted by, and a cell with fewer than the rule's least is not there.
 */
export const DefinitionSchema = Type.Object(
  {
    kind: Type.Union([Type.Literal('associate'), Type.Literal('extract'), Type.Literal('index')]),
    inputs: Type.Array(InputSchema, { minItems: 1, maxItems: 6 }),
    joins: Type.Array(
      Type.Object({ left: Place, right: Place, required: Type.Boolean() }, { additionalProperties: false }),
      { maxItems: 10 },
    ),
    columns: Type.Array(
      Type.Object(
        {
          name: Name,
          title: TextSchema,
          from: Place,
          as: Type.Optional(Type.Union([Type.Literal('value'), Type.Literal('year'), Type.Literal('present')])),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 60 },
    ),
    /** Base keys that the rows of the first input get, each by one of its fields. */
    index: Type.Optional(
      Type.Array(
        Type.Object(
          { name: Name, title: TextSchema, from: Place, base: Type.Union(BASES.map((base) => Type.Literal(base))) },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 3 },
      ),
    ),
    count: Type.Optional(
      Type.Object(
        { name: Name, title: TextSchema, least: Type.Optional(Type.Integer()) },
        { additionalProperties: false },
      ),
    ),
    /** Column by which a row is named; counted themes have none. */
    key: Type.Optional(Name),
    purposes: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 20, uniqueItems: true }),
    /** Level that the steward states; may not be lower than what is derived. Absent = as derived. */
    level: Type.Optional(Type.Union([Type.Literal('L1'), Type.Literal('L2'), Type.Literal('L3'), Type.Literal('L4')])),
  },
  { additionalProperties: false },
);
export type Definition = Static<typeof DefinitionSchema>;
export type Level = 'L1' | 'L2' | 'L3' | 'L4';

export function placeOf(place: string): { alias: string; field: string } {
  const [alias = '', field = ''] = place.split('.');
  return { alias, field };
}
