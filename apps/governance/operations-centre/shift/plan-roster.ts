import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import { addDays, shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { listHolders } from '#platform/identity/organisation/holders.ts';
import { dutyRoster, type OnDuty } from '#platform/signal/alert/duty-roster.ts';
import { WrongState } from '../errors.ts';
import { Board, board, shiftNow } from './keep-shift.ts';

const UNIT = 'operations-centre';
/** Shifts begin at 00:00, 08:00 and 16:00 (早、中、晚班); so many days ahead can be planned. */
const HOURS = { night: 0, day: 8, evening: 16 } as const;
const AHEAD_DAYS = 60;
const HOUR_MS = 3_600_000;

const Day = Type.String({ format: 'date' });
const Body = Type.Object(
  {
    day: Day,
    shift: Type.Union([Type.Literal('night'), Type.Literal('day'), Type.Literal('evening')]),
    leader: Type.String({ minLength: 1, maxLength: 100 }),
    officers: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 12, uniqueItems: true }),
  },
  { additionalProperties: false },
);

const refuse = (pointer: string, message: Text): Error =>
  InvalidInput.with({ fields: [{ pointer, rule: 'roster', message }] });

/** Duty officers of the district, each once: who can stand on a shift. */
async function officersOf(services: Services): Promise<Map<string, string>> {
  const holders = await listHolders(services);
  return new Map(holders.filter(({ post }) => post === 'duty-officer').map(({ account, name }) => [account, name]));
}

/** Who can be put on a shift (可排班人员). */
export const showOfficers = route({
  method: 'GET',
  path: '/api/ops/shift/officers',
  summary: { zh: '可排班人员', en: 'Who can be put on a shift' },
  allow: 'ops.shift.keep',
  reply: Type.Object({ officers: Type.Array(Type.Object({ account: Type.String(), name: Type.String() })) }),
  examples: { own: { as: 'duty-officer' } },
  prepare: ({ services }) => officersOf(services),
  handler: async ({ prepared }) => ({ officers: [...prepared].map(([account, name]) => ({ account, name })) }),
});

function dayInRange(day: string, now: Date): void {
  const today = shanghaiDate(now);
  if (day < today || day > addDays(today, AHEAD_DAYS))
    throw refuse('/day', {
      zh: `只能排今天到 ${AHEAD_DAYS} 天以内的班`,
      en: `From today to ${AHEAD_DAYS} days ahead`,
    });
}

/** Puts people on one shift (排班); what stood for it is replaced until somebody has taken it over. Who may be put there holds the post of a duty officer now. */
export const planShift = route({
  method: 'PUT',
  path: '/api/ops/shift/roster',
  summary: { zh: '排班', en: 'Plan a shift' },
  allow: 'ops.shift.keep',
  body: Body,
  reply: Board,
  errors: [InvalidInput, WrongState],
  examples: {
    own: {
      as: 'duty-officer',
      body: { day: 'fixture:ops-roster-day', shift: 'day', leader: 'fixture:ops-officer', officers: [] },
    },
  },
  prepare: ({ services }) => officersOf(services),
  handler: async ({ db, body, clock, prepared: officers }) => {
    const now = clock.now();
    dayInRange(body.day, now);
    const stranger = { zh: '此人现在不是值班员', en: 'no duty officer now' };
    if (!officers.has(body.leader)) throw refuse('/leader', stranger);
    for (const [at, account] of body.officers.entries()) {
      if (!officers.has(account)) throw refuse(`/officers/${at}`, stranger);
      if (account === body.leader)
        throw refuse(`/officers/${at}`, { zh: '值班长不必再列为值班员', en: 'leads the shift already' });
    }
    await db.rows(sql`select pg_advisory_xact_lock(hashtext('ops.shift'))`);
    const from = new Date(shanghaiMidnight(body.day).getTime() + HOURS[body.shift] * HOUR_MS);
    if (from.getTime() + 8 * HOUR_MS <= now.getTime())
      throw refuse('/shift', { zh: '这一班已经过去', en: 'this shift is over' });
    const other = await db.first(sql`
      select from ops.shift where from_at <> ${from}::timestamptz and tstzrange(from_at, to_at) && tstzrange(${from}::timestamptz, ${from}::timestamptz + interval '8 hours')`);
    if (other)
      throw refuse('/shift', { zh: '与另一班的时间重叠', en: 'another shift stands at a part of these hours' });
    const others = body.officers.map((account) => ({ account, name: officers.get(account) ?? account }));
    const put = await db.run(sql`
      insert into ops.shift as s (id, from_at, to_at, leader, leader_name, officers)
      values (${uuidv7()}::uuid, ${from}::timestamptz, ${from}::timestamptz + interval '8 hours', ${body.leader}, ${officers.get(body.leader) ?? ''}, ${JSON.stringify(others)}::text::jsonb)
      on conflict (from_at) do update set leader = excluded.leader, leader_name = excluded.leader_name, officers = excluded.officers, sample = false
      where s.taken_at is null and s.given_at is null`);
    if (put === 0)
      throw WrongState.with({
        detail: { zh: '这一班已经接班，不能再改', en: 'this shift has been taken over and is not changed any more' },
      });
    return board(db, now);
  },
});

