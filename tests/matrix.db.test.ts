import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POSTS, type Post, systemActor } from '#platform/kernel/actor.ts';
import type { Example, Route } from '#platform/kernel/app.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, cookieNow } from '#platform/kernel/testing.ts';
import { readPolicies } from '#platform/access/policy/read-policies.ts';
import { postsHolding } from '#platform/access/policy/rules.ts';
import { forgetSessions } from '#platform/identity/authenticate.ts';
import { EXAMPLE_CHALLENGE } from '#platform/identity/passkeys/examples.ts';
import { keepChallenge } from '#platform/identity/passkeys/verify.ts';
import { EXAMPLE_RESET, EXAMPLE_RESET_ACCOUNT, EXAMPLE_RESET_HALVES } from '#platform/identity/reset/examples.ts';
import { halfDigest } from '#platform/identity/reset/reset-code.ts';
import { EXAMPLE_SECRET } from '#platform/identity/second-factor/examples.ts';
import { totpContext } from '#platform/identity/second-factor/use-code.ts';
import { sessionIn } from '#platform/identity/session.ts';
import { manifests } from '../manifests.ts';
import { cookieOf, openSeededHouse, type SeededHouse } from './fixture.ts';

/*
 * Route × post × whose row, made from the manifests: nobody writes these cases, so no route can be forgotten.
 * Refusals come first, then reads, then writes in the order of the manifests.
 */
const registry = createRegistry(manifests);
const policies = readPolicies(registry, readConfig({}).root).files.flatMap((file) => file.policies);
const routes = registry.routes().map(({ route }) => route);
const counts = { own: 0, foreign: 0, forbidden: 0, anonymous: 0 };

let house: SeededHouse;
beforeAll(async () => {
  house = await openSeededHouse();
}, 300_000);
afterAll(async () => {
  console.log(
    `matrix: ${routes.length} routes, ${counts.own} own, ${counts.foreign} foreign, ${counts.forbidden} forbidden, ${counts.anonymous} anonymous`,
  );
  await house?.close();
});

const nameOf = (route: Route): string => `${route.method} ${route.path}`;
const exampleOf = async (example: Route['examples']['own']): Promise<Example> =>
  house.fill(typeof example === 'function' ? await example() : example);

async function send(route: Route, example: Example, as: Post | 'anonymous' = example.as) {
  const path = route.path.replaceAll(/:(\w+)/g, (_match, name: string) =>
    encodeURIComponent(example.params?.[name] ?? 'missing'),
  );
  const query = example.query ? `?${new URLSearchParams(example.query).toString()}` : '';
  return call(house, {
    method: route.method,
    url: `${path}${query}`,
    body: example.body,
    cookie: as === 'anonymous' ? undefined : await cookieOf({ house, example, as }),
    purpose: example.purpose,
    headers: route.body === 'stream' ? { 'content-type': 'application/octet-stream' } : undefined,
  });
}

/** The same request for something that cannot exist: where own and foreign differ, the value is made up. */
function absent(own: Example, foreign: Example): Example {
  const replace = (mine: Record<string, string> = {}, other: Record<string, string> = {}) =>
    Object.fromEntries(
      Object.entries(other).map(([name, value]) => [name, mine[name] === value ? value : nothingLike(value)]),
    );
  return { ...foreign, params: replace(own.params, foreign.params), query: replace(own.query, foreign.query) };
}

function nothingLike(value: string): string {
  if (/^[0-9a-f]{8}-/.test(value)) return crypto.randomUUID();
  return /\d{3}$/.test(value) ? value.replace(/\d{3}$/, '999') : `${value}-absent`;
}

const postsOf = (route: Route): readonly Post[] =>
  route.allow === 'public' || route.allow === 'signed-in' ? POSTS : (postsHolding(policies, route.allow) as Post[]);

/** State that a write needs, where the writes before it left another. */
const before: Record<string, () => Promise<void>> = {
  'POST /api/catalog/grants': () => grantState('revoked'),
  'POST /api/catalog/grants/:id/approve': () => grantState('requested'),
  'POST /api/catalog/grants/:id/revoke': () => grantState('approved'),
  'POST /api/catalog/grants/:id/refuse': () => grantState('requested'),
  'POST /api/community/relief': async () => {
    await grantState('approved');
    await house.services.database.tx({ module: 'catalog', actor: systemActor({ name: 'matrix' }) }, (db) =>
      db.run(
        sql`select share.apply(id) from catalog.grant where taker = 'community' and name in ('resident', 'household')`,
      ),
    );
  },
  'POST /api/ops/shift/give': async () => {
    await house.services.database.tx({ module: 'ops', actor: systemActor({ name: 'matrix' }) }, (db) =>
      db.run(sql`update ops.shift set given_by = null, given_at = null`),
    );
  },
  'POST /api/identity/second-factor/totp': () => authenticatorOf('security-auditor'),
  'POST /api/identity/second-factor/totp/confirm': () => authenticatorOf('security-auditor'),
  'POST /api/identity/second-factor/recovery-codes': () => authenticatorOf('security-auditor'),
  'DELETE /api/identity/second-factor/totp': () => authenticatorOf('security-auditor'),
  'POST /api/identity/password': () => authenticatorOf('security-auditor'),
  'POST /api/identity/passkeys': async () => {
    await authenticatorOf('security-auditor');
    await challenged('register', 'auditor.li');
  },
  'POST /api/identity/login/passkey': () => challenged('assert', undefined),
  'POST /api/identity/step-up/passkey': () => challenged('assert', 'auditor.li'),
  'POST /api/identity/passkeys/options': () => authenticatorOf('security-auditor'),
  'DELETE /api/identity/passkeys/:id': () => authenticatorOf('security-auditor'),
  'POST /api/identity/resets/:id/confirm': () => resetOf('requested'),
  'POST /api/identity/resets/:id/cancel': () => resetOf('issued'),
  'POST /api/identity/reset': () => resetOf('issued'),
  'POST /api/identity/resets': () => noReset(),
  'POST /api/identity/step-up': () => authenticatorOf('security-auditor'),
};

