import type { Db } from '#platform/kernel/db.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { ScimError } from './errors.ts';
import type { Source } from './source.ts';

type Json = Record<string, unknown>;

/** What one source system asks for: which resources, and which page of them. */
export type Search = { db: Db; source: Source; where: Sql; now: Date; root: string; offset: number; limit: number };
export type Found = { total: number; resources: Json[] };
export type OneSearch = Omit<Search, 'where' | 'offset' | 'limit'> & { id: string };

/** One page of what is there, and how much there is in all (RFC 7644 § 3.4.2.4). `from` ends in conditions; the order is by id, so that pages do not overlap. */
export async function findPage<T extends Record<string, unknown>>(options: {
  search: Search;
  columns: Sql;
  from: Sql;
  id: Sql;
  document: (row: T, root: string) => Json;
}): Promise<Found> {
  const { search, columns, from, id, document } = options;
  const { db, where, root, offset, limit } = search;
  const { total } = await db.one<{ total: number }>(sql`select count(*)::int as total from ${from} and ${where}`);
  const rows = await db.rows<T>(
    sql`select ${columns} from ${from} and ${where} order by ${id} limit ${limit}::int offset ${offset}::int`,
  );
  return { total, resources: rows.map((row) => document(row, root)) };
}

/** The one with this id, or 404. */
export async function findOne(options: {
  asked: OneSearch;
  id: Sql;
  kind: string;
  find: (search: Search) => Promise<Found>;
}): Promise<Json> {
  const { asked, id, kind, find } = options;
  const where = sql`${id}::text = ${asked.id.toLowerCase()}`;
  const [found] = (await find({ ...asked, where, offset: 0, limit: 1 })).resources;
  if (!found) throw new ScimError(404, `${kind} ${asked.id} not found`);
  return found;
}
