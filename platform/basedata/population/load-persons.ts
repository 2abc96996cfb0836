import type { Db, Row } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { type Claim, ID_KIND, type LoadResult } from '#platform/exchange/target.ts';
import type { Move } from '#platform/linkage/store/linked-space.ts';
import { endGolden, type GoldenRow, type GoldenTable, writeGolden } from '#platform/basedata/shared/golden-store.ts';
import { holdApart } from '#platform/basedata/shared/same-subject.ts';
import { survive } from '#platform/basedata/shared/survivorship.ts';
import { KIN_RULES, PERSON_RULES, SAME_PERSON } from './authority.ts';
import { storeConditions } from './conditions.ts';
import { type LifeEvent, lifeOf } from './events/life.ts';
import { childrenOf, storeKinship, storeLife, verdictsAbout, withMothers } from './events/store-life.ts';
import { refreshHouseholds } from './households.ts';
import { linkClaims } from './link-claims.ts';
import { matchClaims, type Matches } from './match-claims.ts';
import { placePersons } from './place-persons.ts';
import { statementsAbout } from './statements.ts';

export const PERSON_TABLE: GoldenTable = {
  schema: 'population',
  name: 'person',
  key: 'pid',
  keyType: 'uuid',
  columns: {
    name: 'name',
    sex: 'sex',
    birthDate: 'birth_date',
    nation: 'nation',
    phone: 'phone',
    householdNo: 'household_no',
    relation: 'relation',
    buildingCode: 'building_code',
    residenceAddress: 'residence_address',
    residenceFrom: 'residence_from',
    hukouAddress: 'hukou_address',
    deathDate: 'death_date',
  },
  derived: ['room', 'committee_code', 'address_key', 'id_masked'],
};

/** Claims → golden persons: match, link what has no number, keep both, and rebuild every person that was touched from all its claims. */
export async function loadPersons(db: Db, claims: readonly Claim[]): Promise<LoadResult> {
  const { matches, joined } = await matchClaims(db, claims);
  const moves = [...joined, ...(await linkClaims(db, claims, matches))];
  await storeMatches(db, moves, matches);
  const touched = new Set([...[...matches.values()].map((m) => m.pid), ...(await announceMoves(db, moves))]);
  const { created, changed, frozen } = await rebuildPersons(db, [...touched]);
  const conflicts = claims.filter((c) => frozen.has(c.id)).length;
  return { created, changed, conflicts, unchanged: Math.max(0, claims.length - created - changed - conflicts) };
}

/** Writes which person claims are about now, and by what they were found. */
export async function storeMatches(db: Db, moves: readonly Move[], matches?: Matches): Promise<void> {
  const kept = moves.map(({ record, to }) => ({
    id: record,
    pid: to,
    method: matches?.has(record) ? 'identifier' : 'linkage',
  }));
  if (kept.length === 0) return;
  await db.run(sql`
    insert into population.person_claim (claim_id, pid, method)
    select r.id, r.pid, r.method from jsonb_to_recordset(${json(kept)}::text::jsonb) as r(id bigint, pid uuid, method text)
    on conflict (claim_id) do update set pid = excluded.pid, at = kernel.now() where person_claim.pid is distinct from excluded.pid`);
  // A correction goes with the claim that it corrects.
  await db.run(sql`
    update population.person_claim k set pid = m.pid, at = kernel.now()
    from exchange.claim c join population.person_claim m on m.claim_id = (c.payload ->> 'corrects')::bigint
    where k.method = 'correction' and c.id = k.claim_id and m.claim_id = any(${kept.map(({ id }) => id)}::bigint[]) and k.pid is distinct from m.pid`);
}

/** Tells who follows persons that claims went from one to the other; returns everyone concerned. */
export async function announceMoves(db: Db, moves: readonly Move[]): Promise<Set<string>> {
  const ways = new Set(moves.flatMap(({ from, to }) => (from === undefined ? [] : [`${from}/${to}`])));
  for (const way of [...ways].sort()) {
    const [from = '', to = ''] = way.split('/');
    const left = await db.first(sql`select 1 from population.person_claim where pid = ${from}::uuid limit 1`);
    await db.emit({
      type: left ? 'population.person.unmerged' : 'population.person.merged',
      subject: to,
      data: { from },
    });
  }
  return new Set(moves.flatMap(({ from, to }) => (from === undefined ? [to] : [from, to])));
}

/** Computes golden persons again from all their claims and writes what differs. */
export async function rebuildPersons(
  db: Db,
  given: readonly string[],
): Promise<{ created: number; changed: number; frozen: Set<number> }> {
  if (given.length === 0) return { created: 0, changed: 0, frozen: new Set() };
  const first = await rebuildThese(db, given);
  const children = await childrenOf(db, given);
  if (children.length === 0) return first;
  // A child follows its mother: it is computed once she stands.
  const second = await rebuildThese(db, children);
  return {
    created: first.created + second.created,
    changed: first.changed + second.changed,
    frozen: first.frozen,
  };
}

