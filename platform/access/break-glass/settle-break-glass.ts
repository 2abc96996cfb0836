import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DutyConflict } from '../duty/duty-errors.ts';
import { termsOf } from './break-glass-rules.ts';
import {
  BreakGlassParams,
  BreakGlassSchema,
  BreakGlassState,
  holdBreakGlass,
  shownBreakGlass,
} from './break-glass-record.ts';

/** The second person (双人): somebody else of the same unit confirms, and the four hours begin. */
export const confirmBreakGlass = route({
  method: 'POST',
  path: '/api/access/break-glass/:id/confirm',
  summary: { zh: '确认紧急调阅（第二人）', en: 'Confirm break-glass as the second person' },
  allow: 'access.break-glass.confirm',
  assurance: 2,
  params: BreakGlassParams,
  reply: BreakGlassSchema,
  errors: [NotFound, BreakGlassState, DutyConflict],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:break-glass-list' } },
    foreign: { as: 'unit-head', params: { id: 'fixture:foreign-break-glass' } },
  },
  handler: async ({ db, actor, clock, services, params: { id } }) => {
    const now = clock.now();
    const row = await holdBreakGlass(db, id);
    if (row.unit !== actor.unit) throw NotFound.with();
    if (row.account === actor.account) throw DutyConflict.with();
    if (row.state !== 'waiting') throw BreakGlassState.with();
    const { openMs } = await termsOf({ db, services, now });
    await db.run(sql`
      update access.break_glass set state = 'open', second_account = ${actor.account}, second_name = ${actor.name}, second_unit = ${actor.unit ?? null}::text,
        second_at = ${now}::timestamptz, opened_at = ${now}::timestamptz, expires_at = ${new Date(now.getTime() + openMs)}::timestamptz
      where id = ${id}::uuid`);
    await db.emit({ type: 'access.break-glass.opened', subject: id, data: { unit: row.owner_unit } });
    return shownBreakGlass(db, await holdBreakGlass(db, id), now);
  },
});

/** Ends an own break-glass before its time. */
export const endBreakGlass = route({
  method: 'POST',
  path: '/api/access/break-glass/:id/end',
  summary: { zh: '结束紧急调阅', en: 'End break-glass' },
  allow: 'access.break-glass.ask',
  params: BreakGlassParams,
  reply: BreakGlassSchema,
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:break-glass' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-break-glass' } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const now = clock.now();
    const row = await holdBreakGlass(db, id);
    if (row.account !== actor.account) throw NotFound.with();
    if (row.state !== 'ended')
      await db.run(
        sql`update access.break_glass set state = 'ended', ended_at = ${now}::timestamptz where id = ${id}::uuid`,
      );
    await db.emit({ type: 'access.break-glass.ended', subject: id });
    return shownBreakGlass(db, await holdBreakGlass(db, id), now);
  },
});

/** Reviews what was opened (事后复核): justified or not, by neither of the two who opened it. Not justified ends what is still open. */
export const reviewBreakGlass = route({
  method: 'POST',
  path: '/api/access/break-glass/:id/review',
  summary: { zh: '复核紧急调阅', en: 'Review break-glass' },
  allow: 'access.break-glass.review',
  params: BreakGlassParams,
  body: Type.Object(
    {
      verdict: Type.Union([Type.Literal('justified'), Type.Literal('not-justified')]),
      note: Type.String({ minLength: 5, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  reply: BreakGlassSchema,
  errors: [NotFound, BreakGlassState, DutyConflict],
  examples: {
    own: {
      as: 'security-administrator',
      params: { id: 'fixture:break-glass' },
      body: { verdict: 'justified', note: '已核实为走失老人' },
    },
    foreign: {
      as: 'unit-head',
      params: { id: 'fixture:foreign-break-glass' },
      body: { verdict: 'justified', note: '已核实为走失老人' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const now = clock.now();
    const row = await holdBreakGlass(db, id);
    if (actor.post !== 'security-administrator' && row.owner_unit !== actor.unit) throw NotFound.with();
    if (row.account === actor.account || row.second_account === actor.account) throw DutyConflict.with();
    if (row.reviewed_by !== null || row.state === 'waiting') throw BreakGlassState.with();
    const ends = body.verdict === 'not-justified';
    await db.run(sql`
      update access.break_glass set reviewed_by = ${actor.account}, reviewed_name = ${actor.name}, reviewed_unit = ${actor.unit ?? null}::text, reviewed_at = ${now}::timestamptz,
        verdict = ${body.verdict}, verdict_note = ${body.note},
        state = case when ${ends}::boolean then 'ended' else state end, ended_at = case when ${ends}::boolean then coalesce(ended_at, ${now}::timestamptz) else ended_at end
      where id = ${id}::uuid`);
    await db.emit({ type: `access.break-glass.${body.verdict}`, subject: id, data: { unit: row.owner_unit } });
    return shownBreakGlass(db, await holdBreakGlass(db, id), now);
  },
});
