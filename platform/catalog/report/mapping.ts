import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import type { Text } from '#platform/kernel/text.ts';

const Field = Type.String({ maxLength: 80 });
const strict = { additionalProperties: false };

/** Rows that count (口径): declared, never SQL. `@start` and `@end` stand for the first day of the period and the first one after it. */
export const FilterSchema = Type.Object(
  {
    field: Field,
    op: Type.Union([
      Type.Literal('in'),
      Type.Literal('not-in'),
      Type.Literal('from'),
      Type.Literal('before'),
      Type.Literal('filled'),
      Type.Literal('empty'),
    ]),
    values: Type.Optional(Type.Array(Type.String({ maxLength: 120 }), { minItems: 1, maxItems: 100 })),
  },
  strict,
);

/** Where a cell's number comes from (单元取数): a measure over the rows of one catalogued item. */
export const MappingSchema = Type.Object(
  {
    resource: Type.String({ maxLength: 120 }),
    measure: Type.Union([Type.Literal('count'), Type.Literal('distinct'), Type.Literal('sum'), Type.Literal('share')]),
    /** For `distinct` and `sum`. */
    field: Type.Optional(Field),
    filters: Type.Array(FilterSchema, { maxItems: 8 }),
    /** For `share`: which of the counted rows are the part, in per cent. */
    of: Type.Optional(Type.Array(FilterSchema, { minItems: 1, maxItems: 8 })),
  },
  strict,
);
export type Mapping = Static<typeof MappingSchema>;
export type Filter = Static<typeof FilterSchema>;

/** A mapping holds, or why it gives no number any more. */
export const MAPPING_STATES = ['none', 'ok', 'item-gone', 'field-gone', 'retyped'] as const;
export type MappingState = (typeof MAPPING_STATES)[number];

export type KnownField = { name: string; title: Text; type: unknown };

/** Fields that a mapping uses. */
export function usedFields({ field, filters, of = [] }: Mapping): string[] {
  return [
    ...new Set([...(field === undefined ? [] : [field]), ...[...filters, ...of].map((each) => each.field)]),
  ].sort();
}

/** What the mapping rests on: name and type of every field that it uses. Undefined where one is missing. */
export function digestOf(mapping: Mapping, fields: readonly KnownField[]): string | undefined {
  const used = usedFields(mapping).map((name) => fields.find((field) => field.name === name));
  if (used.some((field) => field === undefined)) return undefined;
  return createHash('sha256')
    .update(JSON.stringify(used.map((field) => [field?.name, sorted(field?.type)])))
    .digest('base64url');
}

/** JSON with its keys in order: what a database keeps as jsonb comes back in another. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

/** Whether a mapping still stands on what it was made for. An added field changes nothing; one removed or retyped breaks it, visibly. */
export function stateOf(options: {
  mapping: Mapping | null;
  digest: string | null;
  fields: readonly KnownField[] | undefined;
}): MappingState {
  const { mapping, digest, fields } = options;
  if (mapping === null) return 'none';
  if (fields === undefined) return 'item-gone';
  const now = digestOf(mapping, fields);
  if (now === undefined) return 'field-gone';
  return now === digest ? 'ok' : 'retyped';
}

/** What is missing in a mapping before it can be counted, at its place. */
export function shapeFaults(mapping: Mapping): { pointer: string; message: Text }[] {
  const faults: { pointer: string; message: Text }[] = [];
  const needsField = mapping.measure === 'distinct' || mapping.measure === 'sum';
  if (needsField && mapping.field === undefined)
    faults.push({
      pointer: '/mapping/field',
      message: { zh: '请选择要汇总的信息项', en: 'choose the field to be counted or summed' },
    });
  if (mapping.measure === 'share' && mapping.of === undefined)
    faults.push({
      pointer: '/mapping/of',
      message: { zh: '请说明占比的分子是哪些行', en: 'say which rows are the part' },
    });
  for (const [name, filters] of [
    ['filters', mapping.filters],
    ['of', mapping.of ?? []],
  ] as const)
    filters.forEach((filter, at) => {
      const valued = filter.op !== 'filled' && filter.op !== 'empty';
      if (valued && filter.values === undefined)
        faults.push({
          pointer: `/mapping/${name}/${at}/values`,
          message: { zh: '请填写条件的值', en: 'give the value of the condition' },
        });
    });
  return faults;
}

/** The mapping with the days of a period in place of `@start` and `@end`. */
export function forPeriod(mapping: Mapping, bounds: { start: string; end: string }): Mapping {
  const days: Record<string, string> = { '@start': bounds.start, '@end': bounds.end };
  const filled = (filter: Filter): Filter => ({
    ...filter,
    ...(filter.values && { values: filter.values.map((value) => days[value] ?? value) }),
  });
  return { ...mapping, filters: mapping.filters.map(filled), ...(mapping.of && { of: mapping.of.map(filled) }) };
}

/** A mapping in plain words, with the names that people know. */
export function wordsOf(mapping: Mapping, named: { resource: Text; field(name: string): Text }): Text {
  const { measure, field, filters, of = [] } = mapping;
  const f = field === undefined ? { zh: '', en: '' } : named.field(field);
  const r = named.resource;
  const where = filters.length > 0 ? joined(filters, named.field) : undefined;
  const rows = {
    zh: where ? `“${r.zh}”中${where.zh}的记录` : `“${r.zh}”的全部记录`,
    en: where ? `rows of “${r.en}” where ${where.en}` : `all rows of “${r.en}”`,
  };
  switch (measure) {
    case 'count':
      return { zh: `${rows.zh}数`, en: `number of ${rows.en}` };
    case 'distinct':
      return { zh: `${rows.zh}中不同“${f.zh}”的个数`, en: `number of different “${f.en}” in ${rows.en}` };
    case 'sum':
      return { zh: `${rows.zh}的“${f.zh}”合计`, en: `sum of “${f.en}” over ${rows.en}` };
    case 'share': {
      const part = joined(of, named.field);
      return { zh: `${rows.zh}中${part.zh}的占比（%）`, en: `share of ${rows.en} where ${part.en} (%)` };
    }
  }
}

const DAYS: Record<string, Text> = {
  '@start': { zh: '报告期首日', en: 'the first day of the period' },
  '@end': { zh: '报告期次日', en: 'the day after the period' },
};

function joined(filters: readonly Filter[], field: (name: string) => Text): Text {
  const parts = filters.map(({ field: name, op, values = [] }): Text => {
    const { zh, en } = field(name);
    const list = {
      zh: values.map((v) => DAYS[v]?.zh ?? v).join('、'),
      en: values.map((v) => DAYS[v]?.en ?? v).join(', '),
    };
    const words: Record<Filter['op'], Text> = {
      in: { zh: `“${zh}”为${list.zh}`, en: `“${en}” is ${list.en}` },
      'not-in': { zh: `“${zh}”不为${list.zh}`, en: `“${en}” is not ${list.en}` },
      from: { zh: `“${zh}”不早于（不小于）${list.zh}`, en: `“${en}” is from ${list.en} on` },
      before: { zh: `“${zh}”早于（小于）${list.zh}`, en: `“${en}” is before ${list.en}` },
      filled: { zh: `“${zh}”已填`, en: `“${en}” is filled in` },
      empty: { zh: `“${zh}”为空`, en: `“${en}” is empty` },
    };
    return words[op];
  });
  return { zh: parts.map(({ zh }) => zh).join('且'), en: parts.map(({ en }) => en).join(' and ') };
}
