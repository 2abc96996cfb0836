import * as oidc from 'openid-client';
import type { Services } from '#platform/kernel/app.ts';
import { createOutbound } from '#platform/kernel/outbound.ts';
import type { Call } from './interaction.ts';
import { issuerOf } from './issuer.ts';
import { CLOCK_TOLERANCE_S } from './provider.ts';
import { beginSignIn, checksOf, fetchBy, type Pending, pendingCookie } from './relying-party.ts';
import { safePath } from './safe-path.ts';
import { type Upstream, upstreamOf } from './upstream-config.ts';
import { openUpstreamSession, type UpstreamProblem, type UpstreamPerson } from './upstream-account.ts';

const PENDING_S = 10 * 60;
/** What the other provider says of itself is read again after this long. */
const KNOWN_MS = 10 * 60_000;
const TIMEOUT_MS = 5_000;

type UpstreamPending = Pending & { source: string; interaction: string | undefined; next: string };
const signInCookie = pendingCookie<UpstreamPending>({ name: 'upstream_sign_in', context: 'identity.upstream-sign-in' });
type Known = { configuration: oidc.Configuration; until: number };
const known = new WeakMap<Services, Known>();

/** Reads again what the other provider says of itself. */
export function forgetUpstream(services: Services): void {
  known.delete(services);
}

/** Sends the person to the city's provider (市级统一账号). Where it does not answer, the local sign-in says so and goes on. */
export async function startUpstream({ kernel, request, reply }: Call) {
  const { services } = kernel;
  const { interaction, next } = request.query as { interaction?: string; next?: string };
  const pending = {
    interaction: /^[\w-]{20,64}$/.test(interaction ?? '') ? interaction : undefined,
    next: safePath(next),
  };
  const upstream = upstreamOf(services.config);
  const configuration = upstream && (await configurationOf(services, upstream).catch(() => undefined));
  if (!upstream || !configuration) return reply.redirect(back(pending, 'upstream-down'), 303);
  const begun = await beginSignIn(services, PENDING_S);
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: `${issuerOf(services)}/oidc/upstream/callback`,
    scope: upstream.scope,
    ...begun.query,
  });
  const kept = signInCookie.keep(services, { ...pending, ...begun.pending, source: upstream.id }, PENDING_S);
  return reply.header('set-cookie', kept).header('cache-control', 'no-store').redirect(url.href, 303);
}

/** The person comes back: the answer is checked (issuer of RFC 9207, state, nonce, PKCE, signature), then tied to an account. */
export async function finishUpstream({ kernel, request, reply }: Call) {
  const { services } = kernel;
  const pending = signInCookie.read(services, request.headers.cookie);
  reply.header('set-cookie', signInCookie.forget(services));
  reply.header('cache-control', 'no-store');
  const upstream = upstreamOf(services.config);
  if (!pending || !upstream || pending.source !== upstream.id) return reply.redirect('/login?problem=expired', 303);
  const person = await personOf({ services, upstream, pending, url: new URL(request.url, issuerOf(services)) });
  if (typeof person === 'string') return reply.redirect(back(pending, person), 303);
  const problem = await openUpstreamSession({
    services,
    upstream,
    person,
    headers: Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, Array.isArray(v) ? v[0] : v])),
    trace: request.id,
    header: (name, value) => void reply.header(name, value),
  });
  if (problem) return reply.redirect(back(pending, problem), 303);
  const on = pending.interaction
    ? `/oidc/interaction/${pending.interaction}`
    : `/oidc/web/start?next=${encodeURIComponent(pending.next)}`;
  return reply.redirect(on, 303);
}

/** Back to our own sign-in page, with the reason as one of a few known words. */
function back(pending: { interaction: string | undefined; next: string }, problem: UpstreamProblem): string {
  const query = new URLSearchParams({ problem });
  if (pending.interaction) query.set('interaction', pending.interaction);
  else query.set('next', pending.next);
  return `/login?${query}`;
}

async function personOf(options: {
  services: Services;
  upstream: Upstream;
  pending: UpstreamPending;
  url: URL;
}): Promise<UpstreamPerson | UpstreamProblem> {
  const { services, upstream, pending, url } = options;
  try {
    const configuration = await configurationOf(services, upstream);
    const tokens = await oidc.authorizationCodeGrant(configuration, url, checksOf(pending));
    const own = tokens.claims();
    if (!own) return 'upstream-refused';
    // The token was made for this very exchange: clocks that differ by more than the tolerance are refused, either way.
    if (Math.abs(services.clock.now().getTime() / 1000 - own.iat) > CLOCK_TOLERANCE_S) return 'upstream-refused';
    const more =
      configuration.serverMetadata().userinfo_endpoint === undefined
        ? {}
        : await oidc.fetchUserInfo(configuration, tokens.access_token, own.sub);
    const claims: Record<string, unknown> = { ...more, ...own };
    const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : undefined);
    return {
      subject: own.sub,
      idNumber: text(upstream.idNumberClaim),
      name: text('name'),
      level: upstream.levels[text(upstream.levelClaim) ?? ''] ?? 1,
    };
  } catch (error) {
    const { error: code, code: kind } = error as { error?: string; code?: string };
    services.log.info(
      { code: code ?? kind, err: error instanceof Error ? error.name : '' },
      'upstream sign-in refused',
    );
    if (code === 'access_denied') return 'upstream-denied';
    return kind === undefined && code === undefined ? 'upstream-down' : 'upstream-refused';
  }
}

async function configurationOf(services: Services, upstream: Upstream): Promise<oidc.Configuration> {
  const found = known.get(services);
  if (found && found.until > Date.now()) return found.configuration;
  const insecure = upstream.issuer.startsWith('http:');
  const configuration = await oidc.discovery(
    new URL(upstream.issuer),
    upstream.clientId,
    { [oidc.clockTolerance]: CLOCK_TOLERANCE_S },
    oidc.ClientSecretBasic(upstream.clientSecret),
    {
      [oidc.customFetch]: guardedFetch(upstream),
      execute: [oidc.enableNonRepudiationChecks, ...(insecure ? [oidc.allowInsecureRequests] : [])],
    },
  );
  configuration[oidc.customFetch] = guardedFetch(upstream);
  known.set(services, { configuration, until: Date.now() + KNOWN_MS });
  return configuration;
}

/** The library's requests leave by the house's one door: to this provider only, wherever its documents point. */
function guardedFetch(upstream: Upstream): oidc.CustomFetch {
  const { origin } = new URL(upstream.issuer);
  const call = createOutbound({
    targets: [{ origin, networks: upstream.networks }],
    timeoutMs: TIMEOUT_MS,
    maxBytes: 1024 * 1024,
    maxRedirects: 0,
  });
  return fetchBy(({ url, ...request }) => call(url, request));
}
