import { systemActor } from '#platform/kernel/actor.ts';
import type { JobHandler, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { createOutbound } from '#platform/kernel/outbound.ts';
import { sql } from '#platform/kernel/sql.ts';
import { logoutRequestXml } from '../cas/documents.ts';
import { covers, placeOfService } from '../cas/service.ts';
import { type CasSession, userName } from '../cas/tickets.ts';
import { type Client, findClient } from './clients.ts';
import { itemContext, type ItemRow, revokeFamily, digestOf } from './items.ts';
import { providerOf } from './provider.ts';

/** A system that does not answer must not hold up the others: they are told one by one, each with its own tries. */
const TELL_MS = 3_000;
/** What is needed to tell a system is kept for all the tries of its job. */
const TRIES_MS = 24 * 60 * 60_000;

/** What is read of a row that belongs to a sign-in. */
type OpenedRow = Pick<ItemRow, 'model' | 'digest' | 'client' | 'account' | 'sealed'>;

/** A session has ended: every system that was opened with it gets a job of its own, and what it was given ends here. */
export const tellClients: JobHandler = {
  name: 'tell-clients',
  attempts: 10,
  async run({ payload: { session }, services, tx }) {
    await tx(async (db) => {
      const rows = await db.rows<OpenedRow>(
        sql`select model, digest, client, account, sealed from identity.oidc_item where sign_on = ${session ?? ''}::uuid for update`,
      );
      for (const row of rows) {
        if (row.model === 'CasSession') await leaveToJob({ db, services, row });
        else await endProviderSession({ db, services, row });
      }
    });
    services.wake();
  },
};

/** What was opened by the provider's session of this sign-in. */
async function endProviderSession(options: { db: Db; services: Services; row: OpenedRow }): Promise<void> {
  const { db, services, row } = options;
  const { authorizations = {} } = contentOf(services, row);
  for (const [client, { sid, grantId, persistsLogout }] of Object.entries(authorizations)) {
    if (sid && row.account) {
      await db.enqueue({ name: 'tell-client', payload: { client, account: row.account, sid } });
    }
    if (grantId && !persistsLogout) await revokeFamily(db, digestOf(grantId));
  }
  await db.run(sql`delete from identity.oidc_item where model = ${row.model} and digest = ${row.digest}`);
}

/** A CAS system is known by the ticket that it was opened with: the row stays until the system has been told. */
async function leaveToJob(options: { db: Db; services: Services; row: OpenedRow }): Promise<void> {
  const { db, services, row } = options;
  const { digest, client, account } = row;
  if (client === null || account === null) return;
  await db.enqueue({ name: 'tell-client', payload: { client, account, sid: digest } });
  await db.run(sql`update identity.oidc_item set sign_on = null, expires_at = ${new Date(services.clock.now().getTime() + TRIES_MS)}::timestamptz
    where model = 'CasSession' and digest = ${digest}`);
}

type Authorizations = Record<string, { sid?: string; grantId?: string; persistsLogout?: boolean }>;

function contentOf(services: Services, row: OpenedRow): { authorizations?: Authorizations } {
  if (row.sealed === null) return {};
  return JSON.parse(services.keyring.open(row.sealed, itemContext(row.model, row.digest))) as {
    authorizations?: Authorizations;
  };
}

/** Where a system is told that the person has signed out, with what, and how it says that it has understood. */
type News = { url: string; form: Record<string, string>; understood: (status: number) => boolean };

/** Tells one system that the person has signed out. */
export const tellClient: JobHandler = {
  name: 'tell-client',
  attempts: 8,
  async run({ payload: { client: id = '', account = '', sid = '' }, services }) {
    const client = await findClient(services, id);
    if (!client) return;
    const told = { services, client, account, sid };
    const news = client.kind === 'cas' ? await logoutRequest(told) : await logoutToken(told);
    if (!news) return;
    const call = createOutbound({
      targets: [{ origin: new URL(news.url).origin, networks: client.networks }],
      timeoutMs: TELL_MS,
      keepRedirects: true,
    });
    const { status } = await call(news.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(news.form).toString(),
    });
    if (!news.understood(status)) throw new Error(`${id} answered ${status}`);
    if (client.kind === 'cas') await forgetTold(services, sid);
  },
};

type Told = { services: Services; client: Client; account: string; sid: string };

/** OpenID Connect Back-Channel Logout 1.0. */
async function logoutToken({ services, client, account, sid }: Told): Promise<News | undefined> {
  if (client.backchannel_logout_uri === null) return undefined;
  const provider = await providerOf(services);
  const found = await provider.Client.find(client.id);
  if (!found) return undefined;
  const token = new provider.IdToken({ sub: account }, { client: found, ctx: undefined });
  Object.assign(token, { mask: { sub: null } });
  token.set('events', { 'http://schemas.openid.net/event/backchannel-logout': {} });
  token.set('jti', crypto.randomUUID());
  token.set('sid', sid);
  return {
    url: client.backchannel_logout_uri,
    form: { logout_token: await token.issue({ use: 'logout' }) },
    understood: (status) => status === 200 || status === 204,
  };
}

/** CAS 3.0, 2.3.3: to the service address of the sign-in, or to the one that the registration names for it. */
async function logoutRequest({ services, client, account, sid: digest }: Told): Promise<News | undefined> {
  const row = await services.database.tx({ module: 'identity', actor: systemActor({ name: 'sign-on' }) }, (db) =>
    db.first<{ sealed: string }>(
      sql`select sealed from identity.oidc_item where model = 'CasSession' and digest = ${digest} and client = ${client.id}`,
    ),
  );
  if (!row) return undefined;
  const opened = JSON.parse(services.keyring.open(row.sealed, itemContext('CasSession', digest))) as CasSession;
  const place = placeOfService(opened.service);
  // What is not registered any more is not called either.
  if (place === undefined || !client.redirect_uris.some((uri) => covers(uri, place))) return undefined;
  const user = userName({ services, system: client, account });
  const at = services.clock.now();
  return {
    url: client.backchannel_logout_uri ?? opened.service,
    form: { logoutRequest: logoutRequestXml({ id: `LR-${crypto.randomUUID()}`, at, user, ticket: opened.ticket }) },
    // Many of these systems answer with a page or with a way to sign in: they have read it. Only a faulty one is told again.
    understood: (status) => status < 500,
  };
}

async function forgetTold(services: Services, digest: string): Promise<void> {
  await services.database.tx({ module: 'identity', actor: systemActor({ name: 'sign-on' }) }, (db) =>
    db.run(sql`delete from identity.oidc_item where model = 'CasSession' and digest = ${digest}`),
  );
}

/** Ends what nobody can use any more. */
export async function forgetExpired(services: Services): Promise<void> {
  const now = services.clock.now();
  await services.database.tx({ module: 'identity', actor: systemActor({ name: 'sign-on' }) }, async (db) => {
    await db.run(sql`delete from identity.oidc_item where expires_at < ${now}::timestamptz`);
    await db.run(sql`delete from identity.consent where expires_at < ${now}::timestamptz`);
  });
}
