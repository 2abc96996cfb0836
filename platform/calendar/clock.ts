import type { Db } from '#platform/kernel/db.ts';
import { isCalendarDate, shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { ClockNotExtensible, ClockNotRunning, ClockNotStopped, ClockRunning } from './clock-errors.ts';
import type { ClockKind } from './clock-kind.ts';
import { type Edition, readCalendar } from './read-calendar.ts';
import { tellStep } from './tell-step.ts';
import { type Due, dueOf, type Pause, type Unit, UNITS } from './working-days.ts';

/** A stop (停表) of a clock. */
export type Stop = {
  id: string;
  reason: string;
  document: string;
  begunAt: Date;
  expectedEnd: string;
  endedAt: Date | null;
};

/** A clock (时限) as stored. */
export type Clock = {
  id: string;
  kind: string;
  subject: string;
  basis: string;
  basisVersion: number;
  amount: number;
  unit: Unit;
  startedAt: Date;
  startEvent: string;
  dueAt: Date;
  amberAt: Date;
  provisional: boolean;
  edition: string;
  state: 'running' | 'stopped' | 'ended';
  amberFiredAt: Date | null;
  dueFiredAt: Date | null;
  endedAt: Date | null;
  stops: Stop[];
};

type StopJson = { id: string; reason: string; document: string; begun: string; expected: string; ended: string | null };

const COLUMNS = sql`c.id, c.kind, c.subject, c.basis, c.basis_version as "basisVersion", c.amount, c.unit, c.started_at as "startedAt", c.start_event as "startEvent",
  c.due_at as "dueAt", c.amber_at as "amberAt", c.provisional, c.edition, c.state, c.amber_fired_at as "amberFiredAt", c.due_fired_at as "dueFiredAt", c.ended_at as "endedAt",
  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'reason', s.reason, 'document', s.document, 'begun', s.begun_at, 'expected', s.expected_end, 'ended', s.ended_at)
     order by s.begun_at), '[]') from calendar.stop s where s.clock = c.id) as stops`;

/**
 * Starts a clock (起算) for a row of the calling module, in its transaction. Amount and unit are the rule's of the day of the
 * start, or those of `limit` where the row has a time of its own under that rule (承诺时限, a special law). The calling module names
 * `calendar` in `uses`. A second clock of the kind for the same subject is refused while one is open. `of` says whose step it times,
 * where its kind names one: the unit that has to act, and the number by which people know the case.
 */
export async function startClock(
  db: Db,
  options: {
    kind: ClockKind;
    subject: string;
    event: string;
    at?: Date;
    limit?: { amount: number; unit: Unit };
    of?: { unit?: string | null; caseNo?: string };
  },
): Promise<Clock> {
  const { kind, subject, event, limit } = options;
  const at = options.at ?? (await nowOf(db));
  // What does not wait for an answer travels together.
  const [{ rule, ...given }, edition] = await Promise.all([amountAt(db, kind.basis, at), readCalendar(db)]);
  const { amount, unit } = limit ?? given;
  const counted = UNITS.find((each) => each === unit);
  if (!counted) throw new Error(`${kind.basis}: ${unit} is no unit of a period`);
  const due = dueOf({ from: at, amount, unit: counted, calendar: edition.calendar });
  const id = uuidv7();
  const made = await db.first<Omit<Clock, 'stops'> & { stops: StopJson[] }>(sql`
    insert into calendar.clock as c (id, app, kind, subject, basis, basis_version, amount, unit, started_at, start_event, due_at, amber_at, provisional, edition, state)
    values (${id}::uuid, ${db.module}, ${kind.id}, ${subject}, ${kind.basis}, ${rule.version}::int, ${amount}::int, ${counted}, ${at}::timestamptz, ${event},
      ${due.dueAt}::timestamptz, ${due.amberAt}::timestamptz, ${due.provisional}::boolean, ${edition.id}::uuid, 'running')
    on conflict (app, kind, subject) where state <> 'ended' do nothing returning ${COLUMNS}`);
  if (!made) throw ClockRunning.with();
  tellStep(db, { kind, clock: made, phase: 'started', at, of: options.of });
  return clockOf(made);
}

/** A clock of the calling module with its stops. NOT_FOUND for one of another module, as for none. */
export async function readClock(db: Db, id: string): Promise<Clock> {
  const [clock] = await clocksWhere(db, { ids: [id] });
  if (!clock) throw NotFound.with();
  return clock;
}

/** Clocks of the calling module by id, for lists. */
export async function clocksWhere(db: Db, options: { ids: readonly string[] }): Promise<Clock[]> {
  if (options.ids.length === 0) return [];
  const rows = await db.rows<Omit<Clock, 'stops'> & { stops: StopJson[] }>(
    sql`select ${COLUMNS} from calendar.clock c where c.id = any(${[...options.ids]}::uuid[]) order by c.due_at, c.id`,
  );
  return rows.map(clockOf);
}

/**
 * Stops a clock (停表) for a reason of its kind's closed list, with a document and the day on which it is expected to go on.
 * `at` may lie in the past (the day of the document), not before the start or the end of the stop before.
 */
export async function stopClock(
  db: Db,
  options: { kind: ClockKind; clock: string; reason: string; document: string; expectedEnd: string; at?: Date },
): Promise<Clock> {
  const { kind, reason, document, expectedEnd } = options;
  const { clock, now } = await hold(db, options.clock, kind);
  const at = options.at ?? now;
  if (clock.state !== 'running' || at >= clock.dueAt) throw ClockNotRunning.with();
  const faults = stopFaults({ kind, reason, document, expectedEnd, at, now, earliest: earliestStop(clock) });
  if (faults.length > 0) throw InvalidInput.with({ fields: faults });
  await db.run(sql`
    insert into calendar.stop (id, app, clock, reason, document, begun_at, expected_end, begun_by)
    values (${uuidv7()}::uuid, ${db.module}, ${clock.id}::uuid, ${reason}, ${document.trim()}, ${at}::timestamptz, ${expectedEnd}::date, ${db.actor.account})`);
  await put(db, { ...(await readClock(db, clock.id)), state: 'stopped' });
  await tell(db, 'calendar.clock.stopped', clock);
  tellStep(db, { kind, clock, phase: 'stopped', at });
  return readClock(db, clock.id);
}

/** Lets a clock go on (恢复计时). Its end moves by the time for which it stood still. */
export async function resumeClock(db: Db, options: { kind: ClockKind; clock: string; at?: Date }): Promise<Clock> {
  const { clock, now } = await hold(db, options.clock, options.kind);
  const open = clock.stops.find(({ endedAt }) => endedAt === null);
  if (clock.state !== 'stopped' || !open) throw ClockNotStopped.with();
  const at = options.at ?? now;
  if (at < open.begunAt || at > now) {
    throw InvalidInput.with({
      fields: [fault('/at', 'range', '恢复时间不能早于停表时间，也不能晚于现在', 'must lie between the stop and now')],
    });
  }
  await db.run(
    sql`update calendar.stop set ended_at = ${at}::timestamptz, ended_by = ${db.actor.account} where id = ${open.id}::uuid`,
  );
  await put(db, { ...(await readClock(db, clock.id)), state: 'running' });
  await tell(db, 'calendar.clock.resumed', clock);
  tellStep(db, { kind: options.kind, clock, phase: 'resumed', at });
  return readClock(db, clock.id);
}

/**
 * Lengthens a clock that is not over (延长期限), once, by the amount of a rule in the clock's own unit and on a document. Amber comes
 * anew where four fifths of the longer time are not used yet.
 */
export async function extendClock(
  db: Db,
  options: { kind: ClockKind; clock: string; basis: string; document: string },
): Promise<Clock> {
  const { kind, basis, document } = options;
  const { clock, now } = await hold(db, options.clock, kind);
  if (clock.state === 'ended' || (clock.state === 'running' && now >= clock.dueAt)) throw ClockNotRunning.with();
  const { amount, unit } = await amountAt(db, basis, now);
  if (unit !== clock.unit) throw ClockNotExtensible.with();
  const made = await db.run(sql`
    update calendar.clock set amount = amount + ${amount}::int, extension = ${amount}::int, extension_basis = ${basis}, extension_document = ${document.trim()}
    where id = ${clock.id}::uuid and extension is null`);
  if (made === 0) throw ClockNotExtensible.with();
  await put(db, await readClock(db, clock.id));
  await db.run(
    sql`update calendar.clock set amber_fired_at = null where id = ${clock.id}::uuid and amber_at > ${now}::timestamptz`,
  );
  await tell(db, 'calendar.clock.extended', clock);
  return readClock(db, clock.id);
}

/** Ends a clock (办结): it fires no more. Ending it twice changes nothing. A stop that is open ends with it. */
export async function endClock(db: Db, options: { kind: ClockKind; clock: string; at?: Date }): Promise<Clock> {
  const { clock, now } = await hold(db, options.clock, options.kind);
  if (clock.state === 'ended') return clock;
  const at = options.at ?? now;
  await db.run(sql`
    update calendar.stop set ended_at = greatest(begun_at, ${at}::timestamptz), ended_by = ${db.actor.account} where clock = ${clock.id}::uuid and ended_at is null`);
  await db.run(
    sql`update calendar.clock set state = 'ended', ended_at = ${at}::timestamptz where id = ${clock.id}::uuid`,
  );
  await tell(db, 'calendar.clock.ended', clock);
  tellStep(db, { kind: options.kind, clock, phase: 'done', at });
  return readClock(db, clock.id);
}

/** When a clock is due by the days known in `edition`. While it stands still, as if it went on on the expected day. */
export function dueOfClock(clock: Clock, edition: Edition): Due {
  const pauses = clock.stops.map(({ begunAt, endedAt, expectedEnd }): Pause => {
    const expected = shanghaiMidnight(expectedEnd);
    return { from: begunAt, to: endedAt ?? (expected > begunAt ? expected : begunAt) };
  });
  return dueOf({
    from: clock.startedAt,
    amount: clock.amount,
    unit: clock.unit,
    calendar: edition.calendar,
    pauses,
  });
}

export function clockOf(row: Omit<Clock, 'stops'> & { stops: StopJson[] }): Clock {
  return {
    ...row,
    stops: row.stops.map((stop) => ({
      id: stop.id,
      reason: stop.reason,
      document: stop.document,
      begunAt: new Date(stop.begun),
      expectedEnd: stop.expected,
      endedAt: stop.ended === null ? null : new Date(stop.ended),
    })),
  };
}

export { COLUMNS as CLOCK_COLUMNS };

async function hold(db: Db, id: string, kind: ClockKind): Promise<{ clock: Clock; now: Date }> {
  const row = await db.first<{ kind: string; now: Date }>(
    sql`select kind, kernel.now() as now from calendar.clock where id = ${id}::uuid for update`,
  );
  if (!row || row.kind !== kind.id) throw NotFound.with();
  return { clock: await readClock(db, id), now: row.now };
}

async function put(db: Db, clock: Clock): Promise<void> {
  const edition = await readCalendar(db);
  const due = dueOfClock(clock, edition);
  await db.run(sql`
    update calendar.clock set state = ${clock.state}, due_at = ${due.dueAt}::timestamptz, amber_at = ${due.amberAt}::timestamptz, provisional = ${due.provisional}::boolean,
      edition = ${edition.id}::uuid where id = ${clock.id}::uuid`);
}

async function tell(db: Db, type: string, clock: Clock): Promise<void> {
  await db.emit({
    type,
    subject: clock.id,
    data: { clock: clock.id, app: db.module, kind: clock.kind, subject: clock.subject },
  });
}

async function nowOf(db: Db): Promise<Date> {
  return (await db.one<{ now: Date }>(sql`select kernel.now() as now`)).now;
}

function earliestStop(clock: Clock): Date {
  return clock.stops.reduce((last, { endedAt }) => (endedAt && endedAt > last ? endedAt : last), clock.startedAt);
}

function stopFaults(options: {
  kind: ClockKind;
  reason: string;
  document: string;
  expectedEnd: string;
  at: Date;
  now: Date;
  earliest: Date;
}): FieldFault[] {
  const { kind, reason, document, expectedEnd, at, now, earliest } = options;
  const faults: FieldFault[] = [];
  if (!kind.stops.some(({ id }) => id === reason))
    faults.push(
      fault('/reason', 'enum', '不是该事项可以停表的事由', 'is no reason for which this clock may stand still'),
    );
  if (document.trim().length < 2)
    faults.push(
      fault('/document', 'required', '请写明停表依据的文书', 'must name the document on which the stop rests'),
    );
  if (!isCalendarDate(expectedEnd) || expectedEnd < shanghaiDate(at))
    faults.push(fault('/expectedEnd', 'range', '预计恢复日期不能早于停表当天', 'cannot be before the day of the stop'));
  if (at > now || at < earliest)
    faults.push(
      fault(
        '/at',
        'range',
        '停表时间须在起算（或上次恢复）之后、现在之前',
        'must lie after the start or the last stop, and not in the future',
      ),
    );
  return faults;
}

function fault(pointer: string, rule: string, zh: string, en: string): FieldFault {
  return { pointer, rule, message: { zh, en } };
}
