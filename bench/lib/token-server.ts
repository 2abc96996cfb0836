/**
 * Child process of the bench `token`: the provider with sign-ins that refresh, and bare fastify with one row read and two rows
 * written and committed for comparison.
 */
import { fastify } from 'fastify';
import pg from 'pg';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { identity } from '#platform/identity/app.ts';
import { newSecret, putClient } from '#platform/identity/oidc/clients.ts';
import { providerOf } from '#platform/identity/oidc/provider.ts';
import { openBenchHouse } from './bench-house.ts';

export type TokenReady = { url: string; bare: string; authorization: string; tokens: string[] };
type Message = 'close';

const CHAINS = 16;
const house = await openBenchHouse({ name: 'token', manifests: [identity, access, audit] });
const url = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
const { services } = house;
const { secret, hash } = newSecret();
await services.database.tx({ module: 'identity', actor: systemActor({ name: 'bench' }) }, (db) =>
  putClient(db, {
    id: 'bench',
    name: '测试系统',
    name_en: 'Bench',
    unit: null,
    owner: '测试单位',
    redirect_uris: ['http://127.0.0.1:9/callback'],
    post_logout_redirect_uris: [],
    backchannel_logout_uri: null,
    networks: [],
    scopes: ['openid', 'profile', 'offline_access'],
    secret_hash: hash,
    jwks: null,
    consent: 'ask',
    subject_type: 'pairwise',
    signed_alg: 'ES256',
    now: services.clock.now(),
  }),
);
const provider = await providerOf(services);
const client = await provider.Client.find('bench');
if (!client) throw new Error('no client');
const tokens: string[] = [];
for (let chain = 0; chain < CHAINS; chain++) {
  const grant = new provider.Grant({ accountId: 'citizen.wei', clientId: 'bench' });
  grant.addOIDCScope('openid profile offline_access');
  const grantId = await grant.save();
  const token = new provider.RefreshToken({
    accountId: 'citizen.wei',
    client,
    grantId,
    gty: 'authorization_code',
    scope: 'openid profile offline_access',
    acr: '1',
    amr: ['pwd'],
    authTime: Math.floor(Date.now() / 1000),
    rotations: 0,
  } as never);
  tokens.push(await token.save());
}

const pool = new pg.Pool({ connectionString: house.database.adminUrl, max: 10 });
await pool.query('create table bench_row (id bigserial primary key, text text not null, used timestamptz)');
await pool.query("insert into bench_row (text) select repeat('x', 300) from generate_series(1, 1000)");
const bareServer = fastify();
bareServer.post('/bare', async () => {
  const db = await pool.connect();
  try {
    const id = 1 + Math.floor(Math.random() * 1000);
    await db.query({ name: 'read', text: 'select id, text from bench_row where id = $1', values: [id] });
    await db.query('begin');
    await db.query({ name: 'write', text: 'insert into bench_row (text) values ($1)', values: ['y'.repeat(300)] });
    await db.query('commit');
    return { ok: true };
  } finally {
    db.release();
  }
});
const bare = await bareServer.listen({ host: '127.0.0.1', port: 0 });

process.on('message', async (message: Message) => {
  if (message !== 'close') return;
  await bareServer.close();
  await pool.end();
  await house.close();
  process.disconnect();
});
const authorization = `Basic ${Buffer.from(`bench:${secret}`).toString('base64')}`;
process.send?.({ url, bare, authorization, tokens } satisfies TokenReady);
