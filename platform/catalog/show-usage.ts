import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { byReference, GrantParams, visibleTo } from './grant-record.ts';

/** Whole days of the district that are counted back from today. */
const DAYS = 30;

/**
 * What became of a grant (使用情况): reads by purpose and day, and of how many persons or enterprises, counted from the audit. Both sides
 * see the same figures; who looked at whom stays in the audit.
 */
export const showUsage = route({
  method: 'GET',
  path: '/api/catalog/grants/:id/usage',
  summary: { zh: '授权的使用情况（按目的、按日）', en: 'Use of a grant, by purpose and day' },
  allow: 'catalog.grant.read',
  params: GrantParams,
  reply: Type.Object({
    grant: Type.String(),
    since: Type.String(),
    reads: Type.Integer(),
    days: Type.Array(
      Type.Object({
        day: Type.String({ format: 'date' }),
        purpose: Type.Union([Type.String(), Type.Null()]),
        reads: Type.Integer(),
        subjects: Type.Integer(),
      }),
    ),
  }),
  examples: {
    own: { as: 'data-officer', params: { id: 'community.household' } },
    foreign: { as: 'data-officer', params: { id: 'community.building' } },
  },
  handler: async ({ db, params, actor }) => {
    // The audit is written by the time of the world, not by the clock of an exercise.
    const grant = await db.first<{
      ref: string;
      taker: string;
      resource: string;
      unit: string | null;
      since: Date;
    }>(sql`
      select g.taker || '.' || g.name as ref, g.taker, g.resource, g.for_unit as unit, ((now() at time zone 'Asia/Shanghai')::date - ${DAYS}::int)::timestamp at time zone 'Asia/Shanghai' as since
      from catalog.grant g join catalog.resource r on r.id = g.resource
      where ${byReference(params.id)} and (${visibleTo(actor)} or g.requested_unit = ${actor.unit ?? ''}::text)`);
    if (!grant) throw NotFound.with();
    const days = await db.rows<{ day: string; purpose: string | null; reads: number; subjects: number }>(sql`
      select day::text as day, purpose, reads, subjects
      from ${grant.unit === null ? sql`audit.reads_by_day(${grant.taker}, ${grant.resource}, ${grant.since}::timestamptz)` : sql`audit.unit_reads_by_day(${grant.taker}, ${grant.resource}, ${grant.unit}, ${grant.since}::timestamptz)`}`);
    return {
      grant: grant.ref,
      since: grant.since.toISOString(),
      reads: days.reduce((sum, { reads }) => sum + reads, 0),
      days,
    };
  },
});
