import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Rule } from '#platform/rulebook/rule-at.ts';
import type { Run } from './fold-run.ts';
import type { Reached } from './reached.ts';

/** What should stand of a rule for one passage. */
export type RunSignals = {
  app: string;
  run: string;
  of: Pick<Run, 'caseNo' | 'item' | 'step' | 'unit' | 'handler' | 'events'>;
  rule: Pick<Rule, 'id' | 'version' | 'verified'>;
  reached: readonly (Reached & { facts?: Record<string, unknown> })[];
  provisional: boolean;
};

type Standing = { id: string; app: string; run: string; level: string; rule: string; from: Date; provisional: boolean };

/**
 * Makes what stands equal to what should stand: raises what is new, takes back what no longer holds (撤回), leaves the rest. So a signal
 * falls by itself when its source is corrected, and judging twice changes nothing. All of `runs` name the same rule. Returns the
 * passages whose cards (黄牌、红牌) have changed.
 */
export async function keepSignals(options: {
  db: Db;
  now: Date;
  runs: readonly RunSignals[];
}): Promise<{ app: string; run: string }[]> {
  const { db, now, runs } = options;
  const [first] = runs;
  if (!first) return [];
  const standing = await db.rows<Standing>(sql`
    select s.id, s.app, s.run, s.level, s.rule, s.holds_from as "from", s.provisional from evaluation.signal s
    join unnest(${runs.map(({ app }) => app)}::text[], ${runs.map(({ run }) => run)}::text[]) as w(app, run) using (app, run)
    where s.state = 'standing' and s.rule = ${first.rule.id}`);
  const known = new Map(standing.map((signal) => [keyOf(signal), signal]));
  const wanted = new Set(runs.flatMap((run) => run.reached.map(({ level }) => keyOf({ ...run, level }))));
  const fresh = runs.flatMap((run) =>
    run.reached.filter(({ level }) => !known.has(keyOf({ ...run, level }))).map((reached) => ({ run, reached })),
  );
  const gone = standing.filter((signal) => !wanted.has(keyOf(signal)));
  const moved = runs.flatMap((run) =>
    run.reached.flatMap(({ level, from }) => {
      const signal = known.get(keyOf({ ...run, level }));
      const same = signal && signal.from.getTime() === from.getTime() && signal.provisional === run.provisional;
      return !signal || same ? [] : [{ id: signal.id, from, provisional: run.provisional }];
    }),
  );
  if (fresh.length > 0) await raise({ db, now, fresh });
  if (gone.length > 0) await takeBack({ db, now, ids: gone.map(({ id }) => id), why: 'source' });
  if (moved.length > 0)
    await db.run(sql`
      update evaluation.signal s set holds_from = m."from", provisional = m.provisional
      from jsonb_to_recordset(${json(moved)}::text::jsonb) as m(id uuid, "from" timestamptz, provisional boolean) where s.id = m.id`);
  return [
    ...fresh.filter(({ reached }) => CARDS.has(reached.level)).map(({ run }) => run),
    ...gone.filter(({ level }) => CARDS.has(level)),
  ].map(({ app, run }) => ({ app, run }));
}

const CARDS: ReadonlySet<string> = new Set(['yellow', 'red']);

const keyOf = ({ app, run, level }: { app: string; run: string; level: string }): string => `${app} ${run} ${level}`;

async function raise(options: {
  db: Db;
  now: Date;
  fresh: readonly { run: RunSignals; reached: RunSignals['reached'][number] }[];
}): Promise<void> {
  const { db, now, fresh } = options;
  const rows = fresh.map(({ run: { app, run, of, rule, provisional }, reached }) => ({
    id: uuidv7(),
    app,
    run,
    rule: rule.id,
    rule_version: rule.version,
    verified: rule.verified !== undefined,
    level: reached.level,
    case_no: of.caseNo,
    item: of.item,
    step: of.step,
    unit: of.unit,
    handler: of.handler,
    holds_from: reached.from,
    provisional,
    evidence: of.events,
    facts: reached.facts ?? {},
  }));
  // Whoever has the task learns of it by the event: the handler, and the head of the unit. Ids only.
  await db.rows(sql`
    with made as (
      insert into evaluation.signal (id, app, run, rule, rule_version, verified, level, case_no, item, step, unit, handler, holds_from, told_at, provisional, evidence, facts, state)
      select v.id, v.app, v.run, v.rule, v.rule_version, v.verified, v.level, v.case_no, v.item, v.step, v.unit, v.handler, v.holds_from, ${now}::timestamptz, v.provisional,
        array(select jsonb_array_elements_text(v.evidence))::uuid[], v.facts, 'standing'
      from jsonb_to_recordset(${json(rows)}::text::jsonb) as v(id uuid, app text, run text, rule text, rule_version int, verified boolean, level text, case_no text, item text, step text,
        unit text, handler text, holds_from timestamptz, provisional boolean, evidence jsonb, facts jsonb)
      on conflict (app, run, rule, level) where state = 'standing' do nothing
      returning id, level, rule, app, case_no, step, unit, handler)
    select kernel.emit('evaluation.signal.raised', id::text, jsonb_build_object('signal', id, 'level', level, 'rule', rule, 'app', app, 'caseNo', case_no, 'step', step,
      'unit', unit, 'handler', coalesce(handler, ''), 'posts', case when level = 'blue' then 'handler' else 'handler unit-head' end)) from made`);
}

/** Takes signals back; they stay in the history with why. */
export async function takeBack(options: {
  db: Db;
  now: Date;
  ids: readonly string[];
  why: 'source' | 'appeal' | 'rule-off';
}): Promise<void> {
  const { db, now, ids, why } = options;
  await db.rows(sql`
    with gone as (
      update evaluation.signal set state = 'withdrawn', withdrawn_at = ${now}::timestamptz, withdrawn_why = ${why}
      where id = any (${[...ids]}::uuid[]) and state = 'standing' returning id, level, unit, handler)
    select kernel.emit('evaluation.signal.withdrawn', id::text, jsonb_build_object('signal', id, 'level', level, 'why', ${why}::text, 'unit', unit, 'handler', coalesce(handler, ''))) from gone`);
}
