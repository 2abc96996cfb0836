import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { decideBy } from '#platform/rulebook/decide.ts';
import { findRule, type Rule, ruleAt } from '#platform/rulebook/rule-at.ts';
import type { StepEvent } from '../log/read-step.ts';
import { type Correction, foldRun, type Run } from './fold-run.ts';
import { judgeRun, type Judged } from './judge-run.ts';
import { clocksOf, limitOfEvents } from './limits.ts';
import { type Judge, type Level, LEVELS } from './reached.ts';
import { keepSignals, type RunSignals } from './signals.ts';
import type { Limit } from './time-used.ts';

/** Rule that gives the level (DMN). */
export const LEVEL_RULE = 'service.supervision-level';
/** Passages that one app may have judged in a round: whoever floods waits, the others do not. Ours, no law's. */
const SHARE = 150;
/** Rounds of one call: what is left waits for the next tick, a second later, so that events and jobs go on in between. */
const ROUNDS = 6;

export type Found = { app: string; run: string; cap: Level | null; judgeOn: string | null };
type Folded = Found & { of: Run; limit: Limit | undefined; events: readonly StepEvent[] };

/** Judges whatever has new events or reaches its next moment: a share of every app, until nothing is left or the rounds are over. */
export async function judgeRuns(services: Services): Promise<number> {
  const actor = systemActor({ name: 'evaluation' });
  let all = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const judged = await services.database.tx({ module: 'evaluation', actor }, (db) => judgeSome(db));
    all += judged;
    if (judged === 0) break;
  }
  return all;
}

/** One round, in the transaction of the caller. A replay of a whole log, beside which nothing else waits, takes larger shares. */
export async function judgeSome(db: Db, share = SHARE): Promise<number> {
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  // First what falls due, the earliest first, then what is new: both a share for each app.
  const found = await db.rows<Found>(sql`
    with picked as (
      select r.app, r.run from evaluation.feed f cross join lateral
        (select app, run from evaluation.run where app = f.app and next_at <= ${now}::timestamptz order by next_at limit ${share}::int) r
      union
      select r.app, r.run from evaluation.feed f cross join lateral
        (select app, run from evaluation.run where app = f.app and dirty_since is not null order by dirty_since limit ${share}::int) r)
    select r.app, r.run, r.cap, r.judge_on::text as "judgeOn" from evaluation.run r join picked using (app, run) for update of r skip locked`);
  await markFloods(db, now);
  if (found.length === 0) return 0;
  await judgeThese({ db, found, now });
  return found.length;
}

export type JudgedRun = { row: Folded; judged: Judged; rule: Rule };

/** Judges passages and writes nothing: what is, as of now. */
export async function weigh({ db, found, now }: { db: Db; found: readonly Found[]; now: Date }): Promise<JudgedRun[]> {
  const folded = await fold(db, found);
  const { calendar } = await readCalendar(db);
  const rules = await rulesOf(db, folded, now);
  const before = await yellowsBefore(db, folded);
  return folded.map((row) => {
    const rule = rules.get(dayOf(row, now));
    if (!rule) throw new Error(`no rule of ${dayOf(row, now)}`);
    const { of: run, limit, cap } = row;
    const yellowBefore = before.has(keyOf(row));
    return { row, rule, judged: judgeRun({ run, limit, now, calendar, judge: judgeBy(rule), yellowBefore, cap }) };
  });
}

async function judgeThese({ db, found, now }: { db: Db; found: readonly Found[]; now: Date }): Promise<void> {
  const judged = await weigh({ db, found, now });
  await write(db, judged, now);
  const changed = await keepSignals({
    db,
    now,
    runs: judged.map(
      ({ row, judged: { reached }, rule }): RunSignals => ({
        app: row.app,
        run: row.run,
        of: row.of,
        rule,
        reached,
        provisional: row.limit?.provisional ?? false,
      }),
    ),
  });
  await judgeLaterOnes({ db, changed, now });
}

