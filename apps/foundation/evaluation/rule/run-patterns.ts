import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountsAt, ruleAt } from '#platform/rulebook/rule-at.ts';
import { keepSignals, type RunSignals, takeBack } from '../judge/signals.ts';
import type { Passage, Pattern, Settings } from './pattern.ts';
import { PATTERNS } from './patterns.ts';

/** Passages that the rules look at: those that moved in this many days, at most so many. Ours, no law's. */
const DAYS = 92;
const MOST = 50_000;

/** Looks with every rule that is on (规则扫描). What a rule no longer finds is taken back; what it is off for, all of it. */
export async function runPatterns(services: Services): Promise<void> {
  await services.database.tx({ module: 'evaluation', actor: systemActor({ name: 'evaluation' }) }, (db) =>
    scanPatterns(db, sharedElements(services)),
  );
}

export async function scanPatterns(db: Db, shared: ReadonlySet<string>): Promise<void> {
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  const settings = { ...(await readSettings(db, now)), shared };
  const passages = await readPassages(db, now);
  const off = await switchedOff(db);
  for (const pattern of PATTERNS) {
    if (off.has(pattern.id)) await takeAllBack(db, pattern, now);
    else await keepFindings({ db, pattern, passages, settings, now });
  }
}

/** Rules that were turned off, by the last word on each. */
export async function switchedOff(db: Db): Promise<Set<string>> {
  const rows = await db.rows<{ rule: string }>(sql`
    select rule from (select distinct on (rule) rule, is_on from evaluation.rule_switch order by rule, at desc, id desc) s where not is_on`);
  return new Set(rows.map(({ rule }) => rule));
}

async function keepFindings(options: {
  db: Db;
  pattern: Pattern;
  passages: readonly (Passage & { events: string[] })[];
  settings: Settings;
  now: Date;
}): Promise<void> {
  const { db, pattern, passages, settings, now } = options;
  const found = new Map(pattern.find(passages, settings).map((finding) => [`${finding.app} ${finding.run}`, finding]));
  const standing = await db.rows<{ app: string; run: string }>(
    sql`select app, run from evaluation.signal where rule = ${pattern.id} and state = 'standing'`,
  );
  const looked = new Set([...found.keys(), ...standing.map(({ app, run }) => `${app} ${run}`)]);
  const appealed = await db.rows<{ app: string; run: string }>(
    sql`select app, run from evaluation.signal where rule = ${pattern.id} and withdrawn_why = 'appeal'`,
  );
  const settled = new Set(appealed.map(({ app, run }) => `${app} ${run}`));
  const runs = passages
    .filter(({ app, run }) => looked.has(`${app} ${run}`))
    .map((passage): RunSignals => {
      const finding = settled.has(`${passage.app} ${passage.run}`)
        ? undefined
        : found.get(`${passage.app} ${passage.run}`);
      return {
        app: passage.app,
        run: passage.run,
        of: passage,
        // A rule of this module warns only: nobody has verified it, whatever its settings say.
        rule: { id: pattern.id, version: 1, verified: undefined },
        reached: finding ? [{ level: 'notice', from: finding.from, facts: finding.facts }] : [],
        provisional: false,
      };
    });
  await keepSignals({ db, now, runs });
}

async function takeAllBack(db: Db, pattern: Pattern, now: Date): Promise<void> {
  const rows = await db.rows<{ id: string }>(
    sql`select id from evaluation.signal where rule = ${pattern.id} and state = 'standing'`,
  );
  if (rows.length > 0) await takeBack({ db, now, ids: rows.map(({ id }) => id), why: 'rule-off' });
}

async function readPassages(db: Db, now: Date): Promise<(Passage & { events: string[] })[]> {
  const rows = await db.rows<Omit<Passage, 'stoppedMs'> & { stoppedMs: string; events: string[] }>(sql`
    select r.app, r.run, r.case_no as "caseNo", r.item, r.step, r.unit, r.handler, r.started_at as "startedAt", r.ended_at as "endedAt", r.stops, r.stopped_ms::text as "stoppedMs",
      r.asks, r.party, r.measure::float8 as measure, array(select e.id::text from evaluation.step_event e where e.app = r.app and e.run = r.run) as events
    from evaluation.run r where r.state <> 'void' and r.judged_at > ${now}::timestamptz - ${`${DAYS} days`}::interval order by r.judged_at desc limit ${MOST}::int`);
  return rows.map((row) => ({ ...row, stoppedMs: Number(row.stoppedMs) }));
}

/** The numbers of the rules as they hold now. */
export async function readSettings(db: Db, now: Date): Promise<Omit<Settings, 'shared'>> {
  const entry = (name: string, unit: string) => ({ id: `evaluation.rule.${name}`, unit });
  const amounts = await amountsAt(
    db,
    {
      corrections: entry('corrections', 'time'),
      burstSeconds: entry('burst-seconds', 'second'),
      burstLength: entry('burst-length', 'case'),
      peers: entry('peers', 'case'),
      quantile: entry('quantile', 'share'),
      outlier: entry('outlier', 'z'),
      chiSquare: entry('chi-square', 'chi-square'),
    },
    now,
  );
  const { value } = await ruleAt(db, 'evaluation.rule.steps', now);
  const rows = typeof value === 'object' ? value.rows : [];
  const steps = (does: string) => new Set(rows.filter((row) => row[1] === does).map((row) => String(row[0])));
  return { ...amounts, receives: steps('receive'), decides: steps('decide') };
}

/** What departments share without or on conditions, by catalogue field and by code of the standard: an app that asks for it asks in vain. */
export function sharedElements(services: Services): Set<string> {
  return new Set(
    services.registry.modules
      .flatMap(({ resources }) => resources ?? [])
      .filter(({ sharing }) => sharing !== 'none')
      .flatMap(({ id, fields }) =>
        Object.entries(fields).flatMap(([name, { element }]) => [
          `${id}.${name}`,
          ...(element === undefined ? [] : [element]),
        ]),
      ),
  );
}
