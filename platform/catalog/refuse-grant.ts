import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { GrantNotRequested } from './grant-errors.ts';
import { GrantParams, GrantSchema, holdForDecision, readGrant, recordStep } from './grant-record.ts';
import { settleRefused } from './request/settle.ts';

const body = { reason: '申请的信息项超出工作需要', basis: '《政务数据共享条例》关于按需申请、最小必要的规定' };

/** The owner unit refuses a request and says why and on which legal basis (法律依据); the taker may ask again. */
export const refuseGrant = route({
  method: 'POST',
  path: '/api/catalog/grants/:id/refuse',
  summary: { zh: '不予批准共享申请', en: 'Refuse a request for a grant' },
  allow: 'catalog.grant.decide',
  params: GrantParams,
  body: Type.Object(
    {
      reason: Type.String({ minLength: 2, maxLength: 500 }),
      basis: Type.String({ minLength: 4, maxLength: 300, description: '法律依据 / legal basis' }),
    },
    { additionalProperties: false },
  ),
  reply: GrantSchema,
  errors: [GrantNotRequested],
  examples: {
    own: { as: 'data-officer', params: { id: 'community.household' }, body },
    foreign: { as: 'data-officer', params: { id: 'community.building' }, body },
  },
  handler: async ({ db, services, params, body, actor }) => {
    const grant = await holdForDecision({ db, services, reference: params.id });
    if (grant.state !== 'requested') throw GrantNotRequested.with({ extra: { state: grant.state } });
    await db.run(sql`
      update catalog.grant set state = 'refused', decided_at = kernel.now(), decided_by = ${actor.account}, decided_name = ${actor.name},
        decided_unit = ${actor.unit ?? null}::text, reason = ${body.reason} where id = ${grant.id}::uuid`);
    const request = await settleRefused(db, { grant: grant.id, reason: body.reason, basis: body.basis });
    await recordStep({ db, grant, step: 'refused', reason: `${body.reason}（${body.basis}）`, request });
    return readGrant({ db, services, id: grant.id });
  },
});
