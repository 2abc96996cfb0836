import { type Cell, type Sum, sumsOfTable, TOTAL, withheldCells } from '#platform/indicator/small-cells.ts';

export type Count = { code: string; sex: string; age: number; n: number };
export type Shown = { area: string; sex: string; age: string; count: number | null };

/** Broad ages of tables by area; five-year ages of the pyramid lie within them. */
const BROAD = [
  { name: '0-14', from: 0, to: 14 },
  { name: '15-59', from: 15, to: 59 },
  { name: '60-79', from: 60, to: 79 },
  { name: '80+', from: 80, to: 999 },
] as const;
const SEXES = ['1', '2'] as const;
const LAST = 95;

const broadOf = (age: number): string => BROAD.find(({ from, to }) => age >= from && age <= to)?.name ?? BROAD[0].name;
/** 0-4, 5-9 … 95+: the five-year age (五岁组) of an age in years. */
export function fiveOf(age: number): string {
  const from = Math.min(LAST, Math.floor(age / 5) * 5);
  return from === LAST ? `${LAST}+` : `${from}-${from + 4}`;
}
const FIVES = Array.from({ length: LAST / 5 + 1 }, (_, i) => fiveOf(i * 5));

/**
 * Counts by area, sex and age with all their totals, and the pyramid of the whole, protected as one table (K8): what is too small is
 * withheld, and with it what would give it back, also across the two tables. `null` = withheld.
 */
export function countTable(counts: readonly Count[], minimum: number): { table: Shown[]; pyramid: Shown[] } {
  const areas = [...new Set(counts.map(({ code }) => code))].sort();
  const broad = new Map<string, number>();
  const fine = new Map<string, number>();
  const add = (map: Map<string, number>, key: string, n: number): void => void map.set(key, (map.get(key) ?? 0) + n);
  for (const { code, sex, age, n } of counts) {
    for (const area of [code, TOTAL])
      for (const whose of [sex, TOTAL])
        for (const band of [broadOf(age), TOTAL]) add(broad, `${area}/${whose}/${band}`, n);
    for (const whose of [sex, TOTAL]) add(fine, `${whose}/${fiveOf(age)}`, n);
  }
  const cells: Cell[] = [];
  for (const area of [...areas, TOTAL])
    for (const sex of [...SEXES, TOTAL])
      for (const band of [...BROAD.map(({ name }) => name), TOTAL])
        cells.push({ at: { area, sex, age: band }, count: broad.get(`${area}/${sex}/${band}`) ?? 0 });
  const sums: Sum[] = sumsOfTable(cells, ['area', 'sex', 'age']);
  const first = cells.length;
  for (const sex of [...SEXES, TOTAL])
    for (const five of FIVES)
      cells.push({ at: { area: TOTAL, sex, age: five }, count: fine.get(`${sex}/${five}`) ?? 0 });
  const place = new Map(cells.map((cell, at) => [`${cell.at.area}/${cell.at.sex}/${cell.at.age}`, at]));
  const at = (key: string): number => place.get(key) as number;
  // A broad age is the sum of its five-year ages, but for 15–59 and 0–14 the same holds: none is cut by a limit.
  for (const sex of [...SEXES, TOTAL])
    for (const { name, from, to } of BROAD)
      sums.push({
        total: at(`${TOTAL}/${sex}/${name}`),
        parts: FIVES.filter((_, i) => i * 5 >= from && i * 5 <= to).map((five) => at(`${TOTAL}/${sex}/${five}`)),
      });
  for (const five of FIVES)
    sums.push({
      total: at(`${TOTAL}/${TOTAL}/${five}`),
      parts: SEXES.map((sex) => at(`${TOTAL}/${sex}/${five}`)),
    });
  const hidden = withheldCells({ cells, sums, rule: { minimum } });
  const shown = cells.map(
    ({ at: where, count }, i): Shown => ({
      area: where.area as string,
      sex: where.sex as string,
      age: where.age as string,
      count: hidden[i] ? null : count,
    }),
  );
  return { table: shown.slice(0, first), pyramid: shown.slice(first) };
}
