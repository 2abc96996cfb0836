import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { fingerprintOf, readPublicKey } from './algorithms.ts';
import { usualLimits } from './limits.ts';
import { permitted, PermitSchema, SYSTEM_FIELDS, SystemParams, visibleSystems } from './system-record.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);
const KeySchema = Type.Object({
  id: Type.String(),
  algorithm: Type.String(),
  fingerprint: Type.String(),
  certificate: Type.Boolean(),
  authority: MaybeText,
  validFrom: Type.String(),
  validUntil: Type.String(),
  /** In force, to come, over, revoked, or of an issuer that is out. */
  state: Type.String(),
  revokedAt: MaybeText,
  revokedReason: MaybeText,
});
const Text = Type.Object({ zh: Type.String(), en: Type.String() });

type KeyRow = {
  system: string;
  id: string;
  algorithm: string;
  fingerprint: string;
  certificate: boolean;
  authority: string | null;
  validFrom: Date;
  validUntil: Date;
  revokedAt: Date | null;
  revokedReason: string | null;
  authorityRevoked: boolean;
};

/** Outside systems (外部系统) with their keys, last call and calls of today: own unit's, or all for those who run the gateway. */
export const listSystems = route({
  method: 'GET',
  path: '/api/gateway/systems',
  summary: { zh: '外部系统及密钥', en: 'Outside systems and their keys' },
  allow: 'gateway.system.read',
  reply: Type.Object({
    systems: Type.Array(
      Type.Object({
        id: Type.String(),
        ...SYSTEM_FIELDS,
        permits: Type.Array(PermitSchema),
        enabled: Type.Boolean(),
        lastCall: MaybeText,
        callsToday: Type.Integer(),
        refusedToday: Type.Integer(),
        keys: Type.Array(KeySchema),
      }),
    ),
    authorities: Type.Array(
      Type.Object({ id: Type.String(), name: Type.String(), validUntil: Type.String(), revokedAt: MaybeText }),
    ),
    nodeKeys: Type.Array(
      Type.Object({ id: Type.String(), algorithm: Type.String(), fingerprint: Type.String(), since: Type.String() }),
    ),
    usual: Type.Object(
      { perMinute: Type.Integer(), perDay: Type.Integer() },
      { description: 'how often a system may call where nothing else was agreed' },
    ),
    services: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Text,
        fields: Type.Array(Type.Object({ name: Type.String(), title: Text })),
      }),
    ),
  }),
  examples: { own: { as: 'system-administrator' } },
  handler: async ({ db, services, actor, clock }) => {
    const now = clock.now();
    const visible = visibleSystems(actor);
    type Row = {
      id: string;
      name: string;
      nameEn: string;
      unit: string;
      contact: string;
      networks: string[];
      tlsFingerprints: string[];
      enabled: boolean;
      lastCall: Date | null;
      callsToday: number;
      refusedToday: number;
      permits: {
        service: string;
        purposes: string[];
        fields: string[];
        perMinute: number | null;
        perDay: number | null;
      }[];
    };
    const systems = await db.rows<Row>(sql`
      select s.id, s.name, s.name_en as "nameEn", s.unit, s.contact, s.networks, s.tls_fingerprints as "tlsFingerprints", s.enabled,
        (select max(m.at) from gateway.message m where m.system = s.id) as "lastCall", t.calls as "callsToday", t.refused as "refusedToday",
        coalesce((select jsonb_agg(jsonb_build_object('service', p.service, 'purposes', p.purposes, 'fields', p.fields, 'perMinute', p.per_minute, 'perDay', p.per_day) order by p.service)
          from gateway.permit p where p.system = s.id), '[]') as permits
      from gateway.system s left join lateral (
        select count(*)::int as calls, count(*) filter (where m.outcome = 'refused')::int as refused from gateway.message m
        where m.system = s.id and m.at >= date_trunc('day', ${now}::timestamptz at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai') t on true
      where ${visible} order by s.enabled desc, s.name, s.id`);
    const keys = await db.rows<KeyRow>(sql`
      select k.system, k.id, k.algorithm, k.fingerprint, k.certificate is not null as certificate, a.name as authority, k.valid_from as "validFrom", k.valid_until as "validUntil",
        k.revoked_at as "revokedAt", k.revoked_reason as "revokedReason", a.revoked_at is not null as "authorityRevoked"
      from gateway.system_key k join gateway.system s on s.id = k.system left join gateway.authority a on a.id = k.authority where ${visible} order by k.created_at desc, k.id`);
    const authorities = await db.rows<{ id: string; name: string; validUntil: Date; revokedAt: Date | null }>(
      sql`select id, name, valid_until as "validUntil", revoked_at as "revokedAt" from gateway.authority order by revoked_at is not null, name`,
    );
    const nodeKeys = await db.rows<{ id: string; algorithm: string; publicKey: string; since: Date }>(
      sql`select id, algorithm, public_key as "publicKey", since from gateway.node_key order by algorithm, since desc`,
    );
    return {
      systems: systems.map((system) => ({
        ...system,
        lastCall: system.lastCall?.toISOString() ?? null,
        keys: keys.filter((key) => key.system === system.id).map((key) => keyView(key, now)),
      })),
      authorities: authorities.map(({ validUntil, revokedAt, ...rest }) => ({
        ...rest,
        validUntil: validUntil.toISOString(),
        revokedAt: revokedAt?.toISOString() ?? null,
      })),
      nodeKeys: nodeKeys.flatMap(({ publicKey, since, ...rest }) => {
        const read = readPublicKey(publicKey);
        return read ? [{ ...rest, fingerprint: fingerprintOf(read), since: since.toISOString() }] : [];
      }),
      usual: await usualLimits(db, now),
      services: permitted(services).map((value) => ({
        id: value.id,
        title: value.title,
        fields: Object.entries(value.fields).map(([name, { title }]) => ({ name, title })),
      })),
    };
  },
});

