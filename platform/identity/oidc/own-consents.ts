import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSubject } from './client-subjects.ts';
import { revokeFamily } from './items.ts';
import { SAMPLE_CLIENT } from './sample-client.ts';
import { SCOPES } from './scopes.ts';
import { upstreamOf } from './upstream-config.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });

/** Systems that may see something of the caller (我授权过的应用): what, since when, until when. */
export const listOwnConsents = route({
  method: 'GET',
  path: '/api/identity/consents',
  summary: { zh: '我授权过的应用', en: 'Systems that I have allowed' },
  allow: 'signed-in',
  self: true,
  reply: Type.Object({
    consents: Type.Array(
      Type.Object({
        client: Type.String(),
        name: Words,
        unit: Words,
        scopes: Type.Array(Words),
        since: Type.String(),
        until: Type.String(),
        /** It may go on while the person is signed out. */
        lasting: Type.Boolean(),
      }),
    ),
  }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor, clock }) => {
    const now = clock.now();
    const rows = await db.rows<{
      client: string;
      name: string;
      name_en: string;
      unit: string;
      unit_en: string;
      scopes: string[];
      given_at: Date;
      expires_at: Date;
      lasting: boolean;
    }>(sql`
      select s.client, c.name, c.name_en, coalesce(u.name, c.owner) as unit, coalesce(u.name_en, c.owner) as unit_en, s.scopes, s.given_at, s.expires_at,
        exists (select 1 from identity.oidc_item g join identity.oidc_item t on t.grant_digest = g.digest and t.model = 'RefreshToken'
          where g.model = 'Grant' and g.account = s.account and g.client = s.client and t.expires_at > ${now}::timestamptz and t.consumed_at is null) as lasting
      from (
        select account, client, scopes, given_at, expires_at from identity.consent where account = ${actor.account} and expires_at > ${now}::timestamptz
        union all
        select g.account, g.client, array['openid'], min(t.expires_at) - interval '30 days', max(t.expires_at)
        from identity.oidc_item g join identity.oidc_item t on t.grant_digest = g.digest and t.model = 'RefreshToken' and t.consumed_at is null
        where g.model = 'Grant' and g.account = ${actor.account} and t.expires_at > ${now}::timestamptz
          and not exists (select 1 from identity.consent k where k.account = g.account and k.client = g.client and k.expires_at > ${now}::timestamptz)
        group by 1, 2
      ) s join identity.client c on c.id = s.client left join identity.unit u on u.code = c.unit
      order by s.given_at desc, s.client`);
    return {
      consents: rows.map((row) => ({
        client: row.client,
        name: { zh: row.name, en: row.name_en },
        unit: { zh: row.unit, en: row.unit_en },
        scopes: SCOPES.filter(({ id }) => row.scopes.includes(id)).map(({ title }) => title),
        since: row.given_at.toISOString(),
        until: row.expires_at.toISOString(),
        lasting: row.lasting,
      })),
    };
  },
});

/** Takes a consent back (撤销授权): what the system holds is worth nothing from now on. */
export const endOwnConsent = route({
  method: 'DELETE',
  path: '/api/identity/consents/:client',
  summary: { zh: '撤销授权', en: 'Take a consent back' },
  allow: 'signed-in',
  params: Type.Object({ client: Type.String({ pattern: '^[a-z][a-z0-9-]{2,60}$' }) }),
  reply: Type.Object({ ended: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: { as: 'citizen', params: { client: SAMPLE_CLIENT } },
    foreign: { as: 'citizen', params: { client: 'nobody-knows' } },
  },
  handler: async ({ db, actor, params: { client } }) => {
    const consents = await db.run(
      sql`delete from identity.consent where account = ${actor.account} and client = ${client}`,
    );
    const grants = await db.rows<{ digest: string }>(sql`select digest from identity.oidc_item
      where model = 'Grant' and account = ${actor.account} and client = ${client} order by digest`);
    for (const { digest } of grants) await revokeFamily(db, digest);
    await forgetSubject(db, { client, account: actor.account });
    if (consents === 0 && grants.length === 0) throw NotFound.with();
    return { ended: true };
  },
});

/** What the sign-in page offers besides the password. */
export const signInOptions = route({
  method: 'GET',
  path: '/api/identity/sign-in-options',
  summary: { zh: '登录方式', en: 'Ways to sign in' },
  allow: 'public',
  self: true,
  reply: Type.Object({ upstream: Type.Union([Words, Type.Null()]) }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ services }) => ({ upstream: upstreamOf(services.config)?.name ?? null }),
});
