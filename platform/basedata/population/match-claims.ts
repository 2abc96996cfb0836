import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { type Claim, ID_KIND, isSecret } from '#platform/exchange/target.ts';
import { joinSubjects } from '#platform/linkage/store/join-subjects.ts';
import type { Move } from '#platform/linkage/store/linked-space.ts';
import { linkedPersons } from './link-claims.ts';

/** Which person each claim is about by its identity number, or by its certificate of birth. */
export type Matches = Map<number, { pid: string }>;

/** Kind of identifier by which newborns are known before they have a number (出生医学证明编号). */
const CERTIFICATE = 'birthCertificate';
type Keyed = { claim: number; key: string; sealed: string; masked: string };

/**
 * Finds the person behind each claim that has a verified identity number, or a certificate of birth; `link-claims.ts` finds the
 * others. Locks the identifiers in one order, so two imports about the same person follow each other.
 */
export async function matchClaims(db: Db, claims: readonly Claim[]): Promise<{ matches: Matches; joined: Move[] }> {
  const numbers = keyedBy(claims, 'idNumber');
  const certificates = keyedBy(claims, CERTIFICATE);
  const matches: Matches = new Map();
  const known = await held(db, CERTIFICATE, certificates);
  // The number of a child whose certificate is known becomes that child's, not somebody new's.
  const byClaim = new Map(certificates.map(({ claim, key }) => [claim, known.get(key)]));
  const owners = new Map(
    numbers.flatMap(({ claim, key }) => (byClaim.get(claim) ? [[key, byClaim.get(claim) as string]] : [])),
  );
  const pids = await hold(db, ID_KIND, numbers, owners);
  for (const { claim, key } of numbers) matches.set(claim, { pid: pids.get(key) as string });
  const children = await hold(
    db,
    CERTIFICATE,
    certificates,
    new Map(
      certificates.flatMap(({ claim, key }) => (matches.has(claim) ? [[key, matches.get(claim)?.pid as string]] : [])),
    ),
  );
  const joined: Move[] = [];
  for (const { claim, key } of certificates) {
    const child = children.get(key) as string;
    const named = matches.get(claim)?.pid;
    if (named === undefined) matches.set(claim, { pid: child });
    else if (named !== child) {
      const moves = await joinChild(db, { key, child, named });
      if (moves.length > 0) children.set(key, named);
      joined.push(...moves);
    }
  }
  return { matches, joined };
}

function keyedBy(claims: readonly Claim[], field: string): Keyed[] {
  return claims.flatMap((claim) => {
    const id = claim.payload[field];
    return isSecret(id) ? [{ claim: claim.id, key: id.h, sealed: id.s, masked: id.m }] : [];
  });
}

async function held(db: Db, kind: string, keyed: readonly Keyed[]): Promise<Map<string, string>> {
  if (keyed.length === 0) return new Map();
  const rows = await db.rows<{ key: string; pid: string }>(sql`
    select lookup_key as key, pid from population.identifier where kind = ${kind} and lookup_key = any(${keyed.map(({ key }) => key)}::text[])`);
  return new Map(rows.map(({ key, pid }) => [key, pid]));
}

/** Takes identifiers in, for their owner where one is known and else for somebody new, and locks them. A person has one identity number. */
async function hold(
  db: Db,
  kind: string,
  keyed: readonly Keyed[],
  owners: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  if (keyed.length === 0) return new Map();
  const taken = new Set<string>();
  const wanted = [...new Map(keyed.map((k) => [k.key, k])).values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((k) => {
      const owner = owners.get(k.key);
      // Two numbers of one batch are two people, whatever certificate they share.
      if (owner === undefined || (kind === ID_KIND && taken.has(owner))) return { ...k, owner: null };
      taken.add(owner);
      return { ...k, owner };
    });
  await db.run(sql`
    insert into population.identifier (kind, lookup_key, sealed, masked, pid)
    select ${kind}, r.key, r.sealed, r.masked,
      case when r.owner is null or (${kind} = ${ID_KIND} and exists (select from population.identifier o where o.kind = ${ID_KIND} and o.pid = r.owner)) then gen_random_uuid() else r.owner end
    from jsonb_to_recordset(${json(wanted)}::text::jsonb) as r(key text, sealed text, masked text, owner uuid)
    where not exists (select from population.identifier i where i.kind = ${kind} and i.lookup_key = r.key)
    order by r.key
    on conflict do nothing`);
  const found = await db.rows<{ key: string; pid: string }>(sql`
    select i.lookup_key as key, i.pid from unnest(${wanted.map((w) => w.key)}::text[]) with ordinality as w(key, at)
    join population.identifier i on i.kind = ${kind} and i.lookup_key = w.key order by w.at for update of i`);
  return new Map(found.map((f) => [f.key, f.pid]));
}

/**
 * The number came before anybody said that it is this child's: whoever was known by the certificate alone is the holder of the number.
 * Two numbers under one certificate are two people, and the certificate is a typing mistake.
 */
async function joinChild(db: Db, options: { key: string; child: string; named: string }): Promise<Move[]> {
  const { key, child, named } = options;
  const other = await db.first(
    sql`select 1 from population.identifier where kind = ${ID_KIND} and pid = ${child}::uuid limit 1`,
  );
  if (other) return [];
  await db.run(
    sql`update population.identifier set pid = ${named}::uuid where kind = ${CERTIFICATE} and lookup_key = ${key}`,
  );
  return joinSubjects({ db, linked: await linkedPersons(db), from: child, to: named, by: db.actor.name });
}
