import { hash, randomBytes } from 'node:crypto';
import type { AdapterPayload } from 'oidc-provider';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { ownOrigins } from './issuer.ts';
import { DECIDE } from './scopes.ts';

/** The platform's own web, first of all systems that sign people in here. */
export const WEB_CLIENT = 'district-web';
/** A change of the register is seen by other processes within this time. */
const CACHE_MS = 2_000;

/** A system that signs people in here (接入应用). */
export type Client = {
  id: string;
  /** By which protocol: OpenID Connect, or CAS for legacy systems (老系统). */
  kind: 'oidc' | 'cas';
  name: string;
  name_en: string;
  unit: string | null;
  owner: string | null;
  /** Of a CAS system: its service addresses. */
  redirect_uris: string[];
  post_logout_redirect_uris: string[];
  backchannel_logout_uri: string | null;
  networks: string[];
  scopes: string[];
  secret_hash: string | null;
  jwks: string | null;
  /** 'ask' the person, 'task' of a unit of the district, 'own' part of the platform. */
  consent: 'ask' | 'task' | 'own';
  subject_type: 'pairwise' | 'public';
  signed_alg: 'RS256' | 'ES256';
  /** Least level of assurance of a system that cannot ask for one. */
  least_level: number;
  enabled: boolean;
};

const COLUMNS = sql`id, kind, name, name_en, unit, owner, redirect_uris, post_logout_redirect_uris, backchannel_logout_uri, networks, scopes, secret_hash,
  jwks::text as jwks, consent, subject_type, signed_alg, least_level, enabled`;

type Cached = { until: number; client: Client | undefined };
const caches = new WeakMap<Services, Map<string, Cached>>();

/** Forgets what was read of the register. */
export function forgetClients(services: Services): void {
  caches.get(services)?.clear();
}

/** A client that may be used now. */
export async function findClient(services: Services, id: string): Promise<Client | undefined> {
  let cache = caches.get(services);
  if (!cache) caches.set(services, (cache = new Map()));
  const now = Date.now();
  const known = cache.get(id);
  if (known && known.until > now) return known.client;
  const client = id === WEB_CLIENT ? webClient(services) : await readClient(services, id);
  if (cache.size > 1000) cache.clear();
  cache.set(id, { until: now + CACHE_MS, client });
  return client;
}

async function readClient(services: Services, id: string): Promise<Client | undefined> {
  const actor = systemActor({ name: 'clients' });
  return services.database.tx({ module: 'identity', actor, readOnly: true }, (db) =>
    db.first<Client>(sql`select ${COLUMNS} from identity.client where id = ${id} and enabled`),
  );
}

/** CAS systems with a registered address that this one begins with; what exactly they cover is for `cas/service.ts`. */
export async function casClientsAt(services: Services, place: string): Promise<Client[]> {
  const actor = systemActor({ name: 'clients' });
  return services.database.tx({ module: 'identity', actor, readOnly: true }, (db) =>
    db.rows<Client>(sql`select ${COLUMNS} from identity.client
      where kind = 'cas' and enabled and exists (select 1 from unnest(redirect_uris) as r(uri) where starts_with(${place}, r.uri)) order by id`),
  );
}

/** The web is part of this installation: its entry follows from the configuration and cannot be changed. */
function webClient(services: Services): Client {
  const origins = ownOrigins(services);
  return {
    id: WEB_CLIENT,
    kind: 'oidc',
    name: '智慧城区',
    name_en: 'Smart District',
    unit: null,
    owner: '智慧城区',
    redirect_uris: origins.map((origin) => `${origin}/oidc/web/callback`),
    post_logout_redirect_uris: origins.map((origin) => `${origin}/`),
    backchannel_logout_uri: null,
    networks: [],
    scopes: ['openid'],
    secret_hash: secretHash(webSecret(services)),
    jwks: null,
    consent: 'own',
    subject_type: 'public',
    signed_alg: 'ES256',
    least_level: 1,
    enabled: true,
  };
}

/** Known to whoever holds the key file, so to every process of this installation and to nobody else. */
export function webSecret(services: Services): string {
  return services.keyring.lookup('oidc-client-secret', WEB_CLIENT);
}

/** 256 random bits: a plain digest cannot be reversed by guessing. */
export function newSecret(): { secret: string; hash: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: secretHash(secret) };
}

export function secretHash(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** What the provider library reads of a client (OpenID Connect Dynamic Client Registration 1.0, section 2). */
export async function clientMetadata(services: Services, id: string): Promise<AdapterPayload | undefined> {
  const client = await findClient(services, id);
  if (client?.kind !== 'oidc') return undefined;
  const method = client.jwks ? 'private_key_jwt' : client.secret_hash ? 'client_secret_basic' : 'none';
  const grants = ['authorization_code'];
  if (client.scopes.includes('offline_access')) grants.push('refresh_token');
  if (client.scopes.includes(DECIDE) && method !== 'none') grants.push('client_credentials');
  return {
    client_id: client.id,
    client_name: client.name,
    application_type: 'web',
    redirect_uris: client.redirect_uris,
    post_logout_redirect_uris: client.post_logout_redirect_uris,
    response_types: ['code'],
    grant_types: grants,
    scope: client.scopes.join(' '),
    token_endpoint_auth_method: method,
    ...(client.secret_hash && !client.jwks ? { client_secret: client.secret_hash } : {}),
    ...(client.jwks ? { jwks: JSON.parse(client.jwks) as { keys: Record<string, unknown>[] } } : {}),
    subject_type: client.subject_type,
    id_token_signed_response_alg: client.signed_alg,
    ...(client.backchannel_logout_uri
      ? { backchannel_logout_uri: client.backchannel_logout_uri, backchannel_logout_session_required: true }
      : {}),
  };
}

/** Writes a client into the register; the rules are checked by `client-rules.ts` before. */
export async function putClient(db: Db, client: Omit<Client, 'enabled'> & { now: Date }): Promise<void> {
  await db.run(sql`insert into identity.client (id, kind, name, name_en, unit, owner, redirect_uris, post_logout_redirect_uris, backchannel_logout_uri, networks,
      scopes, secret_hash, jwks, consent, subject_type, signed_alg, least_level, created_at, changed_at)
    values (${client.id}, ${client.kind}, ${client.name}, ${client.name_en}, ${client.unit}::text, ${client.owner}::text, ${client.redirect_uris}::text[],
      ${client.post_logout_redirect_uris}::text[], ${client.backchannel_logout_uri}::text, ${client.networks}::text[], ${client.scopes}::text[],
      ${client.secret_hash}::text, ${client.jwks === null ? null : json(JSON.parse(client.jwks))}::text::jsonb, ${client.consent}, ${client.subject_type},
      ${client.signed_alg}, ${client.least_level}::int, ${client.now}::timestamptz, ${client.now}::timestamptz)`);
}
