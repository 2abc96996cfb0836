import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Text } from '#platform/kernel/text.ts';
import { readCell } from './cell-number.ts';
import { DIMENSIONS } from './codes.ts';
import type { CellFault, Stated, Workbook } from './read-workbook.ts';

type Row = { line?: number; row: number; values: Record<string, unknown> };
const REFUSED_ACTIONS = new Set(['D', 'Delete']);
const deletes: Text = {
  zh: '已发布的数据不能删除，请以新版本修订',
  en: 'What was published cannot be deleted; revise it',
};

/** SDMX-CSV 1.0 and 2.0: one column a component. A row that deletes is refused: published figures stay. */
export function readSdmxCsv(options: {
  records: readonly Row[];
  columns: readonly string[];
  address: (column: string, record: Row) => string;
}): Workbook {
  const { records, columns, address } = options;
  const missing = DIMENSIONS.filter(({ id }) => !columns.includes(id)).map(({ id }) => id);
  const base: Workbook = { format: 'sdmx-csv', stated: [], faults: [], rows: records.length };
  if (missing.length > 0)
    return {
      ...base,
      problem: { zh: `缺少维度列：${missing.join('、')}`, en: `dimension columns are missing: ${missing.join(', ')}` },
    };
  for (const record of records) {
    const of = (column: string): string => String(record.values[column] ?? '').trim();
    const cell = address('OBS_VALUE', record);
    if (REFUSED_ACTIONS.has(of('ACTION'))) {
      base.faults.push({ cell: address('ACTION', record), text: deletes });
      continue;
    }
    add(base, { code: of, period: of('TIME_PERIOD'), raw: of('OBS_VALUE'), status: of('OBS_STATUS'), cell });
  }
  return base;
}

function add(
  book: { stated: Stated[]; faults: CellFault[] },
  row: { code: (id: string) => string; period: string; raw: string; status: string; cell: string },
): void {
  const { code, period, cell } = row;
  const read = readCell(row.raw === 'NaN' ? '' : row.raw);
  if (read.kind === 'unreadable') {
    book.faults.push({ cell, text: read.why });
    return;
  }
  const value = read.kind === 'value' ? read.value : null;
  const note = read.kind === 'empty' ? undefined : read.note;
  book.stated.push({
    freq: code('FREQ'),
    indicator: code('INDICATOR'),
    area: code('REF_AREA'),
    industry: code('INDUSTRY'),
    ownership: code('OWNERSHIP'),
    priceBase: code('PRICE_BASE'),
    adjustment: code('ADJUSTMENT'),
    accumulation: code('ACCUMULATION'),
    period,
    value,
    status: value === null ? 'M' : row.status === 'E' || row.status === 'P' ? row.status : 'A',
    note,
    unit: code('UNIT_MEASURE') || undefined,
    cell,
  });
}

const Component = Type.Object({
  id: Type.String(),
  values: Type.Optional(
    Type.Array(
      Type.Union([
        Type.Object({ id: Type.Optional(Type.String()), value: Type.Optional(Type.Unknown()) }),
        Type.Null(),
      ]),
    ),
  ),
});
type Component = Static<typeof Component>;
const Levels = Type.Object({
  dataSet: Type.Optional(Type.Array(Component)),
  series: Type.Optional(Type.Array(Component)),
  observation: Type.Optional(Type.Array(Component)),
});
const Observations = Type.Record(Type.String(), Type.Array(Type.Unknown()));
/** What is read of a message; the rest of it may be anything. */
const message = Compile(
  Type.Object({
    data: Type.Object({
      structures: Type.Array(Type.Object({ dimensions: Type.Optional(Levels), attributes: Type.Optional(Levels) })),
      dataSets: Type.Array(
        Type.Object({
          structure: Type.Optional(Type.Integer({ minimum: 0 })),
          action: Type.Optional(Type.String()),
          series: Type.Optional(Type.Record(Type.String(), Type.Object({ observations: Type.Optional(Observations) }))),
          observations: Type.Optional(Observations),
        }),
      ),
    }),
  }),
);

/** SDMX-JSON 2.0 data messages, as time series or flat. The address of a value is its place in the message. */
export function readSdmxJson(text: string): Workbook {
  const base: Workbook = { format: 'sdmx-json', stated: [], faults: [], rows: 0 };
  const broken = (zh: string, en: string): Workbook => ({ ...base, problem: { zh, en } });
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return broken('JSON 无法解析', 'the JSON cannot be read');
  }
  if (!message.Check(read)) return broken('不是 SDMX-JSON 数据消息', 'this is no SDMX-JSON data message');
  const { structures, dataSets } = read.data;
  for (const [number, dataSet] of dataSets.entries()) {
    const structure = structures[dataSet.structure ?? 0];
    const dims = structure?.dimensions;
    if (!dims) return broken('消息没有结构', 'the message has no structure');
    if (dataSet.action !== undefined && REFUSED_ACTIONS.has(dataSet.action)) return { ...base, problem: deletes };
    const attributes = structure.attributes?.observation ?? [];
    const fixed = (dims.dataSet ?? []).map((d) => [d.id, d.values?.[0]?.id ?? ''] as const);
    const named = (components: readonly Component[], key: string): [string, string][] =>
      key.split(':').map((index, i) => {
        const found = components[i]?.values?.[Number(index)];
        return [components[i]?.id ?? '', String(found?.id ?? found?.value ?? '')];
      });
    const take = (of: readonly (readonly [string, string])[], key: string, observation: readonly unknown[]): void => {
      const codes = new Map([...fixed, ...of, ...named(dims.observation ?? [], key)]);
      const cell = `dataSets[${number}]/${of.map(([, v]) => v).join('.') || key}/${codes.get('TIME_PERIOD') ?? ''}`;
      const status = attributes.findIndex((a) => a.id === 'OBS_STATUS');
      const raw = observation[1 + status];
      const coded = status < 0 ? undefined : (attributes[status]?.values?.[Number(raw)]?.id ?? raw);
      base.rows += 1;
      add(base, {
        code: (id) => codes.get(id) ?? '',
        period: codes.get('TIME_PERIOD') ?? '',
        raw: observation[0] === null || observation[0] === undefined ? '' : String(observation[0]),
        status: String(coded ?? ''),
        cell,
      });
    };
    for (const [key, series] of Object.entries(dataSet.series ?? {}))
      for (const [at, observation] of Object.entries(series.observations ?? {}))
        take(named(dims.series ?? [], key), at, observation);
    for (const [key, observation] of Object.entries(dataSet.observations ?? {})) take([], key, observation);
  }
  return base;
}