/**
 * Goes on for a week as the week before (照上周排班): from the last day that is planned, the same people at the same hours of the seven days before, where nobody stands yet
 * and who still holds the post. Pressed again it goes on by another week, so that no day is left out between.
 */
export const repeatWeek = route({
  method: 'POST',
  path: '/api/ops/shift/roster/week',
  summary: { zh: '照上周排班', en: 'The same as the week before' },
  allow: 'ops.shift.keep',
  repeatable: true,
  body: Type.Object({}, { additionalProperties: false }),
  reply: Type.Object({
    from: Day,
    planned: Type.Integer(),
    /** Shifts whose leader has left the post: a person plans those. */
    left: Type.Integer(),
  }),
  errors: [WrongState],
  examples: { own: { as: 'duty-officer', body: {} } },
  prepare: ({ services }) => officersOf(services),
  handler: async ({ db, clock, prepared: officers }) => {
    await db.rows(sql`select pg_advisory_xact_lock(hashtext('ops.shift'))`);
    const { last } = await db.one<{ last: Date | null }>(sql`select max(from_at) as last from ops.shift`);
    const today = shanghaiDate(clock.now());
    const from = last && shanghaiDate(last) > today ? shanghaiDate(last) : today;
    if (from > addDays(today, AHEAD_DAYS - 7))
      throw WrongState.with({
        detail: {
          zh: `已经排到 ${from}，最多排 ${AHEAD_DAYS} 天`,
          en: `planned to ${from} already, ${AHEAD_DAYS} days at most`,
        },
      });
    const [first, days] = [shanghaiMidnight(from), sql`interval '7 days'`];
    const before = await db.rows<{ from: Date; leader: string; officers: { account: string; name: string }[] }>(sql`
      select from_at as "from", leader, officers from ops.shift w
      where from_at >= ${first}::timestamptz - ${days} and from_at < ${first}::timestamptz and to_at + ${days} > kernel.now()
        and not exists (select from ops.shift n where tstzrange(n.from_at, n.to_at) && tstzrange(w.from_at + ${days}, w.to_at + ${days})) order by from_at`);
    let planned = 0;
    for (const shift of before) {
      const name = officers.get(shift.leader);
      if (name === undefined) continue;
      const still = shift.officers.filter(({ account }) => officers.has(account));
      await db.run(sql`
        insert into ops.shift (id, from_at, to_at, leader, leader_name, officers)
        values (${uuidv7()}::uuid, ${shift.from}::timestamptz + ${days}, ${shift.from}::timestamptz + ${days} + interval '8 hours', ${shift.leader}, ${name}, ${JSON.stringify(still)}::text::jsonb)`);
      planned += 1;
    }
    return { from, planned, left: before.length - planned };
  },
});

/** Who is on the shift that has the duty, its leader first (当值人员): one that ended long ago and that nobody followed has no duty any more. */
export async function onShift(db: Db): Promise<string[]> {
  const shift = await shiftNow(db);
  if (!shift) return [];
  const row = await db.first<{ leader: string; takenBy: string | null }>(
    sql`select leader, taken_by as "takenBy" from ops.shift where id = ${shift.id}::uuid and to_at > kernel.now() - interval '8 hours'`,
  );
  return row ? [row.takenBy ?? row.leader, ...shift.officers.map(({ account }) => account)] : [];
}

/** The shifts are the roster of alerts as well: who has taken over is told from then on (值班即接警). */
export const shiftRoster = dutyRoster.provide({
  now: async (services) => {
    const actor = systemActor({ name: 'roster' });
    const [leader, ...officers] = await services.database.tx({ module: 'ops', actor, readOnly: true }, onShift);
    if (leader === undefined) return [];
    const told = [leader, ...officers].map((account): OnDuty => ({ role: 'duty-officer', unit: UNIT, account }));
    return [...told, { role: 'shift-leader', unit: UNIT, account: leader }];
  },
});