function keyView({ authorityRevoked, ...key }: KeyRow, now: Date) {
  const state =
    key.revokedAt !== null
      ? 'revoked'
      : authorityRevoked
        ? 'authority-revoked'
        : key.validUntil <= now
          ? 'expired'
          : key.validFrom > now
            ? 'to-come'
            : 'in-force';
  return {
    ...key,
    state,
    validFrom: key.validFrom.toISOString(),
    validUntil: key.validUntil.toISOString(),
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}

/** Whole days of the district that are counted back from today. */
const DAYS = 30;

/** Calls of a system (调用情况) by day, service, purpose and outcome, from the log. */
export const showCalls = route({
  method: 'GET',
  path: '/api/gateway/systems/:id/calls',
  summary: {
    zh: '外部系统的调用情况（按日、服务、用途、结果）',
    en: 'Calls of an outside system by day, service, purpose and outcome',
  },
  allow: 'gateway.system.read',
  params: SystemParams,
  reply: Type.Object({
    system: Type.String(),
    days: Type.Array(
      Type.Object({
        day: Type.String(),
        service: MaybeText,
        item: MaybeText,
        purpose: MaybeText,
        outcome: Type.String(),
        code: MaybeText,
        calls: Type.Integer(),
        subjects: Type.Integer(),
      }),
    ),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'system-administrator', params: { id: 'fixture:gateway-system' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:gateway-system' } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const found = await db.first(
      sql`select 1 as found from gateway.system s where s.id = ${id} and ${visibleSystems(actor)}`,
    );
    if (!found) throw NotFound.with();
    const days = await db.rows<{
      day: string;
      service: string | null;
      item: string | null;
      purpose: string | null;
      outcome: string;
      code: string | null;
      calls: number;
      subjects: number;
    }>(sql`
      select (m.at at time zone 'Asia/Shanghai')::date::text as day, m.service, m.item, m.purpose, m.outcome, m.code, count(*)::int as calls, sum(m.subjects)::int as subjects
      from gateway.message m where m.system = ${id} and m.at >= ${clock.now()}::timestamptz - make_interval(days => ${DAYS}::int)
      group by 1, 2, 3, 4, 5, 6 order by 1 desc, calls desc, 2, 3, 4, 6`);
    return { system: id, days };
  },
});
