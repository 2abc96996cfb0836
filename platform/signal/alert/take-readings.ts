import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { decideBy } from '#platform/rulebook/decide.ts';
import { type Rule, ruleAt } from '#platform/rulebook/rule-at.ts';
import { type Effect, evaluate, FRESH, type Reading, type RuleState } from '../rule/evaluate.ts';
import { type RuleRow, readRules } from '../rule/rule-record.ts';
import { levelOfColour, note, releaseBehind } from './alert-record.ts';
import { type Raise, raiseAll } from './raise.ts';
import { readSettings } from './settings.ts';

/** A reading of one subject under one rule (读数). */
export type SubjectReading = {
  rule: string;
  /** What is watched: a device, a place, an indicator. */
  subject: string;
  /** Which system says so; storms are counted by it. */
  source: string;
  /** The subject above it, e.g. the gateway of a sensor. */
  parent?: string;
  place?: { lon: number; lat: number };
  at: Date;
  value: number;
  quality?: 'N' | 'M' | 'E' | 'S' | 'C' | 'D' | 'B';
};

/** A clock that is further off than this is not believed: our own time is taken (P28). */
const SKEW_MS = 5 * 60_000;
/** Readings of one transaction. */
const CHUNK = 1_000;

export type Taken = { judged: number; raised: string[]; cleared: string[]; unknown: number };
const actor = systemActor({ name: 'signal' });

/**
 * Judges readings (读数判定) and does what follows. In the order given; readings of one subject may lie in one batch. Delivering them
 * again changes nothing. Opens transactions of its own.
 */
export async function takeReadings(options: {
  services: Services;
  readings: readonly SubjectReading[];
}): Promise<Taken> {
  const { services, readings } = options;
  const taken: Taken = { judged: 0, raised: [], cleared: [], unknown: 0 };
  for (let from = 0; from < readings.length; from += CHUNK) {
    const chunk = readings.slice(from, from + CHUNK);
    const part = await services.database.tx({ module: 'signal', actor }, (db) => takeChunk(db, chunk));
    taken.judged += part.judged;
    taken.unknown += part.unknown;
    taken.raised.push(...part.raised);
    taken.cleared.push(...part.cleared);
  }
  return taken;
}

type Known = {
  rule: string;
  subject: string;
  source: string;
  parent: string | null;
  lon: number | null;
  lat: number | null;
  state: RuleState;
  alert: string | null;
};
const keyOf = (rule: string, subject: string): string => `${rule} ${subject}`;

async function takeChunk(db: Db, readings: readonly SubjectReading[]): Promise<Taken> {
  const rules = await readRules(db, [...new Set(readings.map(({ rule }) => rule))]);
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  const wanted = readings.filter(({ rule }) => rules.get(rule)?.enabled);
  const known = await holdStates(db, wanted);
  const moves: Move[] = [];
  for (const reading of wanted) {
    const { rule, subject, source, parent, place } = reading;
    const key = keyOf(rule, subject);
    const before = known.get(key);
    const at = Math.abs(reading.at.getTime() - now.getTime()) > SKEW_MS ? now.getTime() : reading.at.getTime();
    const { logic } = rules.get(rule) as RuleRow;
    const step = evaluate(logic, before?.state ?? FRESH, { at, value: reading.value, quality: reading.quality });
    known.set(key, {
      rule,
      subject,
      source,
      parent: parent ?? before?.parent ?? null,
      lon: place?.lon ?? before?.lon ?? null,
      lat: place?.lat ?? before?.lat ?? null,
      state: step.state,
      alert: before?.alert ?? null,
    });
    for (const effect of step.effects) moves.push({ key, effect });
  }
  const done = await follow(db, { moves, known, rules, now });
  await keepStates(db, [...known.values()], rules);
  return { ...done, judged: wanted.length, unknown: readings.length - wanted.length };
}

type Move = { key: string; effect: Effect };

