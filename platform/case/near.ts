import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { attachDocument } from '#platform/document/attach-document.ts';
import { FileGone } from '#platform/document/document-errors.ts';
import { PHOTO_KIND } from './act.ts';
import { CaseParams, Files } from './act-route.ts';
import { TooManyReports } from './errors.ts';
import { maskText } from './mask-text.ts';
import { refuseFlood, sendersOf } from './report-gate.ts';
import { tell } from './tell.ts';

const MOST = 50;
const NEAREST_M = 50;
const FURTHEST_M = 2000;

/**
 * Open cases near a place (附近已知问题), the nearest first: class, place, state and masked words, nothing of who reported and nothing of who handles it. What a
 * caller of the hotline said stays inside.
 */
export const listNear = route({
  method: 'GET',
  path: '/api/incident/near',
  summary: { zh: '附近的已知问题', en: 'Known problems near a place' },
  allow: 'incident.report',
  query: Type.Object(
    {
      lon: Type.Number({ minimum: -180, maximum: 180, description: 'degrees, CGCS2000' }),
      lat: Type.Number({ minimum: -85, maximum: 85 }),
      /** Metres around it. */
      within: Type.Optional(Type.Integer({ minimum: 10, maximum: FURTHEST_M })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    cases: Type.Array(
      Type.Object({
        no: Type.String({ description: '案件编号' }),
        class: Type.String(),
        state: Type.String(),
        text: Type.Union([Type.String(), Type.Null()]),
        lon: Type.Number(),
        lat: Type.Number(),
        reports: Type.Integer(),
        reportedAt: Type.String({ format: 'date-time' }),
        metres: Type.Integer(),
        sample: Type.Boolean(),
      }),
    ),
  }),
  examples: { own: { as: 'citizen', query: { lon: '121.468', lat: '31.2185' } } },
  handler: async ({ db, query }) => {
    const rows = await db.rows<{
      no: string;
      class: string;
      state: string;
      description: string | null;
      lon: number;
      lat: number;
      reports: number;
      reported_at: Date;
      distance: number;
      sample: boolean;
    }>(
      sql`select * from incident.open_near(${query.lon}::float8, ${query.lat}::float8, ${query.within ?? NEAREST_M}::float8, ${MOST}::int)`,
    );
    return {
      cases: rows.map(({ description, reported_at: at, distance, ...row }) => ({
        ...row,
        text: description,
        reportedAt: at.toISOString(),
        metres: Math.round(distance),
      })),
    };
  },
});

/**
 * Follows a case that is open already instead of reporting it anew (是同一件，一起关注): a report of one's own in that case, told of each step and rated like any
 * other. Whoever stands in it already gets the report that they have; a case that is over is not found.
 */
export const joinCase = route({
  method: 'POST',
  path: '/api/incident/near/:no/join',
  summary: { zh: '关注附近的已知问题', en: 'Follow a known problem' },
  allow: 'incident.report.own',
  params: CaseParams,
  body: Type.Object(
    {
      clientId: Type.String({ format: 'uuid', description: '由上报端生成 / made by the sender' }),
      text: Type.Optional(Type.String({ minLength: 2, maxLength: 2000 })),
      files: Type.Optional(Files),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({
    id: Type.String({ format: 'uuid' }),
    no: Type.String(),
    state: Type.String(),
    fresh: Type.Boolean({ description: '假：已经在其中 / false: stood in it already' }),
  }),
  errors: [NotFound, TooManyReports, FileGone],
  examples: {
    own: {
      as: 'citizen',
      params: { no: 'fixture:incident-to-join' },
      body: { clientId: '019a0000-0000-7000-8000-00000000c312' },
    },
    foreign: {
      as: 'citizen',
      params: { no: 'fixture:incident-to-archive' },
      body: { clientId: '019a0000-0000-7000-8000-00000000c313' },
    },
  },
  handler: async ({ db, actor, services, clock, params: { no }, body }) => {
    const now = clock.now();
    await refuseFlood(db, { senders: sendersOf(services, actor.account), now });
    const words = maskText(body.text?.trim() ?? '') || SAME;
    const made = await db.first<{ report: string; case_id: string; state: string; fresh: boolean }>(sql`
      select * from incident.follow_case(${no}, ${uuidv7()}::uuid, ${body.clientId}::uuid, ${words}, ${now}::timestamptz, ${crypto.randomUUID()}::uuid)`);
    if (!made) throw NotFound.with();
    const files = body.files ?? [];
    // Photos are more of the case (补充照片), also from somebody who stands in it already.
    await attachDocument(db, { files, kind: PHOTO_KIND, subject: made.case_id });
    if (made.fresh || files.length > 0) {
      const data = files.length > 0 ? { files } : {};
      tell(db, { caseId: made.case_id, at: now, kind: made.fresh ? 'join' : 'add', shown: true, data });
    }
    return { id: made.report, no, state: made.state, fresh: made.fresh };
  },
});
/** Words of a follower who adds none. */
const SAME = '同一问题';
