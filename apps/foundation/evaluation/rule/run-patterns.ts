import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import { personReads } from '#platform/audit/person-reads.ts';
import { amountsAt, ruleAt } from '#platform/rulebook/rule-at.ts';
import { findMisfits } from '#platform/workflow/mining/misfits.ts';
import { keepSignals, type RunSignals, takeBack } from '../judge/signals.ts';
import type { Finding, Passage, Pattern, Settings } from './pattern.ts';
import { PATTERNS } from './patterns.ts';

/** Passages that the rules look at: those that moved in this many days, of one part the newest. Ours, no law's. */
const DAYS = 92;
const MOST = 50_000;
/** Reads of persons' data that are held against cases: the newest. */
const MOST_READS = 20_000;
const DAY_MS = 86_400_000;

/** What the rules need beside the passages, from the rest of the platform. */
export type Beside = Pick<Settings, 'shared' | 'misfits' | 'reads'>;

/** Runs work in a transaction of this module. */
type Run = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

/** Looks with every rule that is on (规则扫描). What a rule no longer finds is taken back; what it is off for, all of it. */
export async function runPatterns(services: Services): Promise<void> {
  const has = (id: string): boolean => services.registry.modules.some((module) => module.id === id);
  const run: Run = (work) =>
    services.database.tx({ module: 'evaluation', actor: systemActor({ name: 'evaluation' }) }, work);
  const misfits = has('workflow') ? await findMisfits(services) : [];
  const reads = has('audit')
    ? await run(async (db) => personReads(db, { since: sinceOf(await nowOf(db)), most: MOST_READS }))
    : [];
  await scanPatterns(run, { shared: sharedElements(services), misfits, reads });
}

/** The passages are read part by part, each part in a transaction of its own; what each rule found is kept in one. */
export async function scanPatterns(run: Run, beside: Beside): Promise<void> {
  const { now, settings, off, parts } = await run(async (db) => {
    const moment = await nowOf(db);
    const all = { ...(await readSettings(db, moment)), ...beside };
    return { now: moment, settings: all, off: await switchedOff(db), parts: await partsOf(db, moment, all) };
  });
  const on = PATTERNS.filter(({ id }) => !off.has(id));
  const found = new Map(on.map(({ id }): [string, Finding[]] => [id, []]));
  for (const { within, where } of parts) {
    const asked = on.filter((pattern) => pattern.within === within);
    if (asked.length === 0) continue;
    const passages = await run((db) => readPassages(db, now, where));
    for (const pattern of asked) found.get(pattern.id)?.push(...pattern.find(passages, settings));
  }
  for (const pattern of PATTERNS)
    await run((db) =>
      off.has(pattern.id)
        ? takeAllBack(db, pattern, now)
        : keepFindings({ db, pattern, found: found.get(pattern.id) ?? [], now }),
    );
}

/** The parts in which the rules compare: each item, the decisions of each unit, and what misfits and reads name. */
async function partsOf(db: Db, now: Date, settings: Settings): Promise<{ within: Pattern['within']; where: Sql }[]> {
  const recent = sql`state <> 'void' and judged_at > ${sinceOf(now)}::timestamptz`;
  const items = await db.rows<{ app: string; item: string }>(
    sql`select distinct app, item from evaluation.run where ${recent} order by 1, 2`,
  );
  const units = await db.rows<{ unit: string }>(
    sql`select distinct unit from evaluation.run where ${recent} and handler is not null order by 1`,
  );
  const { misfits, reads, decides } = settings;
  return [
    ...items.map(({ app, item }) => ({ within: 'item' as const, where: sql`r.app = ${app} and r.item = ${item}` })),
    ...units.map(({ unit }) => ({
      within: 'unit' as const,
      where: sql`r.unit = ${unit} and r.handler is not null and r.step = any (${[...decides]}::text[])`,
    })),
    {
      within: 'named',
      where: sql`(split_part(r.run, ' ', 1) = any (${misfits.map(({ instance }) => instance)}::text[])
        or r.handler = any (${[...new Set(reads.map(({ account }) => account))]}::text[]) or r.unit = any (${[...new Set(reads.map(({ unit }) => unit))]}::text[]))`,
    },
  ];
}

const nowOf = async (db: Db): Promise<Date> => (await db.one<{ now: Date }>(sql`select kernel.now() as now`)).now;
const sinceOf = (now: Date): Date => new Date(now.getTime() - DAYS * DAY_MS);

