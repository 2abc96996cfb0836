import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { isCalendarDate, shanghaiDate } from '#platform/kernel/dates.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { newEdition } from './read-calendar.ts';

export const DayIsOver = domainError({
  code: 'DAY_IS_OVER',
  status: 409,
  title: { zh: '这一天已经过去', en: 'This day is over' },
  action: {
    zh: '已经过去的日子不能再调整，否则已到期的时限会被改写；请联系系统管理员说明情况。',
    en: 'A day of the past cannot be set any more: clocks that were due would change. Tell the system administrator what happened.',
  },
});

const DayReply = Type.Object({
  date: Type.String({ format: 'date' }),
  kind: Type.Union([Type.Literal('off'), Type.Literal('work'), Type.Literal('none')]),
  reason: Type.String(),
  document: Type.String(),
});

/** Sets a day of the district (区级调整), e.g. off after a typhoon order, on a document; clocks are counted anew. */
export const setDistrictDay = route({
  method: 'POST',
  path: '/api/calendar/district-days',
  summary: { zh: '设置区级工作日调整', en: 'Set a day of the district' },
  allow: 'calendar.days.set',
  body: Type.Object(
    {
      date: Type.String({ format: 'date' }),
      kind: Type.Union([Type.Literal('off'), Type.Literal('work')]),
      reason: Type.String({ minLength: 2, maxLength: 100 }),
      document: Type.String({ minLength: 2, maxLength: 100, description: '依据文件 / document on which it rests' }),
    },
    { additionalProperties: false },
  ),
  reply: DayReply,
  status: 201,
  errors: [DayIsOver],
  examples: {
    own: {
      as: 'system-administrator',
      body: { date: '2031-06-13', kind: 'off', reason: '台风停工', document: '防汛指挥部通知（样例）' },
    },
  },
  handler: async ({ db, clock, body }) => {
    if (!isCalendarDate(body.date))
      throw InvalidInput.with({
        fields: [{ pointer: '/date', rule: 'date', message: { zh: '没有这一天', en: 'is no day of the calendar' } }],
      });
    return putDay(db, { ...body, now: clock.now() });
  },
});

/** Takes a day of the district back: it is again as the official list says. */
export const withdrawDistrictDay = route({
  method: 'POST',
  path: '/api/calendar/district-days/:date/withdraw',
  summary: { zh: '撤回区级工作日调整', en: 'Withdraw a day of the district' },
  allow: 'calendar.days.set',
  params: Type.Object({ date: Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }) }),
  body: Type.Object(
    {
      reason: Type.String({ minLength: 2, maxLength: 100 }),
      document: Type.String({ minLength: 2, maxLength: 100 }),
    },
    { additionalProperties: false },
  ),
  reply: DayReply,
  errors: [NotFound, DayIsOver],
  examples: {
    own: {
      as: 'system-administrator',
      params: { date: '2031-06-13' },
      body: { reason: '台风解除', document: '防汛指挥部通知（样例）' },
    },
  },
  handler: async ({ db, clock, params, body }) => {
    const set = await db.first<{ kind: string }>(
      sql`select kind from calendar.district_day where date = ${params.date}::text::date order by version desc limit 1`,
    );
    if (!set || set.kind === 'none') throw NotFound.with();
    return putDay(db, { date: params.date, kind: 'none', ...body, now: clock.now() });
  },
});

type DayToPut = { date: string; kind: 'off' | 'work' | 'none'; reason: string; document: string; now: Date };

async function putDay(db: Db, day: DayToPut) {
  const { date, kind, reason, document, now } = day;
  if (date < shanghaiDate(now)) throw DayIsOver.with();
  await db.run(sql`
    insert into calendar.district_day (date, version, kind, reason, document, made_by, made_name)
    select ${date}::date, coalesce(max(version), 0) + 1, ${kind}, ${reason}, ${document}, ${db.actor.account}, ${db.actor.name}
    from calendar.district_day where date = ${date}::date`);
  await newEdition(db);
  await db.emit({ type: 'calendar.day.set', subject: date });
  return { date, kind, reason, document };
}
