import type { Text } from '#platform/kernel/text.ts';
import { type Cell, sumsOfTable, TOTAL, withheldCells } from '#platform/indicator/small-cells.ts';
import { ALL, COUNT, columnAt, isStatistic, type Table, type Value, WITHHELD } from '../schema.ts';
import { chooseQuasi, groupsBy } from './choose-quasi.ts';
import { distance } from './closeness.ts';
import { coarsen } from './coarsen.ts';
import { compareVersions } from './compare-versions.ts';
import { findIdentifiers } from './find-identifiers.ts';

/** Numbers of the rulebook (`open-data.gate.*`, `statistics.small-cell.*`). */
export type GateRule = {
  k: number;
  l: number;
  suppression: number;
  difference: number;
  coordinateDigits: number;
  persons: number;
  firms: number;
  /** Largest share of one firm in a published magnitude. */
  dominance: number;
};

export type Finding = { code: string; field?: string; text: Text; at?: Record<string, Value> };

/** What the gate says of a version (去标识化检查报告). */
export type GateReport = {
  verdict: 'pass' | 'block';
  rows: number;
  /** Rows left out, or cells withheld, so that the rest may be seen. */
  withheld: number;
  quasi: { name: string; why: 'declared' | 'unique' }[];
  sensitive: string[];
  /** Smallest group; null where rows are not about persons. */
  k: number | null;
  l: number | null;
  /** Largest distance of a group's sensitive values from the whole. */
  t: number | null;
  findings: Finding[];
};

/**
 * The de-identification gate (去标识化关): what comes out may be published, or the report says why not. It withholds small groups and small
 * cells itself, as far as the rule allows, and coarsens positions; what it cannot mend it blocks.
 */
export function passGate(options: { table: Table; before?: Table; rule: GateRule }): {
  table: Table;
  report: GateReport;
} {
  const { before, rule } = options;
  const findings: Finding[] = findIdentifiers(options.table).map(({ name, what }) => ({
    code: 'IDENTIFIER',
    field: name,
    text: WHAT[what],
  }));
  if (isStatistic(options.table))
    for (const field of unprovenMagnitudes(options.table))
      findings.push({
        code: 'NO_LARGEST',
        field,
        text: {
          zh: `企业统计的数值须附列 ${largestOf(field)}（最大一户的数值），以检查优势规则；该列不公布`,
          en: `a magnitude of firms needs the column ${largestOf(field)}, what the largest contributes; it is not published`,
        },
      });
  if (isStatistic(options.table) && repeatsCells(options.table))
    findings.push({
      code: 'REPEATED_CELL',
      text: {
        zh: '统计表中同一组合出现多行：这是明细数据，不是统计',
        en: 'the same combination stands in several rows: these are records, not a statistic',
      },
    });
  const guarded = isStatistic(options.table)
    ? guardCells(options.table, rule)
    : options.table.about === 'person'
      ? guardRows(options.table, rule)
      : { table: options.table, withheld: 0, quasi: [], k: null, l: null, t: null };
  const { table, withheld, quasi, k, l, t } = guarded;
  const size = options.table.rows.length;
  if (options.table.about === 'person' && !isStatistic(table) && size > 0) {
    if (table.rows.length === 0 || withheld / size > rule.suppression)
      findings.push({
        code: 'TOO_UNIQUE',
        text: {
          zh: `要达到 k=${rule.k}、l=${rule.l} 须删去 ${withheld} 行（共 ${size} 行），请先归并取值`,
          en: `k=${rule.k} and l=${rule.l} would leave out ${withheld} of ${size} rows: group the values first`,
        },
      });
  }
  const names = quasi.map(({ name }) => name);
  for (const difference of before
    ? compareVersions({ before, after: table, quasi: names, smallest: rule.difference })
    : [])
    findings.push({
      code: 'DIFFERENCE',
      at: difference.at,
      text: {
        zh: `与上一版相比这一组变化 ${difference.change} 人，可指出个人`,
        en: `against the version before, this group changes by ${difference.change}, which points at a person`,
      },
    });
  return {
    table: { ...table, rows: table.about === 'person' ? coarse(table, rule) : table.rows },
    report: {
      verdict: findings.length === 0 ? 'pass' : 'block',
      rows: table.rows.length,
      withheld,
      quasi,
      sensitive: table.fields.filter(({ role }) => role === 'sensitive').map(({ name }) => name),
      k,
      l,
      t,
      findings,
    },
  };
}

const WHAT: Record<'declared' | 'identity-number' | 'phone' | 'room', Text> = {
  declared: { zh: '该列是直接标识符，不得开放', en: 'names a person directly and may not be opened' },
  'identity-number': { zh: '该列含有公民身份号码', en: 'holds identity numbers' },
  phone: { zh: '该列含有手机号码', en: 'holds mobile numbers' },
  room: { zh: '该列含有室号，位置不得细到室', en: 'holds room numbers: no place is that exact' },
};

type Guarded = Pick<GateReport, 'withheld' | 'quasi' | 'k' | 'l' | 't'> & { table: Table };

