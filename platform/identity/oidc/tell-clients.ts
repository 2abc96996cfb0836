import { systemActor } from '#platform/kernel/actor.ts';
import type { JobHandler, Services } from '#platform/kernel/app.ts';
import { createOutbound } from '#platform/kernel/outbound.ts';
import { sql } from '#platform/kernel/sql.ts';
import { findClient } from './clients.ts';
import { itemContext, type ItemRow, revokeFamily, digestOf } from './items.ts';
import { providerOf } from './provider.ts';

/** A system that does not answer must not hold up the others: they are told one by one, each with its own tries. */
const TELL_MS = 3_000;

/** A session has ended: every system that was opened with it gets a job of its own, and what it was given ends here. */
export const tellClients: JobHandler = {
  name: 'tell-clients',
  attempts: 10,
  async run({ payload: { session }, services, tx }) {
    await tx(async (db) => {
      const rows = await db.rows<ItemRow>(
        sql`select model, digest, account, sealed from identity.oidc_item where sign_on = ${session ?? ''}::uuid for update`,
      );
      for (const row of rows) {
        const { authorizations = {} } = contentOf(services, row);
        for (const [client, { sid, grantId, persistsLogout }] of Object.entries(authorizations)) {
          if (sid && row.account) {
            await db.enqueue({ name: 'tell-client', payload: { client, account: row.account, sid } });
          }
          if (grantId && !persistsLogout) await revokeFamily(db, digestOf(grantId));
        }
        await db.run(sql`delete from identity.oidc_item where model = ${row.model} and digest = ${row.digest}`);
      }
    });
    services.wake();
  },
};

type Authorizations = Record<string, { sid?: string; grantId?: string; persistsLogout?: boolean }>;

function contentOf(services: Services, row: ItemRow): { authorizations?: Authorizations } {
  if (row.sealed === null) return {};
  return JSON.parse(services.keyring.open(row.sealed, itemContext(row.model, row.digest))) as {
    authorizations?: Authorizations;
  };
}

/** Tells one system that the person has signed out (OpenID Connect Back-Channel Logout 1.0). */
export const tellClient: JobHandler = {
  name: 'tell-client',
  attempts: 8,
  async run({ payload: { client: id = '', account = '', sid = '' }, services }) {
    const client = await findClient(services, id);
    if (!client?.backchannel_logout_uri) return;
    const provider = await providerOf(services);
    const found = await provider.Client.find(id);
    if (!found) return;
    const token = new provider.IdToken({ sub: account }, { client: found, ctx: undefined });
    Object.assign(token, { mask: { sub: null } });
    token.set('events', { 'http://schemas.openid.net/event/backchannel-logout': {} });
    token.set('jti', crypto.randomUUID());
    token.set('sid', sid);
    const call = createOutbound({
      targets: [{ origin: new URL(client.backchannel_logout_uri).origin, networks: client.networks }],
      timeoutMs: TELL_MS,
      maxRedirects: 0,
    });
    const { status } = await call(client.backchannel_logout_uri, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: await token.issue({ use: 'logout' }) }).toString(),
    });
    if (status !== 200 && status !== 204) throw new Error(`${id} answered ${status}`);
  },
};

/** Ends what nobody can use any more. */
export async function forgetExpired(services: Services): Promise<void> {
  const now = services.clock.now();
  await services.database.tx({ module: 'identity', actor: systemActor({ name: 'sign-on' }) }, async (db) => {
    await db.run(sql`delete from identity.oidc_item where expires_at < ${now}::timestamptz`);
    await db.run(sql`delete from identity.consent where expires_at < ${now}::timestamptz`);
  });
}
