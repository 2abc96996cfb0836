import type { FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { MountKernel, Services } from '#platform/kernel/app.ts';
import { CrossSiteRequest, domainError, InvalidInput } from '#platform/kernel/errors.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Client, findClient } from './clients.ts';
import { CONSENT_MS } from './consent.ts';
import { ownOrigins } from './issuer.ts';
import { wantedLevel } from './prompts.ts';
import { providerOf } from './provider.ts';
import { SCOPES } from './scopes.ts';
import { readSignOn, type SignOn, touchSignOn } from './sign-on.ts';

/** The sign-in request has expired or belongs to another browser. */
export const InteractionGone = domainError({
  code: 'INTERACTION_GONE',
  status: 410,
  title: { zh: '这次登录请求已过期', en: 'This sign-in request has expired' },
  action: { zh: '请回到要使用的系统重新登录。', en: 'Go back to the system and sign in again.' },
});

export type Call = { kernel: MountKernel; request: FastifyRequest; reply: FastifyReply };
type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/**
 * The provider asks for the person. Whoever has signed in already, surely enough and lately enough, goes on without seeing a
 * page; the others are shown ours.
 */
export async function takeInteraction({ kernel, request, reply }: Call): Promise<FastifyReply> {
  const { services } = kernel;
  const provider = await providerOf(services);
  const uid = uidOf(request);
  const details = await detailsOf({ provider, request, reply, uid });
  if (details === 'restart') return reply.redirect(await againUrl(provider, uid), 303);
  if (details.prompt.name === 'login') {
    const signOn = await readSignOn(services, request.headers.cookie);
    if (signOn && proves({ signOn, details, now: services.clock.now() })) {
      await touchSignOn(services, signOn.id);
      const login = {
        accountId: signOn.account,
        acr: String(signOn.level),
        amr: signOn.amr,
        ts: Math.floor(signOn.proved_at.getTime() / 1000),
        remember: true,
      };
      return reply.redirect(await provider.interactionResult(request.raw, reply.raw, { login }), 303);
    }
  }
  return reply.redirect(`/login?interaction=${uid}`, 303);
}

/** What the page must know: what is asked, by whom, what it would see. */
export async function showInteraction({ kernel, request, reply }: Call): Promise<FastifyReply> {
  const { services } = kernel;
  const provider = await providerOf(services);
  const details = await detailsOf({ provider, request, reply, uid: uidOf(request) });
  if (details === 'restart') throw InteractionGone.with();
  const client = await findClient(services, String(details.params.client_id));
  if (!client) throw InteractionGone.with();
  const signOn = await readSignOn(services, request.headers.cookie);
  const scopes = String(details.params.scope ?? '').split(' ');
  const level = wantedLevel(details.params.acr_values);
  return reply.header('cache-control', 'no-store').send({
    prompt: details.prompt.name,
    client: await cardOf(services, client),
    account: signOn?.account ?? null,
    level,
    needs: signOn !== undefined && signOn.level < level ? 'more' : 'sign-in',
    hint: typeof details.params.login_hint === 'string' ? details.params.login_hint.slice(0, 100) : null,
    scopes: SCOPES.filter(({ id }) => scopes.includes(id)).map(({ id, title, text }) => ({
      id,
      title,
      text,
      needed: id === 'openid',
    })),
    days: Math.round(CONSENT_MS / (24 * 60 * 60_000)),
  });
}

/** The person's decision (同意): what this system may see, and whether to remember it. */
export async function decideConsent({ kernel, request, reply }: Call): Promise<FastifyReply> {
  const { services } = kernel;
  assertSameSite(request, services);
  const provider = await providerOf(services);
  const details = await detailsOf({ provider, request, reply, uid: uidOf(request) });
  if (details === 'restart' || details.prompt.name !== 'consent') throw InteractionGone.with();
  const account = details.session?.accountId;
  const client = String(details.params.client_id);
  const signOn = await readSignOn(services, request.headers.cookie);
  if (account === undefined || signOn?.account !== account) throw InteractionGone.with();
  const decision = decisionOf(request.body);
  const asked = String(details.params.scope ?? '').split(' ');
  const allowed = asked.filter((scope) => scope === 'openid' || decision.scopes.includes(scope));
  const known = details.grantId === undefined ? undefined : await provider.Grant.find(details.grantId);
  const grant = known ?? new provider.Grant({ accountId: account, clientId: client });
  grant.addOIDCScope(allowed.join(' '));
  const refused = asked.filter((scope) => !allowed.includes(scope));
  if (refused.length > 0) grant.rejectOIDCScope(refused.join(' '));
  const grantId = await grant.save();
  await keepConsent({
    services,
    account,
    client,
    scopes: allowed,
    remember: decision.remember && refused.length === 0,
    trace: request.id,
  });
  const to = await provider.interactionResult(request.raw, reply.raw, { consent: { grantId } });
  return reply.header('cache-control', 'no-store').send({ to });
}

/** The person does not want to: the system is told so and learns nothing else. */
export async function refuseInteraction({ kernel, request, reply }: Call): Promise<FastifyReply> {
  const { services } = kernel;
  assertSameSite(request, services);
  const provider = await providerOf(services);
  const details = await detailsOf({ provider, request, reply, uid: uidOf(request) });
  if (details === 'restart') throw InteractionGone.with();
  const result = { error: 'access_denied', error_description: 'the person did not agree' };
  const to = await provider.interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: false });
  return reply.header('cache-control', 'no-store').send({ to });
}

