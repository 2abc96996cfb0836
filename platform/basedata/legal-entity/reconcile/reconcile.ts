import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import { endClock, startClock } from '#platform/calendar/clock.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { REGISTRARS } from '../entity-rules.ts';
import { type FindingKind, findingClock, OWNER_WITHOUT_PLACE, OWNERS } from './kinds.ts';

/** What a run changed. */
export type Reconciled = { opened: number; closed: number };

/** Enterprises that are looked at in one transaction. */
const CHUNK = 1000;

type Wanted = {
  uscc: string;
  name: string | null;
  kind: FindingKind;
  committee: string | null;
  building: string | null;
  evidence: { attribute: string; unit: string; value: string | null }[];
};

/**
 * Compares what the registers say of up to `CHUNK` enterprises above `after` (三方比对), opens a case for each difference that has none and
 * closes those that the data no longer show. Returns the last code looked at; undefined at the end. Repeatable: the same data again change
 * nothing.
 */
export async function reconcileChunk(db: Db, after: string): Promise<Reconciled & { last: string | undefined }> {
  // One run after the other: two would open the same case.
  await db.run(sql`select pg_advisory_xact_lock(hashtext('legal-entity'), hashtext('reconcile'))`);
  const codes = (
    await db.rows<{ uscc: string }>(sql`
      select uscc from legal_entity.entity where uscc > ${after} order by uscc limit ${CHUNK}::int`)
  ).map(({ uscc }) => uscc);
  // Findings about an enterprise that is none any more are closed with the chunk in which it would stand.
  const upto = codes.length === CHUNK ? codes.at(-1) : undefined;
  const wanted = await differences(db, codes);
  const open = await db.rows<{ id: string; uscc: string; kind: FindingKind; clock: string }>(sql`
    select id, uscc, kind, clock from legal_entity.finding where state <> 'closed' and uscc > ${after} and (${upto ?? null}::text is null or uscc <= ${upto ?? null}::text)`);
  const still = new Set(wanted.map(({ uscc, kind }) => `${uscc}/${kind}`));
  const known = new Set(open.map(({ uscc, kind }) => `${uscc}/${kind}`));
  const gone = open.filter(({ uscc, kind }) => !still.has(`${uscc}/${kind}`));
  for (const finding of gone) await closeFinding(db, finding);
  const fresh = wanted.filter(({ uscc, kind }) => !known.has(`${uscc}/${kind}`));
  await openFindings(db, fresh);
  return { opened: fresh.length, closed: gone.length, last: upto };
}

/** Every difference that the data show for some enterprises, with what each side says. */
export async function differences(db: Db, codes: readonly string[]): Promise<Wanted[]> {
  if (codes.length === 0) return [];
  const { within } = await amountsAt(
    db,
    { within: { id: 'legal-entity.tax-registration.within', unit: 'day' } },
    (await db.one<{ now: Date }>(sql`select kernel.now() as now`)).now,
  );
  const registrars = [...REGISTRARS];
  const rows = await db.rows<{
    uscc: string;
    name: string | null;
    kind: FindingKind;
    committee: string | null;
    building: string | null;
    registered: string | null;
    trading: string | null;
    taxAddress: string | null;
    status: string | null;
    taxState: string | null;
    registrarArea: string | null;
    taxOffice: string | null;
  }>(sql`
    with sends as (
      -- A register that has sent nothing yet says nothing: who is not in it is no difference.
      select exists (select from legal_entity.entity x where 'tax' = any (string_to_array(x.registers, ','))) as tax,
        exists (select from legal_entity.entity x where 'commerce' = any (string_to_array(x.registers, ','))) as commerce,
        exists (select from legal_entity.entity x where string_to_array(x.registers, ',') && ${registrars}::text[]) as registrar
    ), e as (
      select e.*, string_to_array(e.registers, ',') as units, coalesce(e.life_state, '') in ('live', 'abnormal') as lives
      from legal_entity.entity e where e.uscc = any (${[...codes]}::text[])
    ), found as (
      select e.uscc, 'not-taxed' as kind, null::text as building from e
        where (select tax from sends) and 'market-supervision' = any (e.units) and e.lives and not 'tax' = any (e.units)
          and (e.founded_on is null or e.founded_on::date + ${within}::int < (kernel.now() at time zone 'Asia/Shanghai')::date)
      union all
      select e.uscc, 'not-registered', null from e where (select registrar from sends) and 'tax' = any (e.units) and not e.units && ${registrars}::text[] and coalesce(e.tax_state, '') not like '%注销%'
      union all
      select e.uscc, 'cancelled-invoicing', null from e left join legal_entity.tax_bands(${[...codes]}::text[]) t on t.uscc = e.uscc
        where e.life_state = 'cancelled' and (('tax' = any (e.units) and coalesce(e.tax_state, '') not like '%注销%') or t.last_invoice_on > e.life_on::date)
      union all
      select e.uscc, 'foreign-filing-missing', null from e where (select commerce from sends) and e.lives and e.kind ~ '外商投资|外资|中外合资|港澳台' and not 'commerce' = any (e.units)
      union all
      select e.uscc, 'not-registered-here', p.building_code from e join legal_entity.presence p on p.uscc = e.uscc and p.kind = 'trading' and p.tx_to is null and p.building_code is not null
        where coalesce(e.life_state, 'live') in ('live', 'abnormal') and not exists (
          select from legal_entity.presence r where r.uscc = e.uscc and r.kind in ('registered', 'premises') and r.tx_to is null and r.building_code = p.building_code)
      union all
      select e.uscc, 'taxed-elsewhere', null from e where coalesce(e.life_state, 'live') <> 'cancelled' and e.tax_office <> e.registrar_area
    )
    select f.uscc, e.name, f.kind, coalesce(p.committee_code, e.committee_code) as committee, coalesce(f.building, e.building_code) as building,
      e.registered_address as registered, e.trading_address as trading, e.tax_address as "taxAddress", e.status, e.tax_state as "taxState",
      e.registrar_area as "registrarArea", e.tax_office as "taxOffice"
    from found f join e on e.uscc = f.uscc
      left join legal_entity.presence p on f.building is not null and p.uscc = f.uscc and p.kind = 'trading' and p.tx_to is null
    -- A sign at a door without a code may be a firm that is registered under another writing: it waits for its code, or for the review desk.
    where f.kind <> 'not-registered-here' or e.uscc not like 'Z%'
    order by f.uscc, f.kind`);
  return rows.map(({ uscc, name, kind, committee, building, ...said }) => ({
    uscc,
    name,
    kind,
    committee,
    building,
    evidence: evidenceOf(kind, said),
  }));
}

