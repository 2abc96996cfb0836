/**
 * Child process of the bench `token`: the provider with sign-ins that refresh, and bare fastify with the same number of rows read,
 * changed, added and committed for comparison.
 */
import { randomUUID } from 'node:crypto';
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
    kind: 'oidc',
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
    least_level: 1,
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

// The same rows without a provider: a token with its grant and account read; the grant held, the token used up and two added in one
// transaction. A chain of its own for each of the load's.
const pool = new pg.Pool({ connectionString: house.database.adminUrl, max: 10 });
// At the end the database is dropped whoever is still on his way out.
pool.on('error', () => undefined);
await pool.query('create table bench_account (id int primary key, name text not null)');
await pool.query('create table bench_grant (id int primary key, account int not null, text text not null)');
await pool.query(
  `create table bench_token (id text primary key, family int not null, text text not null, expires_at timestamptz not null, used_at timestamptz)`,
);
await pool.query('create index on bench_token (family)');
await pool.query('create index on bench_token (expires_at)');
await pool.query(`insert into bench_account select n, 'name' from generate_series(1, 1000) n`);
await pool.query(`insert into bench_grant select n, n, repeat('x', 150) from generate_series(1, 1000) n`);
const ADD = `insert into bench_token (id, family, text, expires_at) values ($1, $3, $4, now() + interval '1 hour'), ($2, $3, $4, now() + interval '1 hour')`;
const free: string[] = [];
for (let family = 1; family <= CHAINS; family++) {
  const ids = [randomUUID(), randomUUID()] as const;
  await pool.query(ADD, [...ids, family, 'y'.repeat(300)]);
  free.push(ids[0]);
}
const bareServer = fastify();
bareServer.post('/bare', async () => {
  const id = free.shift();
  const db = await pool.connect();
  try {
    const read = `select t.*, g.text as grant_text, a.name from bench_token t join bench_grant g on g.id = t.family join bench_account a on a.id = g.account where t.id = $1`;
    const { rows } = await db.query<{ family: number; text: string }>({ name: 'read', text: read, values: [id] });
    const [row] = rows;
    if (!row) throw new Error('no such token');
    const next = randomUUID();
    await db.query('begin');
    await db.query({
      name: 'hold',
      text: 'select 1 from bench_grant where id = $1 for key share',
      values: [row.family],
    });
    await db.query({
      name: 'use',
      text: 'update bench_token set used_at = now() where id = $1 and used_at is null',
      values: [id],
    });
    await db.query({ name: 'add', text: ADD, values: [next, randomUUID(), row.family, row.text] });
    await db.query('commit');
    free.push(next);
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
