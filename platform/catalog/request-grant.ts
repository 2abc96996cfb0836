import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { GrantAlreadyOpen, TakeNotDeclared } from './grant-errors.ts';
import { findGrants, GrantSchema, readGrant, recordStep } from './grant-record.ts';

/**
 * Asks for what an app's manifest names, with a person and a reason behind it: the first time, after a refusal, a
 * withdrawal or an expiry. Nothing can be asked for that no manifest declares.
 */
export const requestGrant = route({
  method: 'POST',
  path: '/api/catalog/grants',
  summary: { zh: '申请共享授权', en: 'Ask for a grant' },
  allow: 'catalog.grant.request',
  body: Type.Object(
    {
      taker: Type.String({ maxLength: 80 }),
      name: Type.String({ maxLength: 80 }),
      reason: Type.String({ minLength: 2, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  reply: GrantSchema,
  status: 201,
  errors: [GrantAlreadyOpen, TakeNotDeclared],
  examples: { own: { as: 'street-clerk', body: { taker: 'community', name: 'resident', reason: '开展社区走访' } } },
  handler: async ({ db, services, body, actor }) => {
    const name = body.name.replaceAll('-', '_');
    const declared = services.registry.modules
      .find((m) => m.id === body.taker)
      ?.takes?.some((t) => t.name.replaceAll('-', '_') === name);
    const held = declared
      ? await db.first<{ id: string; requested_by: string | null }>(
          sql`select id, requested_by from catalog.grant where taker = ${body.taker} and name = ${name} for update`,
        )
      : undefined;
    if (!held) throw TakeNotDeclared.with();
    const [grant] = await findGrants({ db, services, where: sql`g.id = ${held.id}::uuid` });
    if (!grant) throw TakeNotDeclared.with();
    const unattended = grant.state === 'requested' && held.requested_by === 'manifest';
    if (grant.state === 'approved' || (grant.state === 'requested' && !unattended))
      throw GrantAlreadyOpen.with({ extra: { state: grant.state } });
    await db.run(sql`
      update catalog.grant set state = 'requested', requested_at = kernel.now(), requested_by = ${actor.account}, requested_name = ${actor.name},
        requested_unit = ${actor.unit ?? null}::text, reason = ${body.reason} where id = ${held.id}::uuid`);
    await recordStep({ db, grant, step: 'requested', reason: body.reason });
    return readGrant({ db, services, id: held.id });
  },
});
