import { isIP } from 'node:net';
import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { type FieldFault, InvalidInput } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { OVERSIGHT_UNIT } from '#platform/catalog/grant-record.ts';
import { findUnit } from '#platform/identity/organisation/find-unit.ts';
import { verifyService } from './service.ts';
import { takeService } from './take-service.ts';

export const SYSTEM_ID = '^[a-z][a-z0-9-]{2,40}$';
export const SystemParams = Type.Object({ id: Type.String({ pattern: SYSTEM_ID }) });

const Count = Type.Union([Type.Integer({ minimum: 1, maximum: 100_000_000 }), Type.Null()]);
export const PermitSchema = Type.Object(
  {
    service: Type.String({ maxLength: 60 }),
    purposes: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 20, uniqueItems: true }),
    fields: Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 40, uniqueItems: true }),
    perMinute: Count,
    perDay: Count,
  },
  { additionalProperties: false },
);
type Permit = Static<typeof PermitSchema>;

/** What is registered of a system besides its keys. */
export const SYSTEM_FIELDS = {
  name: Type.String({ minLength: 2, maxLength: 80 }),
  nameEn: Type.String({ minLength: 2, maxLength: 80 }),
  unit: Type.String({ minLength: 2, maxLength: 60 }),
  contact: Type.String({ minLength: 2, maxLength: 120 }),
  networks: Type.Array(Type.String({ pattern: '^[0-9a-f.:]{2,39}/[0-9]{1,3}$' }), { maxItems: 10 }),
  tlsFingerprints: Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { maxItems: 5 }),
  permits: Type.Array(PermitSchema, { maxItems: 20 }),
};
export const SystemForm = Type.Object(SYSTEM_FIELDS, { additionalProperties: false });
export type SystemForm = Static<typeof SystemForm>;

export const example: SystemForm = {
  name: '人社业务系统',
  nameEn: 'Social security system',
  unit: 'human-resources',
  contact: '科技科 021-0000000',
  networks: [],
  tlsFingerprints: [],
  permits: [
    {
      service: 'verify.person',
      purposes: ['verify-application'],
      fields: ['name', 'birthDate'],
      perMinute: null,
      perDay: null,
    },
  ],
};

/** Systems that somebody may see: of the own unit; all of them for those who register, run and audit the gateway. */
export function visibleSystems(actor: Actor): Sql {
  return visibleOf(actor, sql`s.unit`);
}

/** Messages that somebody may see: of a system that was of the own unit when it sent them. */
export function visibleMessages(actor: Actor): Sql {
  return visibleOf(actor, sql`m.unit`);
}

function visibleOf(actor: Actor, unit: Sql): Sql {
  const all =
    actor.unit === OVERSIGHT_UNIT ||
    ['security-auditor', 'system-administrator', 'security-administrator'].includes(actor.post ?? '');
  return all ? sql`true` : sql`${unit} = ${actor.unit ?? ''}::text`;
}

/** Whether a network in CIDR form is one: an address, and no longer a prefix than the address. */
function isNetwork(network: string): boolean {
  const [base = '', bits = ''] = network.split('/');
  const family = isIP(base);
  return family !== 0 && Number(bits) <= (family === 6 ? 128 : 32);
}

/** The unit as it is today, asked before the transaction. */
export async function unitFor(services: Services, code: string): Promise<{ area: string | null }> {
  const unit = await findUnit(services, code);
  if (unit) return { area: unit.area };
  throw InvalidInput.with({
    fields: [{ pointer: '/unit', rule: 'unit', message: { zh: '没有这个单位', en: 'There is no such unit' } }],
  });
}

/** Refuses networks that are none: a key of such a system could not be asked about. */
export function assertNetworks(networks: readonly string[]): void {
  const fields = networks.flatMap((network, at) =>
    isNetwork(network)
      ? []
      : [
          {
            pointer: `/networks/${at}`,
            rule: 'cidr',
            message: { zh: `${network} 不是网段`, en: `${network} is no network` },
          },
        ],
  );
  if (fields.length > 0) throw InvalidInput.with({ fields });
}

/** Services that need a permit: those that verify, and those that take what is pushed. */
export function permitted(services: Services): { id: string; title: Text; fields: Record<string, { title: Text }> }[] {
  const { registry } = services;
  return [...registry.provided(verifyService), ...registry.provided(takeService)].map(({ value }) => value);
}

/** Refuses permits for what no service can do, or for purposes that the register does not hold. */
export async function assertPermits(db: Db, services: Services, permits: readonly Permit[]): Promise<void> {
  const known = new Map(permitted(services).map((value) => [value.id, value]));
  const faults: FieldFault[] = [];
  const fault = (pointer: string, zh: string, en: string) =>
    faults.push({ pointer, rule: 'known', message: { zh, en } });
  for (const [at, { service, fields, purposes }] of permits.entries()) {
    const found = known.get(service);
    if (!found) fault(`/permits/${at}/service`, '没有这个服务', 'There is no such service');
    else
      for (const [i, name] of fields.entries())
        if (!found.fields[name])
          fault(`/permits/${at}/fields/${i}`, '该服务没有这一项', 'The service has no such field');
    const held = await db.rows<{ code: string }>(
      sql`select code from unnest(${purposes}::text[]) as p(code) where access.purpose_in_force(code)`,
    );
    for (const [i, code] of purposes.entries())
      if (!held.some((p) => p.code === code))
        fault(`/permits/${at}/purposes/${i}`, '目的未登记或已停用', 'The purpose is not registered or was retired');
  }
  if (new Set(permits.map(({ service }) => service)).size !== permits.length)
    fault('/permits', '同一服务写了两次', 'A service stands twice');
  if (faults.length > 0) throw InvalidInput.with({ fields: faults });
}

/** Replaces what a system may do beside granted items. */
export async function putPermits(db: Db, system: string, permits: readonly Permit[]): Promise<void> {
  await db.run(sql`delete from gateway.permit where system = ${system}`);
  for (const { service, purposes, fields, perMinute, perDay } of permits)
    await db.run(sql`insert into gateway.permit (system, service, purposes, fields, per_minute, per_day)
      values (${system}, ${service}, ${purposes}::text[], ${fields}::text[], ${perMinute}::int, ${perDay}::int)`);
}