/** A card in a step weighs in later passages of the case through the same step: those are judged anew, also once it is taken back. */
async function judgeLaterOnes(options: {
  db: Db;
  changed: readonly { app: string; run: string }[];
  now: Date;
}): Promise<void> {
  const { db, changed, now } = options;
  if (changed.length === 0) return;
  await db.run(sql`
    update evaluation.run o set dirty_since = coalesce(o.dirty_since, ${now}::timestamptz)
    from unnest(${changed.map(({ app }) => app)}::text[], ${changed.map(({ run }) => run)}::text[]) as w(app, run) join evaluation.run r using (app, run)
    where o.case_no = r.case_no and o.step = r.step and o.app = r.app and o.run <> r.run and o.started_at > r.started_at`);
}

/** Decides the level by a version of the rule. */
export function judgeBy(rule: Rule): Judge {
  return (input) => {
    const { value } = decideBy(rule, input);
    return LEVELS.find((level) => level === value) ?? 'none';
  };
}

const keyOf = ({ app, run }: { app: string; run: string }): string => `${app} ${run}`;
/** A step is judged by the rule of the day on which it began: a later rule changes nothing that is under way. */
const dayOf = ({ of, judgeOn }: Folded, now: Date): string => judgeOn ?? shanghaiDate(of.startedAt ?? now);

async function fold(db: Db, found: readonly Found[]): Promise<Folded[]> {
  const wanted = sql`unnest(${found.map(({ app }) => app)}::text[], ${found.map(({ run }) => run)}::text[]) as w(app, run)`;
  const events = await db.rows<Omit<StepEvent, 'seq'> & { seq: string }>(sql`
    select e.id, e.app, e.run, e.phase, e.at, e.seq::text as seq, e.case_no as "caseNo", e.item, e.step, e.unit, e.post, e.clock, e.due, e.outcome, e.unlawful, e.asks, e.party, e.measure::float8 as measure, e.account
    from ${wanted} join evaluation.step_event e using (app, run)`);
  const corrections = await db.rows<Correction & { app: string; run: string }>(sql`
    select e.app, e.run, c.target, c.at, c.told_at as "toldAt"
    from ${wanted} join evaluation.step_event e using (app, run) join evaluation.correction c on c.target = e.id and c.app = e.app`);
  const byRun = grouped(events.map((event) => ({ ...event, seq: BigInt(event.seq) })));
  const correctionsOf = grouped(corrections);
  const runs = found.flatMap((row) => {
    const own = byRun.get(keyOf(row)) ?? [];
    const of = foldRun(own, correctionsOf.get(keyOf(row)));
    return of ? [{ ...row, of, events: own }] : [];
  });
  const clocks = await clocksOf(
    db,
    runs.flatMap(({ of }) => (of.clock === null ? [] : [of.clock])),
  );
  return runs.map((row) => {
    const clock = row.of.clock === null ? undefined : clocks.get(row.of.clock);
    // Whoever ended the clock ended the step, also where its last event is still under way.
    const ended = clock?.state === 'ended' && row.of.state !== 'done' && row.of.state !== 'void';
    // So with a clock that stands still.
    const stands = clock?.state === 'stopped' && row.of.state === 'running';
    const of = ended
      ? { ...row.of, state: 'done' as const, endedAt: clock.endedAt }
      : stands
        ? { ...row.of, state: 'stopped' as const }
        : row.of;
    return { ...row, of, limit: clock ?? limitOfEvents(of) };
  });
}

