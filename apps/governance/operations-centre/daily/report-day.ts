import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { addDays, isCalendarDate, shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, InvalidInput } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { WrongState } from '../errors.ts';
import { shiftNow } from '../shift/keep-shift.ts';
import { vitalSource } from '../wall/vital-source.ts';
import { bringDay, type Facts, FactsSchema, gatherDay } from './gather-day.ts';

const NotShiftLeader = domainError({
  code: 'OPS_NOT_SHIFT_LEADER',
  status: 409,
  title: { zh: '日报由当值的值班长签发', en: 'The leader of the shift on duty signs the report' },
  action: { zh: '请值班长签发，或先办理接班。', en: 'Ask the leader of the shift, or take over the shift first.' },
});
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.String({ format: 'date-time' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Reply = Type.Object({
  day: Type.String({ format: 'date' }),
  over: Type.Boolean({ description: '这一天已经结束 / the day is over' }),
  facts: FactsSchema,
  titles: Type.Record(Type.String(), Type.Object({ ...Words.properties, unit: Type.String() })),
  note: MaybeText,
  signedName: MaybeText,
  signedAt: Type.Union([Moment, Type.Null()]),
  maySign: Type.Boolean(),
  asOf: Moment,
});
const Day = Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
type Signed = { facts: Facts; note: string | null; signedName: string; signedAt: Date };
type Titles = Record<string, Text & { unit: string }>;

const signedOf = (db: Db, day: string): Promise<Signed | undefined> =>
  db.first<Signed>(sql`
    select facts, note, signed_name as "signedName", signed_at as "signedAt" from ops.daily_report where day = ${day}::date`);

/** Whether this person leads the shift on duty: named by the roster, or by having taken it over. */
async function leads(db: Db): Promise<boolean> {
  const shift = await shiftNow(db);
  if (!shift) return false;
  const row = await db.first<{ account: string }>(
    sql`select coalesce(taken_by, leader) as account from ops.shift where id = ${shift.id}::uuid`,
  );
  return row?.account === db.actor.account;
}

function refuseDay(day: string, today: string): void {
  if (isCalendarDate(day) && day <= today) return;
  throw InvalidInput.with({
    fields: [
      {
        pointer: '/day',
        rule: 'date',
        message: { zh: '须是今天或以前的日期', en: 'must be today or a day before' },
      },
    ],
  });
}

/** The report of a day (城运日报): as it was signed, else as the tables stand now. One page, to be printed. */
export const showDaily = route({
  method: 'GET',
  path: '/api/ops/daily',
  summary: { zh: '城运日报', en: 'Report of a day' },
  allow: 'ops.shift.read',
  query: Type.Object({ day: Type.Optional(Day) }, { additionalProperties: false }),
  reply: Reply,
  errors: [InvalidInput],
  examples: { own: { as: 'duty-officer' } },
  prepare: async ({ query, services, actor }) => {
    const now = services.clock.now();
    const today = shanghaiDate(now);
    const day = query.day ?? addDays(today, -1);
    refuseDay(day, today);
    const titles: Titles = {};
    for (const { value } of services.registry.provided(vitalSource))
      for (const { id, title, unit } of (await value.read({ services, actor, now })).vitals)
        titles[id] = { ...title, unit };
    titles.index = { zh: '运行指数', en: 'Index', unit: 'score' };
    titles['index.fresh'] = { zh: '新鲜权重', en: 'Fresh weight', unit: 'percent' };
    return { day, over: day < today, titles, brought: await bringDay(services, actor, day) };
  },
  handler: async ({ db, actor, clock, prepared: { day, over, titles, brought } }) => {
    const signed = await signedOf(db, day);
    return {
      day,
      over,
      facts: signed?.facts ?? (await gatherDay(db, day, brought)),
      titles,
      note: signed?.note ?? null,
      signedName: signed?.signedName ?? null,
      signedAt: signed?.signedAt.toISOString() ?? null,
      maySign: !signed && over && actor.post === 'duty-officer' && (await leads(db)),
      asOf: clock.now().toISOString(),
    };
  },
});

/** Signs off the report of a day that is over (签发日报): what stands in it then stays, whatever the tables say later. */
export const signDaily = route({
  method: 'POST',
  path: '/api/ops/daily/:day/sign',
  summary: { zh: '签发日报', en: 'Sign the report of a day' },
  allow: 'ops.shift.keep',
  params: Type.Object({ day: Day }),
  body: Type.Object(
    { note: Type.Optional(Type.String({ minLength: 2, maxLength: 1000 })) },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ day: Type.String(), signedName: Type.String(), signedAt: Moment }),
  errors: [InvalidInput, WrongState, NotShiftLeader],
  examples: { own: { as: 'duty-officer', params: { day: '2026-01-02' }, body: {} } },
  prepare: async ({ params, services, actor }) => {
    refuseDay(params.day, shanghaiDate(services.clock.now()));
    return bringDay(services, actor, params.day);
  },
  handler: async ({ db, actor, clock, params: { day }, body, prepared: brought }) => {
    await db.rows(sql`select pg_advisory_xact_lock(hashtext('ops.daily'))`);
    const now = clock.now();
    if (day >= shanghaiDate(now))
      throw WrongState.with({ detail: { zh: '这一天还没有结束', en: 'the day is not over yet' } });
    if (await signedOf(db, day))
      throw WrongState.with({ detail: { zh: '这一天的日报已经签发', en: 'the report is signed already' } });
    if (!(await leads(db))) throw NotShiftLeader.with();
    await db.run(sql`
      insert into ops.daily_report (day, facts, note, signed_by, signed_name, signed_at)
      values (${day}::date, ${json(await gatherDay(db, day, brought))}::text::jsonb, ${body.note ?? null}::text, ${actor.account}, ${actor.name}, ${now}::timestamptz)`);
    await db.emit({ type: 'ops.daily.signed', subject: day, data: { day } });
    return { day, signedName: actor.name, signedAt: now.toISOString() };
  },
});