async function rebuildThese(
  db: Db,
  pids: readonly string[],
): Promise<{ created: number; changed: number; frozen: Set<number> }> {
  const about = await statementsAbout(db, pids);
  const masked = new Map(
    (
      await db.rows<{ pid: string; masked: string }>(
        sql`select pid, masked from population.identifier where kind = ${ID_KIND} and pid = any(${pids}::uuid[])`,
      )
    ).map((r) => [r.pid, r.masked]),
  );
  const frozen = new Map<number, string>();
  const verdicts = await verdictsAbout(db, pids);
  const lives = new Map<string, LifeEvent[]>();
  const all = pids.map((pid) => {
    const apart = holdApart(about.get(pid) ?? [], SAME_PERSON);
    for (const statement of apart.frozen) frozen.set(statement.claim, pid);
    const golden = survive(apart.accepted, [...PERSON_RULES, ...KIN_RULES]);
    const life = lifeOf(apart.accepted, verdicts.get(pid));
    lives.set(pid, life);
    // A death that is not confirmed stops nothing (S4).
    if (!life.some(({ kind, state }) => kind === 'died' && state === 'confirmed')) delete golden.deathDate;
    return { pid, golden };
  });
  await withMothers(db, all);
  // Without a number it takes a name and a birth date to be a person; whoever has lost their claims is none any more.
  const isPerson = ({ pid, golden }: (typeof all)[number]): boolean =>
    masked.has(pid) || (golden.name !== undefined && golden.birthDate !== undefined);
  const goldens = all.filter(isPerson);
  const ended = await endGolden(
    db,
    PERSON_TABLE,
    all.filter((g) => !isPerson(g)).map(({ pid }) => pid),
  );
  const place = await placePersons(
    db,
    goldens.map((g) => g.golden),
  );
  const rows = goldens.map(({ pid, golden }) => ({
    key: pid,
    golden,
    derived: { ...place(golden), id_masked: masked.get(pid) ?? null },
  }));
  const { created, changed, before } = await writeGolden({ db, table: PERSON_TABLE, rows });
  for (const { pid } of all.filter((g) => !isPerson(g))) lives.set(pid, []);
  await storeLife(db, lives);
  await storeKinship(
    db,
    all.map((g) => (isPerson(g) ? g : { pid: g.pid, golden: {} })),
  );
  await tellLives(db, rows, before);
  const conditions = await storeConditions(
    db,
    all.map((g) => (isPerson(g) ? g : { pid: g.pid, golden: {} })),
  );
  const moved = new Set([...created, ...changed]);
  const households = rows
    .filter((r) => moved.has(r.key))
    .flatMap((r) => [r.golden.householdNo?.value, before.get(r.key)?.household_no as string | null | undefined]);
  await refreshHouseholds(
    db,
    [...households, ...ended.map((row) => row.household_no)].filter((no): no is string => typeof no === 'string'),
  );
  await storeConflicts(db, pids, frozen);
  const fresh = new Set(created);
  for (const pid of conditions) if (!fresh.has(pid)) moved.add(pid);
  return { created: created.length, changed: moved.size - created.length, frozen: new Set(frozen.keys()) };
}

/** Tells who follows persons that somebody has moved or died; a person who is new has done neither. */
async function tellLives(db: Db, rows: readonly GoldenRow[], before: ReadonlyMap<string, Row>): Promise<void> {
  for (const { key, golden, derived } of rows) {
    const was = before.get(key);
    if (!was) continue;
    const home = (row: Row): string => `${row.building_code ?? row.residence_address ?? ''}/${row.room ?? ''}`;
    const now = { ...derived, residence_address: golden.residenceAddress?.value ?? null };
    if (home(was) !== home(now)) await db.emit({ type: 'population.person.moved', subject: key });
    if (golden.deathDate !== undefined && was.death_date === null)
      await db.emit({ type: 'population.person.died', subject: key });
  }
}

/** Conflict rows follow the claims: new ones are frozen, ones that a later claim explained are released. */
async function storeConflicts(db: Db, pids: readonly string[], frozen: ReadonlyMap<number, string>): Promise<void> {
  const rows = [...frozen].map(([claim, pid]) => ({ claim, pid }));
  if (rows.length > 0) {
    await db.run(sql`
      insert into population.conflict (claim_id, pid) select r.claim, r.pid from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(claim bigint, pid uuid)
      on conflict (claim_id) do update set state = 'frozen', released_at = null where conflict.state <> 'frozen'`);
  }
  await db.run(sql`
    update population.conflict set state = 'released', released_at = kernel.now()
    where pid = any(${pids}::uuid[]) and state = 'frozen' and claim_id <> all(${[...frozen.keys()]}::bigint[])`);
}
