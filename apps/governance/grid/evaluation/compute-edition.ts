import type { Actor } from '#platform/kernel/actor.ts';
import { shanghaiMidnight } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import type { Holder } from '#platform/identity/organisation/holders.ts';
import { POST_FORMULAE, type PostStep, scoresOfPosts } from './posts-of-acts.ts';
import { type Fact, FORMULAE, flagsOf, type History, type Score, scoresOf } from './score.ts';

/** The first moments of a month and of the one after it. */
export function monthOf(period: string): { from: Date; to: Date } {
  const [year = 0, month = 0] = period.split('-').map(Number);
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
  return { from: shanghaiMidnight(`${period}-01`), to: shanghaiMidnight(`${next}-01`) };
}

/** Facts of a month from the register of cases: one row a case that counts anywhere. */
export async function factsOf(db: Db, period: string): Promise<(Fact & { caseId: string })[]> {
  const { from, to } = monthOf(period);
  const rows = await db.rows<
    Omit<History, 'acts'> & { id: string; no: string; class: string; street: string; unit: string | null }
  >(sql`
    select id, no, class, street, unit, reported_at as "reportedAt", established_at as "establishedAt", handle_due_at as "handleDueAt", handled_at as "handledAt", closed_at as "closedAt"
    from ${db.share('case')} where reported_at < ${to}::timestamptz and state not in ('rejected', 'merged', 'withdrawn', 'cancelled')
      and (closed_at is null or closed_at >= ${from}::timestamptz or handle_due_at >= ${from}::timestamptz
        or id in (select case_id from grid.case_act where act in ('evaluate', 'complain') and at >= ${from}::timestamptz and at < ${to}::timestamptz))`);
  const acts = await db.rows<{ caseId: string; act: string; at: Date }>(sql`
    select case_id as "caseId", act, at from grid.case_act where case_id = any (${rows.map(({ id }) => id)}::uuid[]) and act in ('rework', 'evaluate', 'complain') order by at, id`);
  const ofCase = Map.groupBy(acts, ({ caseId }) => caseId);
  return rows
    .map(({ id, no, class: code, street, unit, ...history }) => ({
      caseId: id,
      no,
      class: code,
      street,
      unit,
      ...flagsOf({ ...history, acts: ofCase.get(id) ?? [] }, from, to),
    }))
    .filter((fact) => fact.reported || fact.due || fact.handled || fact.closedIn || fact.rated);
}

/** Computes a draft of a month (编制月度评价), with the facts it was made of and the formulae that held. */
export async function computeEdition(of: {
  db: Db;
  actor: Pick<Actor, 'account' | 'name'>;
  period: string;
  district: string;
  now: Date;
  reason?: string;
  sample?: boolean;
  /** What was read for kinds of posts; without it there are none. */
  posts?: { steps: readonly PostStep[]; holders: readonly Holder[] };
}): Promise<{ id: string; edition: number; scores: Score[] }> {
  const { db, actor, period, now } = of;
  const { fewest, fewestHolders } = await amountsAt(
    db,
    {
      fewest: { id: 'grid.evaluation.fewest', unit: 'case' },
      fewestHolders: { id: 'grid.evaluation.fewest-holders', unit: 'person' },
    },
    now,
  );
  const facts = await factsOf(db, period);
  const { steps, holders } = of.posts ?? { steps: [], holders: [] };
  const scores = [
    ...scoresOf(facts, { district: of.district, fewest }),
    ...(of.posts ? scoresOfPosts(steps, { holders, fewest, fewestHolders }) : []),
  ];
  const id = uuidv7();
  const { edition } = await db.one<{ edition: number }>(
    sql`select coalesce(max(edition), 0)::int + 1 as edition from grid.evaluation_edition where period = ${period}`,
  );
  await db.run(sql`
    insert into grid.evaluation_edition (id, period, edition, state, formulae, computed_at, computed_by, computed_name, reason, sample)
    values (${id}::uuid, ${period}, ${edition}::int, 'draft', ${json([...FORMULAE, ...(of.posts ? POST_FORMULAE : [])])}::text::jsonb, ${now}::timestamptz, ${actor.account}, ${actor.name},
      ${of.reason ?? null}::text, ${of.sample ?? false}::boolean)`);
  await db.run(sql`
    insert into grid.evaluation_fact (edition, case_id, no, class, street, unit, reported, established, due, closed, handled, on_time, reworked, closed_in, reopened, rated, satisfied)
    select ${id}::uuid, w."caseId", w.no, w.class, w.street, w.unit, w.reported, w.established, w.due, w.closed, w.handled, w."onTime", w.reworked, w."closedIn", w.reopened, w.rated, w.satisfied
    from jsonb_to_recordset(${json(facts)}::text::jsonb) as w("caseId" uuid, no text, class text, street text, unit text, reported boolean, established boolean, due boolean,
      closed boolean, handled boolean, "onTime" boolean, reworked boolean, "closedIn" boolean, reopened boolean, rated boolean, satisfied boolean)`);
  await db.run(sql`
    insert into grid.evaluation_post_fact (edition, case_id, no, class, street, step, post, unit, on_time, done_at)
    select ${id}::uuid, w."caseId", w.no, w.class, w.street, w.step, w.post, w.unit, w."onTime", w."doneAt"
    from jsonb_to_recordset(${json(steps)}::text::jsonb) as w("caseId" uuid, no text, class text, street text, step text, post text, unit text, "onTime" boolean, "doneAt" timestamptz)`);
  await db.run(sql`
    insert into grid.evaluation_score (id, edition, period, edition_no, kind, object, indicator, numerator, denominator, value, rank, holders)
    select kernel.uuidv7(), ${id}::uuid, ${period}, ${edition}::int, w.kind, w.object, w.indicator, w.numerator, w.denominator, w.value, w.rank, w.holders
    from jsonb_to_recordset(${json(scores)}::text::jsonb) as w(kind text, object text, indicator text, numerator int, denominator int, value float8, rank int, holders int)`);
  return { id, edition, scores };
}
