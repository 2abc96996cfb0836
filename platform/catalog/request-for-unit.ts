import { hash } from 'node:crypto';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { GrantAlreadyOpen, GrantTermPast } from './grant-errors.ts';
import { GrantSchema, readGrant, recordStep, RowFilterSchema } from './grant-record.ts';
import { assertShared, openRequest, purposeFaults } from './request/open-request.ts';
import { NotShared, RequestTooWide } from './request/request-errors.ts';
import { beyond, InstantOrNone, isPast } from './terms.ts';

/** The module that reads for systems outside of the platform. */
const GATEWAY = 'gateway';
/** PostgreSQL cuts names at 63 bytes; `gateway__…_all` takes thirteen. */
const LONGEST_NAME = 48;

/** Name of the view of a unit's grant: readable, and never that of another pair of unit and resource. */
export function unitGrantName(unit: string, resource: string): string {
  const mark = hash('sha256', `${unit} ${resource}`, 'hex').slice(0, 8);
  const text = `${unit}_${resource}`.replaceAll(/[^a-z0-9]+/g, '_');
  return `${text.slice(0, LONGEST_NAME - mark.length - 1)}_${mark}`;
}

/**
 * A data officer asks for data that systems of their own unit outside of the platform read through the gateway (外部系统的共享申请). There
 * is no manifest to name the need, so the request does: it is a case with the same clocks, decided by the same owner, and what comes of
 * it is a grant like any other. The key, and whom a row is about, are part of what is asked for: without the one no page follows
 * another, without the other nobody could be told who looked.
 */
export const requestForUnit = route({
  method: 'POST',
  path: '/api/catalog/unit-grants',
  summary: { zh: '为本单位的外部系统申请共享授权', en: 'Ask for a grant for outside systems of the own unit' },
  allow: 'catalog.grant.request-for-unit',
  body: Type.Object(
    {
      resource: Type.String({ maxLength: 120 }),
      fields: Type.Array(Type.String({ maxLength: 80 }), { minItems: 1, maxItems: 200, uniqueItems: true }),
      purposes: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 20, uniqueItems: true }),
      reason: Type.String({ minLength: 2, maxLength: 500 }),
      rowFilter: Type.Optional(RowFilterSchema),
      validUntil: Type.Optional(InstantOrNone),
    },
    { additionalProperties: false },
  ),
  reply: GrantSchema,
  status: 201,
  errors: [GrantAlreadyOpen, GrantTermPast, NotFound, NotShared, RequestTooWide],
  examples: {
    own: {
      as: 'data-officer',
      body: {
        resource: 'legal-entity.entity',
        fields: ['uscc', 'name', 'status'],
        purposes: ['verify-application'],
        reason: '婚姻登记系统核对用人单位',
      },
    },
  },
  handler: async ({ db, services, body, actor }) => {
    const resource = services.registry.resource(body.resource)?.resource;
    const unit = actor.unit;
    if (!resource || unit === undefined || !services.registry.modules.some(({ id }) => id === GATEWAY))
      throw NotFound.with();
    const sharing = await assertShared(db, resource.id);
    const always = Object.entries(resource.fields).flatMap(([name, { subject }]) =>
      subject || name === resource.key ? [name] : [],
    );
    const wanted = [...new Set([...body.fields, ...always])];
    const rowFilter = body.rowFilter ?? [];
    const known = Object.keys(resource.fields);
    const faults = [
      ...beyond({ pointer: '/fields', chosen: body.fields, wanted: known }),
      ...beyond({ pointer: '/rowFilter', chosen: rowFilter.map(({ field }) => field), wanted: known }),
      ...(await purposeFaults(db, body.purposes)),
    ];
    if (faults.length > 0) throw RequestTooWide.with({ fields: faults });
    const validUntil = body.validUntil ?? null;
    if (await isPast(db, validUntil))
      throw GrantTermPast.with({ fields: [{ pointer: '/validUntil', rule: 'past', message: GrantTermPast.title }] });
    const { id, state } = await holdOrMake({ db, resource: resource.id, unit });
    if (state !== 'new' && ['approved', 'requested'].includes(state)) throw GrantAlreadyOpen.with({ extra: { state } });
    const why = json({ zh: body.reason, en: body.reason });
    await db.run(sql`
      update catalog.grant set state = 'requested', wanted = ${wanted}::text[], fields = '{}', wanted_purposes = ${body.purposes}::text[], purposes = ${body.purposes}::text[],
        why = ${why}::text::jsonb, row_filter = '[]', valid_until = null, requested_at = kernel.now(), requested_by = ${actor.account}, requested_name = ${actor.name},
        requested_unit = ${unit}, decided_at = null, decided_by = null, decided_name = null, decided_unit = null, reason = ${body.reason}
      where id = ${id}::uuid`);
    const grant = await readGrant({ db, services, id });
    const asked = { fields: wanted, purposes: body.purposes, rowFilter, validUntil, why: body.reason };
    const request = await openRequest(db, { grant, asked, sharing });
    await recordStep({ db, grant, step: 'requested', reason: body.reason, request });
    return readGrant({ db, services, id });
  },
});

type Held = { id: string; state: string };

/** The one grant of a unit on a resource, held until the end of the transaction; made at the first request. */
async function holdOrMake(options: {
  db: Parameters<typeof readGrant>[0]['db'];
  resource: string;
  unit: string;
}): Promise<Held> {
  const { db, resource, unit } = options;
  const made = await db.first<Held>(sql`
    insert into catalog.grant (taker, taker_schema, name, resource, wanted, wanted_purposes, purposes, why, for_unit)
    values (${GATEWAY}, ${GATEWAY}, ${unitGrantName(unit, resource)}, ${resource}, '{}', '{}', '{}', '{}', ${unit}) on conflict do nothing returning id, 'new' as state`);
  if (made) return made;
  return db.one<Held>(sql`
    select id, case when state = 'approved' and valid_until <= kernel.now() then 'expired' when state = 'requested' and requested_by = 'manifest' then 'taken-back' else state end as state
    from catalog.grant
    where for_unit = ${unit} and resource = ${resource} for update`);
}
