import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ownUnit } from '../scope.ts';
import { Maybe, Words } from '../shapes.ts';

/** Requests for conditional sets: those that the caller made, and those that the caller's unit decides. */
export const listAccess = route({
  method: 'GET',
  path: '/api/open-data/access-requests',
  summary: { zh: '有条件开放申请', en: 'Requests for conditional sets' },
  allow: 'signed-in',
  reply: Type.Object({
    requests: Type.Array(
      Type.Object({
        id: Type.String(),
        dataset: Type.String(),
        title: Words,
        entity: Type.String(),
        purpose: Type.String(),
        measures: Type.Array(Type.String()),
        state: Type.String(),
        askedAt: Type.String(),
        validUntil: Maybe(Type.String()),
        reason: Maybe(Type.String()),
        agreement: Maybe(Type.String()),
        agreementDigest: Maybe(Type.String()),
        mine: Type.Boolean(),
        calls: Type.Integer(),
      }),
    ),
  }),
  examples: { own: { as: 'enterprise-agent' } },
  handler: async ({ db, actor }) => {
    type Row = {
      id: string;
      dataset: string;
      title: { zh: string; en: string };
      entity: string;
      purpose: string;
      measures: string[];
      state: string;
      askedAt: Date;
      validUntil: Date | null;
      reason: string | null;
      agreement: string | null;
      agreementDigest: string | null;
      mine: boolean;
      calls: number;
    };
    const officer = actor.post === 'data-officer';
    const rows = await db.rows<Row>(sql`
      select r.id, r.dataset, d.title, r.entity, r.purpose, r.measures, case when r.state = 'approved' and r.valid_until <= kernel.now() then 'expired' else r.state end as state, r.asked_at as "askedAt",
        r.valid_until as "validUntil", r.reason, r.agreement, r.agreement_digest as "agreementDigest", r.account = ${actor.account} as mine,
        (select coalesce(sum(u.calls), 0)::float8 from open_data.key_use u join open_data.api_key k on k.id = u.key where k.account = r.account and u.dataset = r.dataset) as calls
      from open_data.access_request r join open_data.dataset d on d.id = r.dataset
      where r.account = ${actor.account} or (${officer}::boolean and ${ownUnit(actor, sql`r.owner`)}) order by (r.state = 'asked') desc, r.asked_at desc limit 200`);
    return {
      requests: rows.map((row) => ({
        ...row,
        askedAt: row.askedAt.toISOString(),
        validUntil: row.validUntil?.toISOString() ?? null,
      })),
    };
  },
});
