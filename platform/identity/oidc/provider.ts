import Provider, { type Client as LibraryClient, type KoaContextWithOIDC } from 'oidc-provider';
import type { Services } from '#platform/kernel/app.ts';
import { overTls } from '#platform/kernel/cookies.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { ABSOLUTE_MS } from '../session.ts';
import { adapterFor } from './adapter.ts';
import { findAccount } from './claims.ts';
import { pairwiseSubject } from './client-subjects.ts';
import { secretHash } from './clients.ts';
import { existingGrant } from './consent.ts';
import { issuerOf } from './issuer.ts';
import { gatherWrites } from './gather-writes.ts';
import { logoutPage, problemPage, signedOutPage } from './pages.ts';
import { ACR_VALUES, prompts } from './prompts.ts';
import { SCOPES } from './scopes.ts';
import { keySetMark, signingKeys } from './signing-keys.ts';

/** How far two clocks may differ (S11: ±30 s are tolerated). */
export const CLOCK_TOLERANCE_S = 30;
/** Other processes see a new key set within this time; it stands a minute before it signs. */
const LOOK_MS = 5_000;
const DAY_S = 24 * 60 * 60;

type Held = { provider: Provider; mark: string; issuer: string; looked: number };
const held = new WeakMap<Services, Held>();
const making = new WeakMap<Services, Promise<Provider>>();

/** The provider of this process, made anew when its keys have changed. */
export async function providerOf(services: Services): Promise<Provider> {
  const now = Date.now();
  const known = held.get(services);
  if (known && known.issuer === issuerOf(services) && now - known.looked < LOOK_MS) return known.provider;
  const running = making.get(services);
  if (running) return running;
  const next = renew(services, known).finally(() => making.delete(services));
  making.set(services, next);
  return next;
}

/** Looks at the keys again with the next request. */
export function forgetProvider(services: Services): void {
  const known = held.get(services);
  if (known) known.looked = 0;
}

async function renew(services: Services, known: Held | undefined): Promise<Provider> {
  const issuer = issuerOf(services);
  const keys = await signingKeys(services);
  const mark = await keySetMark(services);
  const provider =
    known && known.issuer === issuer && known.mark === mark ? known.provider : build({ services, issuer, keys });
  held.set(services, { provider, mark, issuer, looked: Date.now() });
  return provider;
}

function build(options: {
  services: Services;
  issuer: string;
  keys: Awaited<ReturnType<typeof signingKeys>>;
}): Provider {
  const { services, issuer, keys } = options;
  const { config, keyring } = services;
  const secure = overTls(config);
  const cookie = { httpOnly: true, sameSite: 'lax', secure, signed: true } as const;
  const provider = new Provider(issuer, {
    adapter: adapterFor(services),
    jwks: { keys },
    scopes: SCOPES.map(({ id }) => id),
    claims: {
      ...Object.fromEntries(SCOPES.map(({ id, claims }) => [id, [...claims]])),
      // How sure the provider is, how and when it was proved: every system is told.
      openid: ['sub', 'acr', 'amr', 'auth_time'],
      iss: null,
      sid: null,
    },
    acrValues: [...ACR_VALUES],
    responseTypes: ['code'],
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: (_ctx, account, { clientId: client }) => pairwiseSubject({ services, client, account }),
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    pkce: { required: () => true },
    clockTolerance: CLOCK_TOLERANCE_S,
    allowOmittingSingleRegisteredRedirectUri: false,
    conformIdTokenClaims: false,
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    expiresWithSession: async (_ctx, source) => !source.scopes.has('offline_access'),
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256', 'ES256'],
      clientAuthSigningAlgValues: ['RS256', 'ES256', 'PS256'],
    },
    ttl: {
      AccessToken: 10 * 60,
      AuthorizationCode: 60,
      ClientCredentials: 10 * 60,
      IdToken: 10 * 60,
      Interaction: (_ctx, interaction) => {
        // When it was asked, to the millisecond: only what is proved later answers it.
        Object.assign(interaction.prompt.details, { askedAt: services.clock.now().getTime() });
        return 15 * 60;
      },
      Session: ABSOLUTE_MS / 1000,
      Grant: 180 * DAY_S,
      RefreshToken: 30 * DAY_S,
    },
    cookies: {
      keys: [keyring.lookup('oidc-cookie', issuer)],
      names: { session: secure ? '__Host-op' : 'op', interaction: 'op_interaction', resume: 'op_resume' },
      long: cookie,
      short: cookie,
    },
    routes: {
      authorization: '/oidc/auth',
      token: '/oidc/token',
      userinfo: '/oidc/me',
      jwks: '/oidc/jwks',
      revocation: '/oidc/token/revocation',
      introspection: '/oidc/token/introspection',
      pushed_authorization_request: '/oidc/request',
      end_session: '/oidc/session/end',
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: { enabled: false },
      claimsParameter: { enabled: false },
      // For systems that ask in their own name; their registration says which (`clients.ts`).
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      pushedAuthorizationRequests: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: logoutPage, postLogoutSuccessSource: signedOutPage },
      userinfo: { enabled: true },
      // The keys of signing-keys.ts that sign by themselves.
      externalSigningSupport: { enabled: true, ack: 'experimental-01' },
    },
    interactions: {
      policy: prompts(services),
      url: (_ctx, interaction) => `/oidc/interaction/${interaction.uid}`,
    },
    findAccount: (_ctx, sub) => findAccount(services, sub),
    loadExistingGrant: (ctx) => existingGrant(services, ctx),
    renderError: problemPage,
    // Nothing of a client is fetched: its keys stand in the register.
    fetch: async () => {
      throw new Error('the provider fetches nothing');
    },
  });
  keepSecretsHashed(provider);
  leaveNewsToJobs(provider, services);
  // Scheme and host are set by the mount from the configuration, whatever a request says.
  provider.proxy = true;
  provider.use(gatherWrites(services));
  provider.on('server_error', (ctx: KoaContextWithOIDC, error: Error) =>
    services.log.warn({ err: error.message, route: ctx.oidc?.route }, 'provider error'),
  );
  return provider;
}

/** What the register holds of a secret is its digest. */
function keepSecretsHashed(provider: Provider): void {
  const { prototype } = provider.Client as unknown as { prototype: LibraryClient & { clientSecret?: string } };
  const plain = prototype.compareClientSecret;
  Object.defineProperty(prototype, 'compareClientSecret', {
    value(this: LibraryClient, given: string) {
      return plain.call(this, secretHash(given));
    },
  });
}

/** Systems are told of a sign-out by a job, which tries again; the person does not wait for them. */
function leaveNewsToJobs(provider: Provider, services: Services): void {
  const { prototype } = provider.Client as unknown as { prototype: LibraryClient };
  Object.defineProperty(prototype, 'backchannelLogout', {
    async value(this: LibraryClient, account: string, sid: string) {
      const client = this.clientId;
      await services.database.tx({ module: 'identity', actor: systemActor({ name: 'sign-on' }) }, (db) =>
        db.enqueue({ name: 'tell-client', payload: { client, account, sid } }),
      );
      services.wake();
    },
  });
}
