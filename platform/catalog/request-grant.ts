import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { GrantAlreadyOpen, GrantTermPast, TakeNotDeclared } from './grant-errors.ts';
import { findGrants, GrantSchema, readGrant, recordStep, RowFilterSchema } from './grant-record.ts';
import { OnNegativeList } from './register/register-errors.ts';
import { beyond, fieldsOf, InstantOrNone, isPast } from './terms.ts';
import { assertShared, openRequest, purposeFaults } from './request/open-request.ts';
import { NotShared, RequestTooWide } from './request/request-errors.ts';

/**
 * Asks for what an app's manifest names, with a person and a reason behind it: the first time, after a refusal, a
 * withdrawal or an expiry. It opens a case with the legal clock of its answer. Nothing can be asked for that no manifest declares, and
 * nothing that is not shared.
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
      /** What is needed of what the manifest names; absent = all of it. */
      fields: Type.Optional(
        Type.Array(Type.String({ maxLength: 80 }), { minItems: 1, maxItems: 200, uniqueItems: true }),
      ),
      purposes: Type.Optional(
        Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 20, uniqueItems: true }),
      ),
      rowFilter: Type.Optional(RowFilterSchema),
      validUntil: Type.Optional(InstantOrNone),
    },
    { additionalProperties: false },
  ),
  reply: GrantSchema,
  status: 201,
  errors: [GrantAlreadyOpen, GrantTermPast, NotShared, OnNegativeList, RequestTooWide, TakeNotDeclared],
  examples: { own: { as: 'street-clerk', body: { taker: 'community', name: 'resident', reason: '开展社区走访' } } },
  handler: async ({ db, services, body, actor }) => {
    const name = body.name.replaceAll('-', '_');
    const taker = services.registry.modules.find((m) => m.id === body.taker);
    const declared = taker?.takesAtRunTime === true || taker?.takes?.some((t) => t.name.replaceAll('-', '_') === name);
    const held = declared
      ? await db.first<{ id: string; requested_by: string | null }>(
          sql`select id, requested_by from catalog.grant where taker = ${body.taker} and name = ${name} for update`,
        )
      : undefined;
    if (!held) throw TakeNotDeclared.with();
    const [grant] = await findGrants({ db, services, where: sql`g.id = ${held.id}::uuid` });
    if (!grant) throw TakeNotDeclared.with();
    const unattended = grant.state === 'requested' && held.requested_by === 'manifest';
    // A theme that was changed may need more than it was given.
    const grown = taker?.takesAtRunTime === true && grant.wanted.some((field) => !grant.fields.includes(field));
    if ((grant.state === 'approved' && !grown) || (grant.state === 'requested' && !unattended))
      throw GrantAlreadyOpen.with({ extra: { state: grant.state } });
    const sharing = await assertShared(db, grant.resource);
    const asked = {
      fields: body.fields ?? grant.wanted,
      purposes: body.purposes ?? grant.wantedPurposes,
      rowFilter: body.rowFilter ?? [],
      validUntil: body.validUntil ?? null,
      why: body.reason,
    };
    const faults = [
      ...beyond({ pointer: '/fields', chosen: asked.fields, wanted: grant.wanted }),
      ...beyond({ pointer: '/purposes', chosen: asked.purposes, wanted: grant.wantedPurposes }),
      ...beyond({
        pointer: '/rowFilter',
        chosen: asked.rowFilter.map(({ field }) => field),
        wanted: await fieldsOf(db, grant.resource),
      }),
      ...(await purposeFaults(db, asked.purposes)),
    ];
    if (faults.length > 0) throw RequestTooWide.with({ fields: faults });
    if (await isPast(db, asked.validUntil))
      throw GrantTermPast.with({ fields: [{ pointer: '/validUntil', rule: 'past', message: GrantTermPast.title }] });
    const request = await openRequest(db, { grant, asked, sharing });
    await db.run(sql`
      update catalog.grant set state = 'requested', requested_at = kernel.now(), requested_by = ${actor.account}, requested_name = ${actor.name},
        requested_unit = ${actor.unit ?? null}::text, reason = ${body.reason} where id = ${held.id}::uuid`);
    await recordStep({ db, grant, step: 'requested', reason: body.reason, request });
    return readGrant({ db, services, id: held.id });
  },
});
