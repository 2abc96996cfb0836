import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readDemoAccounts } from '../demo-accounts.ts';
import { newSecret, putClient } from './clients.ts';
import { CONSENT_MS } from './consent.ts';

/** A system that stands in the register of a sample district, so that its pages have something to show. */
export const SAMPLE_CLIENT = 'sample-library';

/** A legacy system (老系统) of the sample district, that signs people in by CAS. */
const SAMPLE_CAS_CLIENT = 'sample-old-office';

/** Registers it, with a consent of the first demo resident; its secret is known to nobody. */
export async function seedSampleClient(options: { db: Db; services: Services }): Promise<void> {
  const { db, services } = options;
  if (!services.config.sample) return;
  if (await db.first(sql`select 1 as found from identity.client where id = ${SAMPLE_CLIENT}`)) return;
  const now = services.clock.now();
  await putClient(db, {
    kind: 'oidc',
    id: SAMPLE_CLIENT,
    name: '区图书馆读者服务（样例）',
    name_en: 'District library, readers (sample)',
    unit: null,
    owner: '区图书馆（样例）',
    redirect_uris: ['http://127.0.0.1:9/callback'],
    post_logout_redirect_uris: [],
    backchannel_logout_uri: null,
    networks: [],
    scopes: ['openid', 'profile'],
    secret_hash: newSecret().hash,
    jwks: null,
    consent: 'ask',
    subject_type: 'pairwise',
    signed_alg: 'RS256',
    least_level: 1,
    now,
  });
  const resident = readDemoAccounts(services.config.root).find(({ post }) => post === 'citizen');
  if (!resident) return;
  await db.run(sql`insert into identity.consent (account, client, scopes, given_at, expires_at)
    select account, ${SAMPLE_CLIENT}, '{openid,profile}', ${now}::timestamptz, ${new Date(now.getTime() + CONSENT_MS)}::timestamptz
    from identity.account where account = ${resident.account} on conflict do nothing`);
}

/** Registers the legacy system, of a unit that keeps data. */
export async function seedSampleCasClient(options: { db: Db; services: Services }): Promise<void> {
  const { db, services } = options;
  const unit = readDemoAccounts(services.config.root).find(({ post }) => post === 'data-officer')?.unit;
  if (!services.config.sample || unit === undefined) return;
  if (await db.first(sql`select 1 as found from identity.client where id = ${SAMPLE_CAS_CLIENT}`)) return;
  await putClient(db, {
    kind: 'cas',
    id: SAMPLE_CAS_CLIENT,
    name: '旧办公系统（样例）',
    name_en: 'Old office system (sample)',
    unit,
    owner: null,
    redirect_uris: ['http://127.0.0.1:9/office/'],
    post_logout_redirect_uris: [],
    backchannel_logout_uri: null,
    networks: [],
    scopes: ['openid', 'profile', 'post'],
    secret_hash: null,
    jwks: null,
    consent: 'task',
    subject_type: 'pairwise',
    signed_alg: 'RS256',
    least_level: 1,
    now: services.clock.now(),
  });
}
