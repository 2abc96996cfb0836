import { BlockList, isIP } from 'node:net';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type PublicKey, readPublicKey } from './algorithms.ts';

/** A registered key with the system (外部系统) that signs with it, as read a moment ago. */
export type SystemKey = {
  id: string;
  key: PublicKey;
  system: string;
  name: string;
  unit: string;
  area: string | null;
  networks: string[];
  tls: string[];
  enabled: boolean;
  validFrom: Date;
  validUntil: Date;
  revoked: boolean;
  permits: { service: string; purposes: string[]; fields: string[]; perMinute: number | null; perDay: number | null }[];
};

type Row = Omit<SystemKey, 'key'> & { publicKey: string };

/** Only saves questions: whether a key holds is asked again in the transaction that takes the message. */
const CACHE_MS = 2_000;
const MOST_KEPT = 2_000;
type Cached = { until: number; key: SystemKey | undefined };
const caches = new WeakMap<Services, Map<string, Cached>>();

export function forgetKeys(services: Services): void {
  caches.get(services)?.clear();
}

/** The key with this id, also one that does not hold any more. */
export async function findKey(services: Services, id: string): Promise<SystemKey | undefined> {
  let cache = caches.get(services);
  if (!cache) caches.set(services, (cache = new Map()));
  const known = cache.get(id);
  if (known && known.until > Date.now()) return known.key;
  const [row] = await services.database.ask<Row>(
    { module: 'gateway', actor: systemActor({ name: 'gateway' }) },
    sql`select k.id, k.public_key as "publicKey", k.system, s.name, s.unit, s.area, s.networks, s.tls_fingerprints as tls, s.enabled,
      greatest(k.valid_from, a.valid_from) as "validFrom", least(k.valid_until, a.valid_until) as "validUntil",
      k.revoked_at is not null or a.revoked_at is not null as revoked,
      coalesce((select jsonb_agg(jsonb_build_object('service', p.service, 'purposes', p.purposes, 'fields', p.fields, 'perMinute', p.per_minute, 'perDay', p.per_day))
        from gateway.permit p where p.system = s.id), '[]') as permits
    from gateway.system_key k join gateway.system s on s.id = k.system left join gateway.authority a on a.id = k.authority where k.id = ${id}`,
  );
  const parsed = row && readPublicKey(row.publicKey);
  const key = row && parsed && { ...row, key: parsed };
  if (cache.size > MOST_KEPT) cache.clear();
  cache.set(id, { until: Date.now() + CACHE_MS, key });
  return key;
}

/** Whether an address lies in one of the networks; without any every address does. */
export function inNetworks(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  const plain = address.replace(/^::ffff:/, '');
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits = ''] = network.split('/');
    list.addSubnet(base, Number(bits), isIP(base) === 6 ? 'ipv6' : 'ipv4');
  }
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}
