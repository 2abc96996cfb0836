import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { SystemTaken } from './register-errors.ts';
import { forgetKeys } from './system-keys.ts';
import {
  assertNetworks,
  assertPermits,
  example,
  putPermits,
  SYSTEM_FIELDS,
  SYSTEM_ID,
  SystemParams,
  unitFor,
} from './system-record.ts';

export const MANAGE = 'gateway.system.manage';

/** Registers a system outside of the platform (登记外部系统); it can call once it has a key. */
export const addSystem = route({
  method: 'POST',
  path: '/api/gateway/systems',
  summary: { zh: '登记外部系统', en: 'Register an outside system' },
  allow: MANAGE,
  assurance: 2,
  body: Type.Object({ id: Type.String({ pattern: SYSTEM_ID }), ...SYSTEM_FIELDS }, { additionalProperties: false }),
  reply: Type.Object({ id: Type.String() }),
  status: 201,
  errors: [SystemTaken, InvalidInput],
  examples: {
    own: () => ({ as: 'system-administrator', body: { id: `example-${randomBytes(4).toString('hex')}`, ...example } }),
  },
  prepare: ({ services, body }) => unitFor(services, body.unit),
  handler: async ({ db, services, body, clock, actor, prepared }) => {
    const { id, permits, ...form } = body;
    assertNetworks(form.networks);
    await assertPermits(db, services, permits);
    const now = clock.now();
    const made = await db.run(sql`
      insert into gateway.system (id, name, name_en, unit, area, contact, networks, tls_fingerprints, created_at, created_by, changed_at)
      values (${id}, ${form.name}, ${form.nameEn}, ${form.unit}, ${prepared.area}::text, ${form.contact}, ${form.networks}::text[], ${form.tlsFingerprints}::text[],
        ${now}::timestamptz, ${actor.account}, ${now}::timestamptz) on conflict do nothing`);
    if (made === 0) throw SystemTaken.with();
    await putPermits(db, id, permits);
    await db.emit({ type: 'gateway.system.registered', subject: id });
    return { id };
  },
});

/** Changes a system, or takes it out of use: from this commit on every node refuses what it sends. */
export const changeSystem = route({
  method: 'PUT',
  path: '/api/gateway/systems/:id',
  summary: { zh: '修改外部系统', en: 'Change an outside system' },
  allow: MANAGE,
  assurance: 2,
  params: SystemParams,
  body: Type.Object({ ...SYSTEM_FIELDS, enabled: Type.Boolean() }, { additionalProperties: false }),
  reply: Type.Object({ id: Type.String(), enabled: Type.Boolean() }),
  errors: [NotFound, InvalidInput],
  examples: {
    own: { as: 'system-administrator', params: { id: 'fixture:gateway-system' }, body: { ...example, enabled: true } },
    foreign: { as: 'system-administrator', params: { id: 'nobody-knows' }, body: { ...example, enabled: true } },
  },
  prepare: ({ services, body }) => unitFor(services, body.unit),
  handler: async ({ db, services, params: { id }, body, clock, prepared }) => {
    const { permits, enabled, ...form } = body;
    assertNetworks(form.networks);
    const changed = await db.run(sql`
      update gateway.system set name = ${form.name}, name_en = ${form.nameEn}, unit = ${form.unit}, area = ${prepared.area}::text, contact = ${form.contact},
        networks = ${form.networks}::text[], tls_fingerprints = ${form.tlsFingerprints}::text[], enabled = ${enabled}::boolean, changed_at = ${clock.now()}::timestamptz
      where id = ${id}`);
    if (changed === 0) throw NotFound.with();
    await assertPermits(db, services, permits);
    await putPermits(db, id, permits);
    await db.emit({ type: enabled ? 'gateway.system.changed' : 'gateway.system.disabled', subject: id });
    forgetKeys(services);
    return { id, enabled };
  },
});