/** Does what the rules said; the caller keeps the states afterwards. A subject that goes up and down within one batch is raised and cleared, in this order. */
async function follow(
  db: Db,
  options: { moves: readonly Move[]; known: Map<string, Known>; rules: Map<string, RuleRow>; now: Date },
): Promise<{ raised: string[]; cleared: string[] }> {
  const { moves, known, rules, now } = options;
  if (moves.length === 0) return { raised: [], cleared: [] };
  const settings = await readSettings(db, now);
  const levels = new Map<string, Rule>();
  for (const { decision } of rules.values())
    if (!levels.has(decision)) levels.set(decision, await ruleAt(db, decision, now));
  const raised: string[] = [];
  const cleared: string[] = [];
  let waiting: { key: string; raise: Raise }[] = [];
  const flush = async (): Promise<Known[]> => {
    const ids = await raiseAll(
      db,
      waiting.map(({ raise }) => raise),
      settings,
    );
    for (const [at, { key }] of waiting.entries()) {
      const state = known.get(key) as Known;
      state.alert = ids[at] ?? null;
      raised.push(ids[at] as string);
    }
    const states = [...new Set(waiting.map(({ key }) => known.get(key) as Known))];
    waiting = [];
    return states;
  };
  for (const { key, effect } of moves) {
    const state = known.get(key) as Known;
    const rule = rules.get(state.rule) as RuleRow;
    if (effect.type === 'raise')
      waiting.push({
        key,
        raise: await raiseOf(db, { rule, state, effect, level: levels.get(rule.decision) as Rule }),
      });
    else {
      // A clear of this batch must see what was raised in it; what is raised last is kept by whoever called.
      await keepStates(db, await flush(), rules);
      if (state.alert === null) continue;
      if (effect.type === 'flap') await flapping(db, state.alert);
      else if (await clear(db, state)) cleared.push(state.alert as string);
      if (effect.type === 'clear') state.alert = null;
    }
  }
  await flush();
  return { raised, cleared };
}

async function raiseOf(
  db: Db,
  options: { rule: RuleRow; state: Known; effect: Extract<Effect, { type: 'raise' }>; level: Rule },
): Promise<Raise> {
  const { rule, state, effect, level } = options;
  // Where there is no measure to compare with (silence, a limit of 0), what it is decides alone.
  const decided = decideBy(level, { severity: rule.severity, excess: effect.excess ?? 1 });
  const behind =
    rule.parent === null || state.parent === null
      ? undefined
      : (
          await db.first<{ id: string }>(sql`
            select a.id from signal.rule_state s join signal.alert a on a.id = s.alert
            where s.rule = ${rule.parent} and s.subject = ${state.parent} and a.state <> 'closed' and a.cleared_at is null`)
        )?.id;
  return {
    rule: rule.id,
    kind: rule.kind,
    source: state.source,
    subject: state.subject,
    title: rule.title,
    level: levelOfColour(String(decided.value)),
    decided: { entry: decided.entry, version: decided.version },
    value: effect.value,
    unit: rule.unit,
    place: state.lon === null || state.lat === null ? undefined : { lon: state.lon, lat: state.lat },
    behind,
  };
}

async function flapping(db: Db, alert: string): Promise<void> {
  const fresh = await db.run(sql`update signal.alert set flapping = true where id = ${alert}::uuid and not flapping`);
  if (fresh > 0) await note(db, { alert, what: 'flapping' });
}

/** An alert clears when the last of what raised it does. What nobody has seen stays on the list, but climbs no further. */
async function clear(db: Db, state: Known): Promise<boolean> {
  const others = await db.first(sql`
    select from signal.rule_state where alert = ${state.alert}::uuid and (rule, subject) <> (${state.rule}, ${state.subject}) limit 1`);
  if (others) return false;
  // A storm is over when its source is quiet, not when one of its alerts is.
  const done = await db.run(sql`
    update signal.alert set cleared_at = kernel.now(), next_step_at = null,
      state = case when state = 'acknowledged' then 'closed' else state end, closed_at = case when state = 'acknowledged' then kernel.now() else closed_at end
    where id = ${state.alert}::uuid and cleared_at is null and state <> 'closed' and not storm`);
  if (done === 0) return false;
  await note(db, { alert: state.alert as string, what: 'cleared' });
  await db.emit({
    type: 'signal.alert.cleared',
    subject: state.alert as string,
    data: { alert: state.alert as string },
  });
  await releaseBehind(db, state.alert as string);
  return true;
}

