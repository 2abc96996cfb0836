import type { RuleTable } from '#platform/rulebook/rule-at.ts';

/** Size of an enterprise (企业规模), largest first. */
export const SIZES = ['large', 'medium', 'small', 'micro'] as const;
export type Size = (typeof SIZES)[number];
/** What a size is judged by: staff (从业人员, persons), revenue (营业收入) and assets (资产总额), both 万元. */
export type Indicator = 'staff' | 'revenue' | 'assets';
export type SizeFacts = { industryCode: string | undefined } & Partial<Record<Indicator, number>>;

/** `unknown`: which facts are missing; `none`: the measure has no class for this industry (finance, education, …). */
export type SizeResult =
  | { size: Size; industry: string }
  | { size: 'unknown'; industry?: string; missing: ('industryCode' | Indicator)[] }
  | { size: 'none' };

export type SizeRow = { industry: string; codes: string[]; indicator: Indicator; lower: [number, number, number] };

/** Last division (大类) of each section (门类) A–T of GB/T 4754-2017. */
const SECTIONS: readonly (readonly [string, number])[] = [
  ['A', 5],
  ['B', 12],
  ['C', 43],
  ['D', 46],
  ['E', 50],
  ['F', 52],
  ['G', 60],
  ['H', 62],
  ['I', 65],
  ['J', 69],
  ['K', 70],
  ['L', 72],
  ['M', 75],
  ['N', 79],
  ['O', 82],
  ['P', 83],
  ['Q', 85],
  ['R', 90],
  ['S', 96],
  ['T', 97],
];

/** The rows of the rulebook's table `legal-entity.size.class`. */
export function sizeRows({ columns, rows }: RuleTable): SizeRow[] {
  const at = (name: string): number => columns.indexOf(name);
  return rows.map((row) => ({
    industry: String(row[at('industry')]),
    codes: String(row[at('codes')]).split(' '),
    indicator: row[at('indicator')] as Indicator,
    lower: [Number(row[at('large')]), Number(row[at('medium')]), Number(row[at('small')])],
  }));
}

/**
 * Classes an enterprise (统计上大中小微型企业划分): the largest size of which every lower bound is reached; micro where none is. A fact that
 * is missing makes the size unknown, whatever the others say.
 */
export function classify(rows: readonly SizeRow[], facts: SizeFacts): SizeResult {
  const code = sectioned(facts.industryCode);
  if (code === undefined) return { size: 'unknown', missing: ['industryCode'] };
  // The narrowest code of the table that the industry lies under: 591 goes before 59, 59 before G.
  let industry: string | undefined;
  let narrowest = 0;
  for (const row of rows)
    for (const prefix of row.codes) {
      const under = /^[A-Z]$/.test(prefix) ? prefix === code.section : code.figures.startsWith(prefix);
      if (under && prefix.length >= narrowest) [industry, narrowest] = [row.industry, prefix.length];
    }
  if (industry === undefined) return { size: 'none' };
  const wanted = rows.filter((row) => row.industry === industry);
  const missing = wanted.filter(({ indicator }) => facts[indicator] === undefined).map(({ indicator }) => indicator);
  if (missing.length > 0) return { size: 'unknown', industry, missing };
  const reached = SIZES.findIndex((size, at) =>
    size === 'micro'
      ? true
      : wanted.every(({ indicator, lower }) => (facts[indicator] as number) >= (lower[at] as number)),
  );
  return { size: SIZES[reached] as Size, industry };
}

/** Section and figures of an industry code of GB/T 4754-2017: `F5232`, `5232`, `52`; undefined for what is none. */
export function sectioned(code: string | undefined): { section: string; figures: string } | undefined {
  const [, letter, figures = ''] = /^([A-T])?(\d{2,4})$/.exec(code?.trim().toUpperCase() ?? '') ?? [];
  const division = Number(figures.slice(0, 2));
  const section = SECTIONS.find(([, last]) => division >= 1 && division <= last)?.[0];
  return section === undefined || (letter !== undefined && letter !== section) ? undefined : { section, figures };
}
