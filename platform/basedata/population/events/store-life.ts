import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Golden, Source } from '#platform/basedata/shared/survivorship.ts';
import type { DeathVerdict, LifeEvent } from './life.ts';

const KIN = { motherId: 'mother', fatherId: 'father', spouseId: 'spouse' } as const;

/** The last verdict about each of some persons. */
export async function verdictsAbout(db: Db, pids: readonly string[]): Promise<Map<string, DeathVerdict>> {
  const rows = await db.rows<DeathVerdict & { pid: string }>(sql`
    select distinct on (pid) pid, verdict, upto from population.death_verdict where pid = any(${[...pids]}::uuid[]) order by pid, decided_at desc, id desc`);
  return new Map(rows.map(({ pid, verdict, upto }) => [pid, { verdict, upto: Number(upto) }]));
}

/** Brings the life events of some persons up to what was derived; what is known already keeps the instant at which it became known. */
export async function storeLife(db: Db, lives: ReadonlyMap<string, readonly LifeEvent[]>): Promise<void> {
  const pids = [...lives.keys()];
  if (pids.length === 0) return;
  const rows = [...lives].flatMap(([pid, events]) =>
    events.map(({ kind, on, state, sources }) => ({ pid, kind, on, state, sources })),
  );
  const given = json(rows);
  await db.run(sql`
    delete from population.life_event e where e.pid = any(${pids}::uuid[])
      and not exists (select from jsonb_to_recordset(${given}::text::jsonb) as r(pid uuid, kind text, "on" date) where r.pid = e.pid and r.kind = e.kind and r."on" = e.happened_on)`);
  if (rows.length === 0) return;
  await db.run(sql`
    insert into population.life_event as e (pid, kind, happened_on, state, sources)
    select r.pid, r.kind, r."on", r.state, r.sources from jsonb_to_recordset(${given}::text::jsonb) as r(pid uuid, kind text, "on" date, state text, sources jsonb)
    on conflict (pid, kind, happened_on) do update set state = excluded.state, sources = excluded.sources,
      known_at = case when e.state = excluded.state then e.known_at else kernel.now() end
    where (e.state, e.sources) is distinct from (excluded.state, excluded.sources)`);
}

/** Writes who is whose (亲属关系): a changed relation ends one row and begins the next. */
export async function storeKinship(db: Db, goldens: readonly { pid: string; golden: Golden }[]): Promise<void> {
  const wanted = goldens.flatMap(({ pid, golden }) =>
    Object.entries(KIN).flatMap(([field, kind]) => {
      const held = golden[field];
      return held ? [{ pid, kind, key: held.value, source: held.source }] : [];
    }),
  );
  const given = json(wanted);
  const ended = await db.run(sql`
    update population.kinship k set tx_to = kernel.now() where k.tx_to is null and k.pid = any(${goldens.map(({ pid }) => pid)}::uuid[])
      and not exists (select from jsonb_to_recordset(${given}::text::jsonb) as r(pid uuid, kind text, key text) where r.pid = k.pid and r.kind = k.kind and r.key = k.other_key)`);
  if (wanted.length === 0 && ended === 0) return;
  await db.run(sql`
    insert into population.kinship (pid, kind, other_key, source)
    select r.pid, r.kind, r.key, r.source from jsonb_to_recordset(${given}::text::jsonb) as r(pid uuid, kind text, key text, source jsonb)
    where not exists (select from population.kinship k where k.pid = r.pid and k.kind = r.kind and k.tx_to is null)
    on conflict do nothing`);
}

type Mother = {
  pid: string;
  householdNo: string | null;
  relation: string | null;
  residenceAddress: string | null;
  buildingCode: string | null;
};

/**
 * A child of whose home and household no source has spoken lives with its mother (随母): one household from the day of birth, and
 * nobody fills in a form for it. A source that speaks goes before.
 */
export async function withMothers(db: Db, goldens: readonly { pid: string; golden: Golden }[]): Promise<void> {
  const children = goldens.filter(
    ({ golden }) => golden.motherId && (golden.householdNo === undefined || golden.residenceAddress === undefined),
  );
  if (children.length === 0) return;
  const rows = await db.rows<Mother & { key: string }>(sql`
    select i.lookup_key as key, p.pid, p.household_no as "householdNo", p.relation, p.residence_address as "residenceAddress", p.building_code as "buildingCode"
    from population.identifier i join population.person p on p.pid = i.pid
    where i.kind = 'id18' and i.lookup_key = any(${children.map(({ golden }) => golden.motherId?.value ?? '')}::text[])`);
  const mothers = new Map(rows.map((row) => [row.key, row]));
  for (const { golden } of children) {
    const mother = golden.motherId && mothers.get(golden.motherId.value);
    if (!mother || !golden.motherId) continue;
    const source: Source = golden.motherId.source;
    const give = (name: string, value: string | null): void => {
      if (value !== null) golden[name] = { value, source };
    };
    if (golden.householdNo === undefined) {
      give('householdNo', mother.householdNo);
      // Only a child of the head or of the head's spouse has a plain relation to the head.
      if (mother.relation === '户主' || mother.relation === '配偶')
        give('relation', golden.sex?.value === '1' ? '子' : '女');
    }
    if (golden.residenceAddress === undefined) {
      give('residenceAddress', mother.residenceAddress);
      give('buildingCode', mother.buildingCode);
      give('residenceFrom', golden.birthDate?.value ?? null);
    }
  }
}

/** Children who follow one of these persons as their mother: they move when she does. */
export async function childrenOf(db: Db, pids: readonly string[]): Promise<string[]> {
  const rows = await db.rows<{ pid: string }>(sql`
    select distinct k.pid from population.identifier i join population.kinship k on k.other_key = i.lookup_key and k.kind = 'mother' and k.tx_to is null
    where i.kind = 'id18' and i.pid = any(${[...pids]}::uuid[])`);
  return rows.map(({ pid }) => pid);
}
