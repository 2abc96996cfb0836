import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { join, type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import type { Decision } from '../decide/opening-rule.ts';
import type { Field } from '../schema.ts';

/** An open set as everybody may see it. */
export type Shown = {
  id: string;
  item: string;
  title: Text;
  summary: Text;
  theme: string;
  owner: string;
  licence: string;
  attribution: string | null;
  cycle: string;
  about: 'person' | 'firm' | 'thing';
  badge: string;
  opening: 'open' | 'conditional';
  decision: Decision;
  version: string;
  no: number;
  cite: string;
  fields: Field[];
  geometry: string | null;
  rows: number;
  digest: string;
  dataOn: string;
  createdAt: string;
  publishedAt: string;
  downloads: number;
  /** Older than its cycle allows (未按期更新). */
  stale: boolean;
};

const iso = (column: Sql): Sql => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** Days of an update cycle (更新周期); what is published once never gets old. */
const CYCLE_DAYS: Record<string, number> = {
  realtime: 1,
  daily: 1,
  weekly: 7,
  monthly: 31,
  quarterly: 92,
  yearly: 366,
};

export const isStale = (cycle: string, published: Date, now: Date, factor: number): boolean =>
  CYCLE_DAYS[cycle] !== undefined && now.getTime() - published.getTime() > CYCLE_DAYS[cycle] * factor * 86_400_000;

/** Open sets, all or those of some ids, in the order of their titles. A version of `no` stands for the current one where it is named. */
export async function readDatasets(db: Db, options: { ids?: readonly string[]; no?: number } = {}): Promise<Shown[]> {
  const { ids, no } = options;
  const { amount } = await amountAt(db, 'open-data.stale');
  const conditions = [
    sql`d.state = 'open'`,
    ids === undefined ? sql`true` : sql`d.id = any(${[...ids]}::text[])`,
    no === undefined ? sql`v.id = d.current` : sql`v.no = ${no}::int and v.state in ('published', 'superseded')`,
  ];
  const rows = await db.rows<Omit<Shown, 'stale'> & { now: Date; newest: Date }>(sql`
    select d.id, d.item, coalesce(c.body -> 'title', d.title) as title, coalesce(c.body -> 'summary', d.summary) as summary, d.theme, d.owner, d.licence, d.attribution, d.cycle, d.about, d.badge, d.opening, d.decision, v.id as version, v.no, v.cite, v.fields,
      v.geometry, v.rows, v.digest, v.data_on::text as "dataOn", ${iso(sql`d.created_at`)} as "createdAt", ${iso(sql`v.published_at`)} as "publishedAt", d.downloads::float8 as downloads,
      kernel.now() as now, (select published_at from open_data.version n where n.id = d.current) as newest
    from open_data.dataset d join open_data.version v on v.dataset = d.id
    left join open_data.city_record c on c.entry = d.id and c.city_owned where ${join(conditions, ' and ')} order by d.title ->> 'zh', d.id`);
  return rows.map(({ now, newest, ...row }) => ({ ...row, stale: isStale(row.cycle, newest, now, amount) }));
}

/** One open set, or NOT_FOUND. */
export async function readDataset(db: Db, id: string, no?: number): Promise<Shown> {
  const [found] = await readDatasets(db, { ids: [id], no });
  if (!found) throw NotFound.with();
  return found;
}
