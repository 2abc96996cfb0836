import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { GrantNotInForce } from './grant-errors.ts';
import { GrantParams, GrantSchema, holdForDecision, readGrant, recordStep } from './grant-record.ts';
import { settleRevoked } from './request/settle.ts';

/** The owner unit withdraws a grant: from this commit on PostgreSQL itself refuses the taker. A delivery that runs ends with it. */
export const revokeGrant = route({
  method: 'POST',
  path: '/api/catalog/grants/:id/revoke',
  summary: { zh: '撤回共享授权', en: 'Withdraw a grant' },
  allow: 'catalog.grant.decide',
  params: GrantParams,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false }),
  reply: GrantSchema,
  errors: [GrantNotInForce],
  examples: {
    own: { as: 'data-officer', params: { id: 'community.household' }, body: { reason: '专项工作结束' } },
    foreign: { as: 'data-officer', params: { id: 'community.building' }, body: { reason: '专项工作结束' } },
  },
  handler: async ({ db, services, params, body, actor }) => {
    const grant = await holdForDecision({ db, services, reference: params.id });
    if (grant.state !== 'approved' && grant.state !== 'expired')
      throw GrantNotInForce.with({ extra: { state: grant.state } });
    await db.run(sql`
      update catalog.grant set state = 'revoked', decided_at = kernel.now(), decided_by = ${actor.account}, decided_name = ${actor.name},
        decided_unit = ${actor.unit ?? null}::text, reason = ${body.reason} where id = ${grant.id}::uuid`);
    const request = await settleRevoked(db, { grant: grant.id, reason: body.reason });
    await recordStep({ db, grant, step: 'revoked', reason: body.reason, request });
    return readGrant({ db, services, id: grant.id });
  },
});
