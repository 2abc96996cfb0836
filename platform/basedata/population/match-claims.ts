import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { type Claim, ID_KIND, isSecret } from '#platform/exchange/target.ts';

/** Which person each claim is about by its identity number. */
export type Matches = Map<number, { pid: string }>;

/**
 * Finds the person behind each claim that has a verified identity number; `link-claims.ts` finds the others. Locks the
 * identifiers in one order, so two imports about the same person follow each other.
 */
export async function matchClaims(db: Db, claims: readonly Claim[]): Promise<Matches> {
  const keyed = claims.flatMap((claim) => {
    const id = claim.payload.idNumber;
    return isSecret(id) ? [{ claim: claim.id, key: id.h, sealed: id.s, masked: id.m }] : [];
  });
  const matches: Matches = new Map();
  if (keyed.length === 0) return matches;
  const wanted = [...new Map(keyed.map((k) => [k.key, k])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  await db.run(sql`
    insert into population.identifier (kind, lookup_key, sealed, masked, pid)
    select ${ID_KIND}, r.key, r.sealed, r.masked, gen_random_uuid()
    from jsonb_to_recordset(${json(wanted)}::text::jsonb) as r(key text, sealed text, masked text)
    where not exists (select from population.identifier i where i.kind = ${ID_KIND} and i.lookup_key = r.key)
    order by r.key
    on conflict do nothing`);
  const found = await db.rows<{ key: string; pid: string }>(sql`
    select i.lookup_key as key, i.pid from unnest(${wanted.map((w) => w.key)}::text[]) with ordinality as w(key, at)
    join population.identifier i on i.kind = ${ID_KIND} and i.lookup_key = w.key order by w.at for update of i`);
  const pids = new Map(found.map((f) => [f.key, f.pid]));
  for (const { claim, key } of keyed) {
    const pid = pids.get(key);
    if (pid) matches.set(claim, { pid });
  }
  return matches;
}