function evidenceOf(
  kind: FindingKind,
  said: Record<
    'registered' | 'trading' | 'taxAddress' | 'status' | 'taxState' | 'registrarArea' | 'taxOffice',
    string | null
  >,
): Wanted['evidence'] {
  const says = (unit: string, attribute: string, value: string | null) => ({ unit, attribute, value });
  const register = 'market-supervision';
  switch (kind) {
    case 'not-taxed':
      return [says(register, 'status', said.status), says('tax', 'taxState', null)];
    case 'not-registered':
      return [says(register, 'status', null), says('tax', 'taxState', said.taxState)];
    case 'cancelled-invoicing':
      return [says(register, 'status', said.status), says('tax', 'taxState', said.taxState)];
    case 'foreign-filing-missing':
      return [says(register, 'status', said.status), says('commerce', 'foreignFiling', null)];
    case 'not-registered-here':
      return [
        says(register, 'registeredAddress', said.registered),
        says('tax', 'taxAddress', said.taxAddress),
        says('investment', 'tradingAddress', said.trading),
      ];
    case 'taxed-elsewhere':
      return [says(register, 'registrarArea', said.registrarArea), says('tax', 'taxOffice', said.taxOffice)];
    default:
      return kind satisfies never;
  }
}

async function openFindings(db: Db, wanted: readonly Wanted[]): Promise<void> {
  if (wanted.length === 0) return;
  const before = await db.rows<{ uscc: string; kind: string; times: number }>(sql`
    select uscc, kind, count(*)::int as times from legal_entity.finding where uscc = any (${wanted.map(({ uscc }) => uscc)}::text[]) group by 1, 2`);
  const times = new Map(before.map(({ uscc, kind, times: n }) => [`${uscc}/${kind}`, n]));
  const rows = [];
  for (const finding of wanted) {
    const id = uuidv7();
    const owner = OWNERS[finding.kind] ?? streetOf(finding.committee) ?? OWNER_WITHOUT_PLACE;
    const clock = await startClock(db, { kind: findingClock, subject: id, event: 'found', of: { unit: owner } });
    rows.push({
      id,
      ...finding,
      clock: clock.id,
      owner,
      recurs: times.get(`${finding.uscc}/${finding.kind}`) ?? 0,
    });
  }
  await db.run(sql`
    insert into legal_entity.finding (id, uscc, name, kind, owner_unit, committee_code, building_code, opened_at, clock, recurs, evidence)
    select r.id, r.uscc, r.name, r.kind, r.owner, r.committee, r.building, kernel.now(), r.clock, r.recurs, r.evidence
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(id uuid, uscc text, name text, kind text, owner text, committee text, building text, clock uuid, recurs int, evidence jsonb)`);
  await noteSteps(
    db,
    rows.map(({ id, recurs }) => ({ finding: id, step: recurs > 0 ? 'recurred' : 'opened', note: null })),
  );
}

/** Unit of the street that an area code lies in. */
function streetOf(committee: string | null): string | undefined {
  return committee === null ? undefined : `street-${committee.slice(0, 9)}`;
}

/** The data agree again: the finding is closed by them, whatever was answered. */
async function closeFinding(db: Db, { id, clock }: { id: string; clock: string }): Promise<void> {
  await endClock(db, { kind: findingClock, clock });
  await db.run(sql`update legal_entity.finding set state = 'closed', closed_at = kernel.now() where id = ${id}::uuid`);
  await noteSteps(db, [{ finding: id, step: 'closed', note: null }]);
}

/** Steps of findings (办理记录); they are never changed. */
export async function noteSteps(
  db: Db,
  steps: readonly { finding: string; step: string; note: string | null }[],
): Promise<void> {
  const who: Sql = sql`${db.actor.name}, ${db.actor.unit ?? null}::text`;
  await db.run(sql`
    insert into legal_entity.finding_step (finding, step, name, unit, note, at)
    select r.finding, r.step, ${who}, r.note, kernel.now() from jsonb_to_recordset(${json(steps)}::text::jsonb) as r(finding uuid, step text, note text)`);
  for (const { finding, step } of steps) await db.emit({ type: `legal-entity.finding.${step}`, subject: finding });
}