function uidOf(request: FastifyRequest): string {
  const { uid } = request.params as { uid: string };
  if (!/^[A-Za-z0-9_-]{20,64}$/.test(uid)) throw InteractionGone.with();
  return uid;
}

/** The interaction, if this browser holds its cookie; 'restart' where the sign-in that it began with has ended meanwhile. */
async function detailsOf(options: {
  provider: Provider;
  request: FastifyRequest;
  reply: FastifyReply;
  uid: string;
}): Promise<Interaction | 'restart'> {
  const { provider, request, reply, uid } = options;
  try {
    const details = await provider.interactionDetails(request.raw, reply.raw);
    if (details.uid !== uid) throw InteractionGone.with();
    return details;
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    const own = `${provider.cookieName('interaction')}=${uid}`;
    const held = (request.headers.cookie ?? '').split(';').some((part) => part.trim() === own);
    if (held && (await provider.Interaction.find(uid)) !== undefined) return 'restart';
    throw InteractionGone.with();
  }
}

async function againUrl(provider: Provider, uid: string): Promise<string> {
  const interaction = await provider.Interaction.find(uid);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(interaction?.params ?? {})) {
    if (typeof value === 'string' || typeof value === 'number') query.set(name, String(value));
  }
  return `/oidc/auth?${query}`;
}

/** Whether a sign-in is sure and fresh enough for what the system asks. */
function proves(options: { signOn: SignOn; details: Interaction; now: Date }): boolean {
  const { signOn, details, now } = options;
  if (signOn.level < wantedLevel(details.params.acr_values)) return false;
  const { reasons, details: asked } = details.prompt;
  const later = signOn.proved_at.getTime() > Number(asked.askedAt);
  const again = reasons.some((reason) =>
    ['login_prompt', 'id_token_hint', 'claims_id_token_sub_value'].includes(reason),
  );
  if (again && !later) return false;
  const { max_age: maxAge } = details.params;
  return maxAge === undefined || later || now.getTime() - signOn.proved_at.getTime() <= Number(maxAge) * 1000;
}

/** A system as the person is shown it. */
export async function cardOf(services: Services, client: Client) {
  const owner = client.unit === null ? undefined : await unitName(services, client.unit);
  return {
    id: client.id,
    name: client.name,
    nameEn: client.name_en,
    unit: owner?.name ?? client.owner ?? '',
    unitEn: owner?.name_en ?? client.owner ?? '',
    own: client.consent === 'own',
  };
}

async function unitName(services: Services, code: string) {
  return services.database.tx({ module: 'identity', actor: systemActor({ name: 'sign-on' }), readOnly: true }, (db) =>
    db.first<{ name: string; name_en: string }>(sql`select name, name_en from identity.unit where code = ${code}`),
  );
}

function decisionOf(body: unknown): { scopes: string[]; remember: boolean } {
  const { scopes, remember } = (body ?? {}) as { scopes?: unknown; remember?: unknown };
  if (!Array.isArray(scopes) || !scopes.every((scope): scope is string => typeof scope === 'string')) {
    throw InvalidInput.with({});
  }
  return { scopes, remember: remember === true };
}

async function keepConsent(options: {
  services: Services;
  account: string;
  client: string;
  scopes: string[];
  remember: boolean;
  trace: string;
}): Promise<void> {
  const { services, account, client, scopes, remember, trace } = options;
  const now = services.clock.now();
  const actor: Actor = { kind: 'person', account, name: account, reach: 'own', trace };
  await services.database.tx({ module: 'identity', actor }, async (db) => {
    if (remember) {
      await db.run(sql`insert into identity.consent (account, client, scopes, given_at, expires_at)
        values (${account}, ${client}, ${scopes}::text[], ${now}::timestamptz, ${new Date(now.getTime() + CONSENT_MS)}::timestamptz)
        on conflict (account, client) do update set scopes = excluded.scopes, given_at = excluded.given_at, expires_at = excluded.expires_at`);
    }
    await services.registry.provided(auditTrail)[0]?.value.record(db, {
      route: `OIDC consent ${client}`,
      fields: [],
      subjects: [],
      outcome: 'changed',
    });
  });
}

/** Only a page of this site may decide for the person. */
function assertSameSite(request: FastifyRequest, services: Services): void {
  const { origin } = request.headers;
  const place = URL.parse(origin ?? '');
  if (place === null || !ownOrigins(services).includes(place.origin)) {
    throw CrossSiteRequest.with();
  }
}
