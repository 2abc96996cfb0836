import { createHash } from 'node:crypto';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Value } from '../schema.ts';

/** Rows of one lot: a statement of some tens of milliseconds on the embedded database. */
export const LOT_ROWS = 1000;

/** Keeps the rows of a draft in lots and returns what identifies them: SHA-256 over the rows in their order. */
export async function storeRows(
  db: Db,
  options: { version: string; rows: readonly (readonly Value[])[] },
): Promise<string> {
  const { version, rows } = options;
  await db.run(sql`delete from open_data.chunk where version = ${version}::uuid`);
  const hash = createHash('sha256');
  for (let no = 0; no * LOT_ROWS < rows.length; no++) {
    const lot = rows.slice(no * LOT_ROWS, (no + 1) * LOT_ROWS);
    const text = json(lot);
    hash.update(text);
    db.last(sql`insert into open_data.chunk (version, no, first_row, count, rows)
      values (${version}::uuid, ${no}, ${no * LOT_ROWS + 1}, ${lot.length}, ${text}::text::jsonb)`);
  }
  return hash.digest('hex');
}

/** So many lots of a version, from one on; fewer where it ends. */
export async function readLots(db: Db, options: { version: string; from: number; many: number }): Promise<Value[][][]> {
  const { version, from, many } = options;
  const found = await db.rows<{ rows: Value[][] }>(sql`
    select rows from open_data.chunk where version = ${version}::uuid and no >= ${from}::int and no < ${from + many}::int order by no`);
  return found.map(({ rows }) => rows);
}

export async function readAllRows(db: Db, version: string): Promise<Value[][]> {
  const all: Value[][] = [];
  const query = sql`select rows from open_data.chunk where version = ${version}::uuid order by no`;
  for await (const lots of db.stream<{ rows: Value[][] }>(query, 4)) for (const { rows } of lots) all.push(...rows);
  return all;
}