/** Rules that are off: by the last word on each, and where nobody has said one, as they are shipped. */
export async function switchedOff(db: Db): Promise<Set<string>> {
  const rows = await db.rows<{ rule: string; on: boolean }>(
    sql`select distinct on (rule) rule, is_on as "on" from evaluation.rule_switch order by rule, at desc, id desc`,
  );
  const said = new Map(rows.map(({ rule, on }) => [rule, on]));
  return new Set(PATTERNS.filter(({ id, shipsOff }) => !(said.get(id) ?? !shipsOff)).map(({ id }) => id));
}

async function keepFindings(options: {
  db: Db;
  pattern: Pattern;
  found: readonly Finding[];
  now: Date;
}): Promise<void> {
  const { db, pattern, now } = options;
  const appealed = await db.rows<{ app: string; run: string }>(
    sql`select app, run from evaluation.signal where rule = ${pattern.id} and withdrawn_why = 'appeal'`,
  );
  const settled = new Set(appealed.map(keyOf));
  const findings = options.found.filter((finding) => !settled.has(keyOf(finding)));
  await carry(db, findings);
  const standing = await db.rows<{ app: string; run: string }>(
    sql`select app, run from evaluation.signal where rule = ${pattern.id} and state = 'standing'`,
  );
  const found = new Map(findings.map((finding) => [keyOf(finding), finding]));
  const looked = [...found.values(), ...standing.filter((one) => !found.has(keyOf(one)))];
  const runs = (await readBearers(db, looked)).map((of): RunSignals => {
    const finding = found.get(keyOf(of));
    return {
      app: of.app,
      run: of.run,
      of,
      // A rule of this module warns only: nobody has verified it, whatever its settings say.
      rule: { id: pattern.id, version: 1, verified: undefined },
      reached: finding ? [{ level: 'notice', from: finding.from, facts: finding.facts }] : [],
      provisional: false,
    };
  });
  await keepSignals({ db, now, runs });
}

const keyOf = ({ app, run }: { app: string; run: string }): string => `${app} ${run}`;

/** A finding that shows on no passage gets one that is none (void): it bears the signal and counts for nothing. */
async function carry(db: Db, findings: readonly Finding[]): Promise<void> {
  const rows = findings.flatMap(({ app, run, beside }) =>
    beside
      ? [
          {
            app,
            run,
            case_no: beside.caseNo,
            item: beside.item,
            step: beside.step,
            unit: beside.unit,
            handler: beside.handler,
          },
        ]
      : [],
  );
  if (rows.length === 0) return;
  await db.run(sql`
    insert into evaluation.run (app, run, case_no, item, step, unit, post, handler, state)
    select v.app, v.run, v.case_no, v.item, v.step, v.unit, '', v.handler, 'void'
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as v(app text, run text, case_no text, item text, step text, unit text, handler text)
    on conflict (app, run) do nothing`);
}

async function takeAllBack(db: Db, pattern: Pattern, now: Date): Promise<void> {
  const rows = await db.rows<{ id: string }>(
    sql`select id from evaluation.signal where rule = ${pattern.id} and state = 'standing'`,
  );
  if (rows.length > 0) await takeBack({ db, now, ids: rows.map(({ id }) => id), why: 'rule-off' });
}

/** The passages that bear signals, with the events that they rest on. */
async function readBearers(
  db: Db,
  of: readonly { app: string; run: string }[],
): Promise<({ app: string; run: string } & RunSignals['of'])[]> {
  if (of.length === 0) return [];
  return db.rows(sql`
    select r.app, r.run, r.case_no as "caseNo", r.item, r.step, r.unit, r.handler,
      array(select e.id::text from evaluation.step_event e where e.app = r.app and e.run = r.run order by e.at, e.seq) as events
    from unnest(${of.map(({ app }) => app)}::text[], ${of.map(({ run }) => run)}::text[]) as w(app, run) join evaluation.run r using (app, run)`);
}

async function readPassages(db: Db, now: Date, where: Sql): Promise<Passage[]> {
  const rows = await db.rows<Omit<Passage, 'stoppedMs'> & { stoppedMs: string }>(sql`
    select r.app, r.run, r.case_no as "caseNo", r.item, r.step, r.unit, r.handler, r.started_at as "startedAt", r.ended_at as "endedAt", r.stops, r.stopped_ms::text as "stoppedMs",
      r.asks, r.party, r.measure::float8 as measure
    from evaluation.run r where r.state <> 'void' and r.judged_at > ${sinceOf(now)}::timestamptz and ${where} order by r.judged_at desc, r.app, r.run limit ${MOST}::int`);
  return rows.map((row) => ({ ...row, stoppedMs: Number(row.stoppedMs) }));
}

/** The numbers of the rules as they hold now. */
export async function readSettings(db: Db, now: Date): Promise<Omit<Settings, keyof Beside>> {
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
      falseAlarms: entry('false-alarms', 'case'),
      readDays: entry('read-days', 'day'),
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
