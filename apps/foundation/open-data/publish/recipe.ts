import type { Text } from '#platform/kernel/text.ts';
import type { Field, Role } from '../schema.ts';

/** Takes of this app (`app.ts`) that a recipe may read. */
export const SOURCES = ['area', 'place', 'osm-place', 'building', 'reference', 'resident', 'entity'] as const;
export type Source = (typeof SOURCES)[number];

/** Where a value comes from: a field of the source, or a member of a JSON field (`data.PM_Jingan`). */
export type Column = {
  name: string;
  title: Text;
  from: string;
  type: Field['type'];
  role?: Role;
  /** `prefix:9` first characters · `band:10` age band of a date of birth · `year` · `month` · `map` by `values`. */
  as?: string;
  values?: Record<string, string>;
};
export type Where = { field: string; equals?: string; prefix?: string; in?: string[]; filled?: boolean };

/** How a set is derived from catalogued resources (派生规则): declared, so that a hundred sets are no hundred programs. */
export type Recipe = {
  source: Source;
  where?: Where[];
  columns: Column[];
  /** Only these many rows in this order; absent = the order of the key. */
  order?: string;
  /** A statistic: rows are counted by all columns, with totals of each. */
  count?: { title: Text };
  /** Means of these columns by the others. */
  mean?: string[];
  /** Counts with noise, drawn on the budget of the year. */
  noise?: number;
};

/** A set as the district declares it (`open-data.json`). */
export type Declared = {
  id: string;
  item: string;
  title: Text;
  summary: Text;
  theme: string;
  owner: string;
  licence: string;
  attribution?: string;
  cycle: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
  about: 'person' | 'firm' | 'thing';
  badge: 'sample' | 'real' | 'reference';
  opening?: { security?: boolean; timely?: boolean };
  recipe: Recipe;
};
/** One declaration for many sets: `{name}` in its texts stands for a value of each line of `each`. */
export type Family = Declared & { each?: Record<string, string>[] };

/** The sets of the families, one for each line. */
export function expand(families: readonly Family[]): Declared[] {
  return families.flatMap(({ each, ...declared }) => (each ?? [{}]).map((values) => fill(declared, values)));
}

function fill<T>(part: T, values: Record<string, string>): T {
  if (typeof part === 'string')
    return part.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole) as T;
  if (Array.isArray(part)) return part.map((one: unknown) => fill(one, values)) as T;
  if (part === null || typeof part !== 'object') return part;
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, fill(one as unknown, values)])) as T;
}
