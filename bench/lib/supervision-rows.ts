/** The log of electronic supervision with rows in PostgreSQL: taken in, judged and looked at by every rule, as the module does it. */
import { createHash } from 'node:crypto';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { document } from '#platform/document/app.ts';
import { identity } from '#platform/identity/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { evaluation } from '#apps/foundation/evaluation/app.ts';
import { judgeSome, LEVEL_RULE } from '#apps/foundation/evaluation/judge/judge-runs.ts';
import type { StepEvent } from '#apps/foundation/evaluation/log/read-step.ts';
import { scanPatterns } from '#apps/foundation/evaluation/rule/run-patterns.ts';
import { type BenchHouse, openBenchHouse } from './bench-house.ts';

/** Events of one statement, and passages of one round: a replay has the house for itself. */
const CHUNK = 5_000;
const SHARE = 1_000;

export type Rows = {
  /** Takes the events in (按行写入日志); seconds. */
  load(events: readonly StepEvent[]): Promise<number>;
  /** Judges all of the log anew from nothing and looks with every rule; `shared` = elements that departments share. */
  replay(options: { now: Date; shared: ReadonlySet<string>; backwards: boolean }): Promise<Replayed>;
  close(): Promise<void>;
};
/** `found`: rule (`time` for cards) and case. The digest is of everything that stands, with its moments. */
export type Replayed = { found: Set<string>; judging: number; rules: number; digest: string };

export async function openRows(): Promise<Rows> {
  const house = await openBenchHouse({
    name: 'supervision',
    manifests: [identity, rulebook, calendar, access, audit, document, { ...evaluation, timers: [] }],
  });
  const tx = <T>(work: (db: Db) => Promise<T>) =>
    house.services.database.tx({ module: 'evaluation', actor: systemActor({ name: 'bench' }) }, work);
  return {
    load: (events) => timed(() => load(house, tx, events)),
    replay: async ({ now, shared, backwards }) => {
      await house.client.query('select kernel.set_clock($1::timestamptz - now())', [now]);
      await house.client.query('truncate evaluation.signal, evaluation.run cascade');
      // As when the events come in: each passage is known and waits to be judged.
      await house.client.query(`
        insert into evaluation.run (app, run, case_no, item, step, unit, post, clock, state, dirty_since)
        select distinct on (app, run) app, run, case_no, item, step, unit, post, clock, 'unheard', timestamptz '2026-01-01' + (${backwards ? '-1' : '1'} * seq) * interval '1 second'
        from evaluation.step_event order by app, run, seq`);
      await house.client.query('analyze evaluation.run, evaluation.step_event');
      const judging = await timed(async () => {
        while ((await tx((db) => judgeSome(db, SHARE))) > 0);
      });
      const rules = await timed(() => scanPatterns(tx, { shared, misfits: [], reads: [] }));
      return { ...(await standing(house)), judging, rules };
    },
    close: () => house.close(),
  };
}

async function load(
  house: BenchHouse,
  tx: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
  events: readonly StepEvent[],
): Promise<void> {
  for (let at = 0; at < events.length; at += CHUNK) {
    const rows = events.slice(at, at + CHUNK).map((event) => ({ ...event, seq: String(event.seq), asks: event.asks }));
    await tx((db) =>
      db.run(sql`
        insert into evaluation.step_event (id, app, run, phase, at, seq, case_no, item, step, unit, post, due, unlawful, asks, party, measure, account, heard_at)
        select v.id, v.app, v.run, v.phase, v.at, v.seq, v."caseNo", v.item, v.step, v.unit, v.post, v.due, v.unlawful, array(select jsonb_array_elements_text(v.asks)), v.party, v.measure, v.account, kernel.now()
        from jsonb_to_recordset(${json(rows)}::text::jsonb) as v(id uuid, app text, run text, phase text, at timestamptz, seq bigint, "caseNo" text, item text, step text, unit text,
          post text, due timestamptz, unlawful text, asks jsonb, party text, measure numeric, account text)`),
    );
  }
  await house.client.query(
    'insert into evaluation.feed (app, heard_at) select distinct app, now() from evaluation.step_event on conflict do nothing',
  );
}

async function standing(house: BenchHouse): Promise<{ found: Set<string>; digest: string }> {
  const { rows } = await house.client.query<{ rule: string; level: string; case_no: string; line: string }>(`
    select rule, level, case_no, concat_ws(' ', rule, level, app, run, case_no, unit, handler, holds_from at time zone 'UTC', facts, evidence) as line
    from evaluation.signal where state = 'standing' order by rule, app, run, level`);
  const hash = createHash('sha256');
  const found = new Set<string>();
  for (const { rule, level, case_no, line } of rows) {
    hash.update(`${line}\n`);
    if (rule !== LEVEL_RULE) found.add(`${rule} ${case_no}`);
    else if (level === 'yellow' || level === 'red') found.add(`time ${case_no}`);
  }
  return { found, digest: hash.digest('hex') };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