const challenged = (purpose: 'register' | 'assert', account: string | undefined): Promise<void> =>
  keepChallenge({ services: house.services, challenge: EXAMPLE_CHALLENGE, purpose, account });

async function noReset(): Promise<void> {
  await house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'matrix' }) }, (db) =>
    db.run(sql`delete from identity.reset where account = ${EXAMPLE_RESET_ACCOUNT}`),
  );
}

/** The example's reset, as its first step or the second leaves it. */
async function resetOf(state: 'requested' | 'issued'): Promise<void> {
  await noReset();
  const { services } = house;
  const [first, second] = EXAMPLE_RESET_HALVES.map((half, at) =>
    halfDigest(services, { id: EXAMPLE_RESET, half, place: at === 0 ? 1 : 2 }),
  );
  const issued = state === 'issued';
  await services.database.tx({ module: 'identity', actor: systemActor({ name: 'matrix' }) }, (db) =>
    db.run(sql`insert into identity.reset (id, account, what, way, proof, reason, requested_by, requested_at, first_digest, expires_at,
        confirmed_by, confirmed_at, second_digest)
      values (${EXAMPLE_RESET}::uuid, ${EXAMPLE_RESET_ACCOUNT}, 'password', 'administrators', 'card', 'matrix', 'admin.system', now(), ${first ?? ''},
        now() + interval '1 hour', ${issued ? 'admin.security' : null}::text, case when ${issued}::boolean then now() end,
        ${issued ? (second ?? '') : null}::text)`),
  );
}

/** An account with the example's authenticator, confirmed and pending, in sessions that were just raised. */
async function authenticatorOf(post: Post): Promise<void> {
  const { services } = house;
  await services.database.tx({ module: 'identity', actor: systemActor({ name: 'matrix' }) }, async (db) => {
    const { account } = await db.one<{ account: string }>(
      sql`select account from identity.session where token_hash = ${sessionIn(cookieNow(house, house.cookies[post]), services.config) ?? ''}`,
    );
    const sealed = services.keyring.seal(EXAMPLE_SECRET, totpContext(account));
    await db.run(sql`insert into identity.totp (account, secret, confirmed_at, pending, pending_at)
      values (${account}, ${sealed}, now(), ${sealed}, now()) on conflict (account) do update
      set secret = excluded.secret, confirmed_at = now(), pending = excluded.pending, pending_at = now(), last_step = 0`);
    await db.run(
      sql`update identity.session set assurance = 2, assured_until = now() + interval '10 minutes' where account = ${account}`,
    );
  });
  forgetSessions(services);
}

async function grantState(state: string): Promise<void> {
  await house.services.database.tx({ module: 'catalog', actor: systemActor({ name: 'matrix' }) }, (db) =>
    db.run(
      sql`update catalog.grant set state = ${state} where taker = 'community' and name in ('resident', 'household')`,
    ),
  );
}

describe('the test matrix', () => {
  it('has a positive case for every route, called by a post that holds the action', async () => {
    for (const route of routes) {
      const own = await exampleOf(route.examples.own);
      expect(own, nameOf(route)).toBeDefined();
      if (route.allow !== 'public') expect(postsOf(route), nameOf(route)).toContain(own.as);
    }
  });

  describe('without signing in', () => {
    it.each(routes.filter((route) => route.allow !== 'public').map((route) => [nameOf(route), route] as const))(
      '%s asks to sign in',
      async (_name, route) => {
        const reply = await send(route, await exampleOf(route.examples.own), 'anonymous');
        expect(reply.json()).toMatchObject({ status: 401, code: 'SIGN_IN_REQUIRED' });
        counts.anonymous += 1;
      },
    );
  });

  describe('with a post that the action does not name', () => {
    const cases = routes.flatMap((route) =>
      POSTS.filter((post) => !postsOf(route).includes(post)).map((post) => [nameOf(route), post, route] as const),
    );
    it.each(cases)('%s refuses %s', async (_name, post, route) => {
      const reply = await send(route, await exampleOf(route.examples.own), post);
      expect(reply.json()).toMatchObject({ status: 403, code: 'FORBIDDEN', permission: route.allow });
      counts.forbidden += 1;
    });
  });

  describe('for what belongs to others', () => {
    it.each(routes.filter((route) => route.examples.foreign).map((route) => [nameOf(route), route] as const))(
      '%s answers as for nothing',
      async (_name, route) => {
        const own = await exampleOf(route.examples.own);
        const foreign = await exampleOf(route.examples.foreign ?? own);
        const there = await send(route, foreign);
        const nothing = await send(route, absent(own, foreign));
        expect(there.statusCode, there.body).toBe(404);
        expect({ ...there.json(), trace: '' }).toEqual({ ...nothing.json(), trace: '' });
        counts.foreign += 1;
      },
    );
  });

  describe('for what is one’s own', () => {
    const ordered = [
      ...routes.filter((route) => route.method === 'GET'),
      ...routes.filter((route) => route.method !== 'GET'),
    ];
    it.each(ordered.map((route) => [nameOf(route), route] as const))('%s answers', async (name, route) => {
      await before[name]?.();
      const reply = await send(route, await exampleOf(route.examples.own));
      expect(reply.statusCode, reply.body).toBe(route.status ?? 200);
      counts.own += 1;
    });
  });
});