async function holdStates(db: Db, readings: readonly SubjectReading[]): Promise<Map<string, Known>> {
  const pairs = [...new Map(readings.map(({ rule, subject }) => [keyOf(rule, subject), { rule, subject }])).values()];
  // A row that is not there cannot be held: it is made first, so that two processes judge one subject one after the other.
  await db.run(sql`
    insert into signal.rule_state (rule, subject, source, state)
    select w.rule, w.subject, '', ${JSON.stringify(FRESH)}::text::jsonb from jsonb_to_recordset(${JSON.stringify(pairs)}::text::jsonb) as w(rule text, subject text)
    order by w.rule, w.subject on conflict do nothing`);
  const rows = await db.rows<Known>(sql`
    select s.rule, s.subject, s.source, s.parent, s.lon, s.lat, s.state, s.alert from signal.rule_state s
      join jsonb_to_recordset(${JSON.stringify(pairs)}::text::jsonb) as w(rule text, subject text) using (rule, subject)
    order by s.rule, s.subject for update of s`);
  return new Map(rows.map((row) => [keyOf(row.rule, row.subject), row]));
}

async function keepStates(db: Db, states: readonly Known[], rules: Map<string, RuleRow>): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map((known) => {
    const { enabled, logic } = rules.get(known.rule) as RuleRow;
    return { ...known, look: enabled ? lookAt(known.state, logic.condition) : null };
  });
  await db.run(sql`
    update signal.rule_state s set source = w.source, parent = w.parent, lon = w.lon, lat = w.lat, state = w.state, alert = w.alert, look_at = w.look
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as w(rule text, subject text, source text, parent text, lon float8, lat float8, state jsonb, alert uuid, look timestamptz)
    where s.rule = w.rule and s.subject = w.subject`);
}

/** When the clock alone may change what a subject is: silence begins, a duration is full, a window empties. */
function lookAt(state: RuleState, condition: RuleRow['logic']['condition']): string | null {
  const at = ((): number | null => {
    switch (condition.kind) {
      case 'absence':
        return state.raised || state.lastAt === null ? null : state.lastAt + condition.afterSeconds * 1000;
      case 'threshold':
        return state.raised || condition.holdSeconds === undefined || state.beyondSince === null
          ? null
          : state.beyondSince + condition.holdSeconds * 1000;
      case 'count':
        return state.raised && state.past[0] ? state.past[0][0] + condition.windowSeconds * 1000 : null;
      case 'rate':
        return null;
    }
  })();
  return at === null ? null : new Date(at).toISOString();
}

/** Looks at the clock for the subjects that are due (定时判定). Skips what another process is judging. */
export async function lookAtClock(services: Services): Promise<number> {
  return services.database.tx({ module: 'signal', actor }, async (db) => {
    const due = await db.rows<Known>(sql`
      select rule, subject, source, parent, lon, lat, state, alert from signal.rule_state where look_at <= kernel.now() order by look_at limit ${CHUNK}::int for update skip locked`);
    if (due.length === 0) return 0;
    const rules = await readRules(db, [...new Set(due.map(({ rule }) => rule))]);
    const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
    const known = new Map(due.map((row) => [keyOf(row.rule, row.subject), row]));
    const moves: Move[] = [];
    const tick: Reading = { at: now.getTime(), tick: true };
    for (const row of due) {
      const rule = rules.get(row.rule) as RuleRow;
      if (!rule.enabled) continue;
      const step = evaluate(rule.logic, row.state, tick);
      // The window has lost its oldest, whether that changed anything or not.
      const { condition } = rule.logic;
      const past =
        condition.kind === 'count'
          ? step.state.past.filter(([t]) => now.getTime() - t < condition.windowSeconds * 1000)
          : step.state.past;
      row.state = { ...step.state, past };
      for (const effect of step.effects) moves.push({ key: keyOf(row.rule, row.subject), effect });
    }
    await follow(db, { moves, known, rules, now });
    await keepStates(db, due, rules);
    return due.length;
  });
}
