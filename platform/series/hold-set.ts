import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { HoldEmpty } from './series-errors.ts';
import { SeriesParams } from './show-series.ts';

const Reason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' });

/** A legal hold (保全): from now on nothing of the period is deleted, until it is released with a reason. */
export const holdSet = route({
  method: 'POST',
  path: '/api/series/series/:id/holds',
  summary: { zh: '保全一段时序数据', en: 'Hold a period of a series' },
  allow: 'series.hold',
  params: SeriesParams,
  body: Type.Object(
    { from: Type.String({ format: 'date' }), until: Type.String({ format: 'date' }), reason: Reason },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  errors: [NotFound, HoldEmpty],
  examples: {
    own: {
      as: 'security-auditor',
      params: { id: 'street-flow' },
      body: { from: '2026-11-01', until: '2026-11-03', reason: '行政复议' },
    },
  },
  handler: async ({ db, actor, params, body: { from, until, reason } }) => {
    if (!(await db.first(sql`select 1 from series.series where id = ${params.id}`))) throw NotFound.with();
    if (until < from) throw HoldEmpty.with();
    const id = uuidv7();
    // Days of the district, the last one included.
    await db.run(sql`
      insert into series.hold (id, series, from_at, until_at, reason, held_by)
      values (${id}::uuid, ${params.id}, ${from}::date::timestamp at time zone 'Asia/Shanghai', (${until}::date + 1)::timestamp at time zone 'Asia/Shanghai', ${reason}, ${actor.name})`);
    return { id };
  },
});

/** Releases a legal hold (解除保全). */
export const releaseHold = route({
  method: 'POST',
  path: '/api/series/holds/:hold/release',
  summary: { zh: '解除保全', en: 'Release a hold' },
  allow: 'series.hold',
  params: Type.Object({ hold: Type.String({ format: 'uuid' }) }),
  body: Type.Object({ reason: Reason }, { additionalProperties: false }),
  reply: Type.Object({ series: Type.String() }),
  errors: [NotFound],
  examples: {
    own: { as: 'security-auditor', params: { hold: 'fixture:series-hold' }, body: { reason: '复议结束' } },
  },
  handler: async ({ db, params: { hold }, body: { reason } }) => {
    const { series } = await db.one<{ series: string | null }>(
      sql`select series.release(${hold}::uuid, ${reason}) as series`,
    );
    if (series === null) throw NotFound.with();
    return { series };
  },
});