/** Rows about one person each: groups below k, or with fewer than l sensitive values, are left out. */
function guardRows(table: Table, rule: GateRule): Guarded {
  const quasi = chooseQuasi({ table, k: rule.k });
  const columns = quasi.map(({ name }) => columnAt(table.fields, name));
  const sensitive = table.fields.flatMap(({ name, role }, at) =>
    role === 'sensitive' && !quasi.some((q) => q.name === name) ? [at] : [],
  );
  const groups = [...groupsBy(table.rows, columns).values()];
  const various = (group: number[], at: number) => new Set(group.map((row) => table.rows[row]?.[at])).size;
  const kept = groups.filter(
    (group) => group.length >= rule.k && sensitive.every((at) => various(group, at) >= rule.l),
  );
  const numbers = kept.flat().sort((a, b) => a - b);
  const rows = numbers.map((number) => table.rows[number] as Value[]);
  const whole = (at: number) => rows.map((row) => row[at]);
  return {
    table: { ...table, rows },
    withheld: table.rows.length - rows.length,
    quasi,
    k: kept.length === 0 ? null : Math.min(...kept.map(({ length }) => length)),
    l:
      kept.length === 0 || sensitive.length === 0
        ? null
        : Math.min(...kept.flatMap((g) => sensitive.map((at) => various(g, at)))),
    t:
      kept.length === 0 || sensitive.length === 0
        ? null
        : Math.max(
            ...sensitive.flatMap((at) =>
              kept.map((g) =>
                distance(
                  g.map((row) => table.rows[row]?.[at]),
                  whole(at),
                ),
              ),
            ),
          ),
  };
}

/** Column that says what the largest firm contributes to a magnitude (优势规则): read by the gate, never published. */
const largestOf = (measure: string): string => `${measure}_largest`;

/** Magnitudes of firms that do not say what the largest of them contributes: one firm alone could stand behind them. */
function unprovenMagnitudes({ fields, about }: Table): string[] {
  if (about !== 'firm') return [];
  return measuresOf(fields).filter((name) => columnAt(fields, largestOf(name)) < 0);
}

const measuresOf = (fields: Table['fields']): string[] =>
  fields
    .filter(({ role, name }) => role === 'measure' && name !== COUNT)
    .map(({ name }) => name)
    .filter((name, _, all) => !all.some((other) => largestOf(other) === name));

/** Records that only say they were counted: a statistic has one row for each combination of its dimensions. */
function repeatsCells({ fields, rows }: Table): boolean {
  const at = fields.flatMap(({ name, role }, place) => (name === COUNT || role === 'measure' ? [] : [place]));
  return groupsBy(rows, at).size < rows.length;
}

/** A statistic: small cells, those that one firm dominates and what would give them back are withheld (K8), their number is left empty. */
function guardCells(whole: Table, rule: GateRule): Guarded {
  const magnitudes = measuresOf(whole.fields);
  const largest = magnitudes.map(largestOf);
  const hiddenBy = magnitudes.map((name) => ({
    value: columnAt(whole.fields, name),
    largest: columnAt(whole.fields, largestOf(name)),
  }));
  const kept = whole.fields.flatMap(({ name }, at) => (largest.includes(name) ? [] : [at]));
  const table: Table = {
    ...whole,
    fields: kept.map((at) => whole.fields[at] as Table['fields'][number]),
    rows: whole.rows.map((row) => kept.map((at) => row[at] ?? null)),
  };
  const count = columnAt(table.fields, COUNT);
  const dimensions = table.fields
    .filter(({ role, name }) => name !== COUNT && role !== 'measure')
    .map(({ name }) => name);
  const cells = table.rows.map(
    (row): Cell => ({
      at: Object.fromEntries(dimensions.map((name) => [name, said(row[columnAt(table.fields, name)])])),
      count: Number(row[count] ?? 0),
    }),
  );
  const minimum = table.about === 'person' ? rule.persons : rule.firms;
  const sums = sumsOfTable(cells, dimensions);
  const byCount = withheldCells({ cells, sums, rule: { minimum } });
  // A cell that is withheld for one of its numbers is withheld with all: hiding more never shows more.
  const byMagnitude = hiddenBy.map((at) =>
    withheldCells({
      cells: cells.map((cell, number) => ({
        ...cell,
        value: Number(whole.rows[number]?.[at.value] ?? 0),
        largest: Number(whole.rows[number]?.[at.largest] ?? 0),
      })),
      sums,
      rule: { minimum, ...(table.about === 'firm' ? { dominance: rule.dominance } : {}) },
    }),
  );
  const hidden = byCount.map((one, number) => one || byMagnitude.some((by) => by[number]));
  const measures = table.fields.flatMap(({ role, name }, at) => (role === 'measure' || name === COUNT ? [at] : []));
  const rows = table.rows.map((row, number) =>
    hidden[number] ? row.map((value, at) => (measures.includes(at) ? WITHHELD : value)) : row,
  );
  const seen = rows.flatMap((row) => (row[count] === null ? [] : [Number(row[count])]));
  return {
    table: { ...table, rows },
    withheld: hidden.filter(Boolean).length,
    quasi: dimensions.map((name) => ({ name, why: 'declared' })),
    k: seen.length === 0 ? null : Math.min(...seen),
    l: null,
    t: null,
  };
}

const said = (value: Value | undefined): string => (value === ALL ? TOTAL : String(value));

function coarse(table: Table, rule: GateRule): Value[][] {
  const at = table.fields.findIndex(({ type }) => type === 'geometry');
  if (at < 0) return table.rows;
  return table.rows.map((row) =>
    row.map((value, place) =>
      place === at && typeof value === 'string' ? coarsen(value, rule.coordinateDigits) : value,
    ),
  );
}