function grouped<T extends { app: string; run: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

async function rulesOf(db: Db, rows: readonly Folded[], now: Date): Promise<Map<string, Rule>> {
  const rules = new Map<string, Rule>();
  // What began before there was a rule is judged by the one of today.
  for (const day of new Set(rows.map((row) => dayOf(row, now))))
    rules.set(day, (await findRule(db, LEVEL_RULE, { on: day })) ?? (await ruleAt(db, LEVEL_RULE)));
  return rules;
}

/** Passages whose case had a yellow card in the same step before, in another passage (二次黄牌). */
async function yellowsBefore(db: Db, rows: readonly Folded[]): Promise<Set<string>> {
  const found = await db.rows<{ app: string; run: string }>(sql`
    select distinct w.app, w.run
    from unnest(${rows.map(({ app }) => app)}::text[], ${rows.map(({ run }) => run)}::text[], ${rows.map(({ of }) => of.caseNo)}::text[],
      ${rows.map(({ of }) => of.step)}::text[], ${rows.map(({ of }) => of.startedAt?.toISOString() ?? null)}::timestamptz[]) as w(app, run, case_no, step, started_at)
    join evaluation.run o on o.case_no = w.case_no and o.step = w.step and o.app = w.app and o.run <> w.run and o.started_at < w.started_at
    join evaluation.signal s on s.app = o.app and s.run = o.run and s.level in ('yellow', 'red') and s.state = 'standing' and s.rule = ${LEVEL_RULE}`);
  return new Set(found.map(keyOf));
}

async function write(db: Db, rows: readonly { row: Folded; judged: Judged }[], now: Date): Promise<void> {
  const values = rows.map(({ row: { app, run, of, limit }, judged }) => ({
    app,
    run,
    case_no: of.caseNo,
    item: of.item,
    step: of.step,
    unit: of.unit,
    post: of.post,
    handler: of.handler,
    clock: of.clock,
    state: of.state,
    started_at: of.startedAt ?? limit?.startedAt ?? null,
    ended_at: of.endedAt,
    due_at: limit?.dueAt ?? null,
    amber_at: limit?.amberAt ?? null,
    provisional: limit?.provisional ?? false,
    stops: (limit?.pauses ?? of.pauses).length,
    stopped_ms: Math.round(judged.stoppedMs),
    reopened: of.reopened,
    asks: of.asks,
    party: of.party,
    measure: of.measure,
    expected: judged.expected,
    actual: judged.actual,
    level: judged.level,
    next_at: judged.nextAt,
  }));
  await db.run(sql`
    update evaluation.run r set case_no = v.case_no, item = v.item, step = v.step, unit = v.unit, post = v.post, handler = v.handler, clock = v.clock, state = v.state,
      started_at = v.started_at, ended_at = v.ended_at, due_at = v.due_at, amber_at = v.amber_at, provisional = v.provisional, stops = v.stops, stopped_ms = v.stopped_ms,
      reopened = v.reopened, asks = array(select jsonb_array_elements_text(v.asks)), party = v.party, measure = v.measure, expected = v.expected, actual = v.actual, level = v.level, next_at = v.next_at, dirty_since = null, judged_at = ${now}::timestamptz
    from jsonb_to_recordset(${json(values)}::text::jsonb) as v(app text, run text, case_no text, item text, step text, unit text, post text, handler text, clock uuid, state text,
      started_at timestamptz, ended_at timestamptz, due_at timestamptz, amber_at timestamptz, provisional boolean, stops int, stopped_ms bigint, reopened int, asks jsonb, party text, measure numeric, expected numeric,
      actual numeric, level text, next_at timestamptz)
    where r.app = v.app and r.run = v.run`);
}

/** An app of which more waits than its share is throttled until it has caught up; shown, so that nobody takes its wall for complete. */
async function markFloods(db: Db, now: Date): Promise<void> {
  await db.run(sql`
    update evaluation.feed f set throttled_since = case when w.waits then coalesce(f.throttled_since, ${now}::timestamptz) end
    from (select app, exists (select from evaluation.run r where r.app = feed.app and r.dirty_since is not null offset ${SHARE}::int) as waits from evaluation.feed) w
    where w.app = f.app and (f.throttled_since is not null) <> w.waits`);
}
