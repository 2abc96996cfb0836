import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { rebuildBuildings } from './load-buildings.ts';

/** How a building ends (灭失方式). */
export type Ending = 'demolished' | 'merged' | 'split';

/**
 * Ends buildings and ties them to their successors. The rows stay: an old code is answered for ever, and never given to another house.
 * Returns the codes that were standing.
 */
export async function endBuildings(
  db: Db,
  options: { codes: readonly string[]; kind: Ending; successors: readonly string[]; on: string; basis: string },
): Promise<string[]> {
  const { kind, successors, on, basis } = options;
  const standing = await db.rows<{ code: string }>(
    sql`select code from space.building where code = any(${[...options.codes]}::text[]) and status = 'standing' order by code for update`,
  );
  const codes = standing.map(({ code }) => code);
  await db.run(sql`
    insert into space.building_version (code, tx_from, tx_to, record)
    select b.code, b.tx_from, kernel.now(), to_jsonb(b) from space.building b where b.code = any(${codes}::text[]) and b.tx_from < kernel.now()`);
  await db.run(
    sql`update space.building set status = ${kind}, ended_on = ${on}::date, tx_from = kernel.now() where code = any(${codes}::text[])`,
  );
  await db.run(
    sql`update space.address set status = 'former', valid_to = ${on}::date where building_code = any(${codes}::text[]) and status = 'current'`,
  );
  const rows = codes.flatMap((predecessor) =>
    (kind === 'demolished' ? [null] : [...successors]).map((successor) => ({ id: uuidv7(), predecessor, successor })),
  );
  await db.run(sql`
    insert into space.succession (id, predecessor, successor, kind, happened_on, basis, recorded_at)
    select x.id::uuid, x.predecessor, x.successor, ${kind}, ${on}::date, ${basis}, kernel.now()
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as x (id text, predecessor text, successor text) on conflict do nothing`);
  if (codes.length > 0)
    await db.emit({
      type: 'space.building.ended',
      subject: 'space.building',
      data: { kind, buildings: String(codes.length) },
    });
  return codes;
}

/** Makes buildings of surveyed outlines, each under a code of its own. Returns outline → code. */
export async function buildFromOutlines(db: Db, outlines: readonly string[]): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  for (const outline of outlines) {
    const found = await db.one<{ claim: number; street: string }>(sql`
      select claim_id as claim, coalesce(left(geo.cell_of(ST_PointOnSurface(geometry)), 9), '000000000') as street from space.outline where id = ${outline}`);
    const code = await nextCode(db, found.street);
    await db.run(
      sql`insert into space.building_claim (claim_id, code) values (${found.claim}::bigint, ${code}) on conflict (claim_id) do update set code = excluded.code`,
    );
    await rebuildBuildings(db, [code]);
    await db.run(sql`update space.outline set building_code = ${code}, relation = 'same' where id = ${outline}`);
    made.set(outline, code);
  }
  return made;
}

/** Ties an outline to the building that it is; its claim speaks for the building from now on. */
export async function sameAs(db: Db, outline: string, code: string): Promise<void> {
  const { claim } = await db.one<{ claim: number }>(
    sql`update space.outline set building_code = ${code}, relation = 'same' where id = ${outline} returning claim_id as claim`,
  );
  await db.run(
    sql`insert into space.building_claim (claim_id, code) values (${claim}::bigint, ${code}) on conflict (claim_id) do update set code = excluded.code`,
  );
  await rebuildBuildings(db, [code]);
}

/** The next code of a street. Ended buildings count: a code is given once. */
async function nextCode(db: Db, street: string): Promise<string> {
  const { number } = await db.one<{ number: number }>(sql`
    insert into space.last_code (street, number)
    select ${street}, coalesce(max(substring(code from '[0-9]+$')::int), 0) + 1 from space.building where code ~ ${`^${street}B[0-9]{5}$`}
    on conflict (street) do update set number = greatest(space.last_code.number + 1, excluded.number) returning number`);
  return `${street}B${String(number).padStart(5, '0')}`;
}
