import { timingSafeEqual } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastifyRateLimit from '@fastify/rate-limit';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Actor } from './actor.ts';
import { anonymous, behalfOf } from './actor.ts';
import { actingOn, giverOf } from './acting.ts';
import { assuranceProblem } from './assurance.ts';
import type { Route, Services } from './app.ts';
import type { Db } from './db.ts';
import {
  AlreadyShown,
  CrossSiteRequest,
  Forbidden,
  InvalidInput,
  NotFound,
  type ProblemError,
  PurposeRequired,
  SignInRequired,
  Starting,
  TooManyRequests,
  IdempotencyKeyRequired,
} from './errors.ts';
import { isLoopback } from './config.ts';
import { cookieName } from './cookies.ts';
import { securityHeaders } from './headers.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import {
  auditTrail,
  authenticator,
  type AccessEntry,
  type AuditTrail,
  type Authenticator,
  type Asked,
  policy,
  type Policy,
  type ResourceFacts,
} from './ports.ts';
import { databaseProblem } from './database-problem.ts';
import { type Idempotent, idempotent } from './idempotency.ts';
import { mapReply, type ReplyMap } from './subjects.ts';
import { uuidv7 } from './ids.ts';
import { type ReplyShape, replyShape } from './reply-shape.ts';
import { type Validator, validator } from './validate.ts';
import { sendError } from './send-error.ts';
import { zoneOf } from './zone.ts';

export type Server = { fastify: FastifyInstance; metrics: Metrics; openApi: () => Record<string, unknown> };

type Ports = { authenticator: Authenticator | undefined; policy: Policy | undefined; audit: AuditTrail | undefined };

type Compiled = {
  route: Route;
  module: string;
  id: string;
  params?: Validator;
  query?: Validator;
  body?: Validator;
  reply: ReplyMap;
  resource: ResourceFacts;
  shape: ReplyShape;
  /** Members that were dropped from a reply and are named in the log already. */
  dropped: Set<string>;
};

declare module 'fastify' {
  interface FastifyRequest {
    actor?: Actor;
  }
}

/**
 * Builds the HTTP server from the manifests. A request passes: validate → policy → transaction with role and actor →
 * handler → audit in the same transaction → reply. What is not declared in a route cannot be reached.
 */
export async function createServer(options: {
  services: () => Services | undefined;
  registry: Services['registry'];
  config: Services['config'];
  log: Services['log'];
}): Promise<Server> {
  const { registry, config } = options;
  const ports: Ports = {
    authenticator: registry.provided(authenticator)[0]?.value,
    policy: registry.provided(policy)[0]?.value,
    audit: registry.provided(auditTrail)[0]?.value,
  };
  const server = fastify({
    logger: false,
    trustProxy: config.trustProxy ?? false,
    bodyLimit: 1024 * 1024,
    genReqId: () => uuidv7(),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
  });
  server.setValidatorCompiler(() => () => true);
  const sessionCookieName = cookieName('sid', config);
  await server.register(fastifyCookie);
  await server.register(fastifyRateLimit, {
    max: config.rateLimit,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.cookies?.[sessionCookieName] ?? request.ip,
    errorResponseBuilder: () => TooManyRequests.with(),
  });
  for (const type of [
    'application/octet-stream',
    'text/csv',
    'application/gzip',
    'application/geo+json',
    'application/xml',
  ]) {
    server.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
  }
  const headers = securityHeaders(config);
  server.addHook('onSend', (request, reply, payload, done) => {
    reply.header('x-trace-id', request.id);
    for (const [name, value] of headers) if (!reply.hasHeader(name)) reply.header(name, value);
    done(null, payload);
  });
  const metrics = createMetrics();
  server.addHook('onResponse', (request, reply, done) => {
    const pattern = request.routeOptions.url ?? 'unmatched';
    metrics.request({
      method: request.method,
      route: pattern,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
    options.log.debug(
      {
        method: request.method,
        route: pattern,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        trace: request.id,
      },
      'request',
    );
    done();
  });
  server.setErrorHandler((error, request, reply) => sendError({ error, request, reply, log: options.log }));
  server.setNotFoundHandler((request, reply) =>
    sendError({ error: NotFound.with(), request, reply, log: options.log }),
  );

  for (const { route, module } of registry.routes()) {
    const compiled = compile(route, module.id, registry);
    server.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyLimit ?? 1024 * 1024,
      handler: (request, reply) => handle({ compiled, ports, request, reply, services: options.services }),
    });
  }
  for (const module of registry.modules) {
    for (const mount of module.mounts ?? []) {
      await server.register(async (scope) => {
        await mount.register(scope, {
          get services() {
            return running(options.services);
          },
          tx: async (request, work) => {
            const services = running(options.services);
            const { method } = request as FastifyRequest;
            const called = { method: method as Route['method'], allow: mount.allow };
            const { actor, refused } = actingOn({
              actor: await whoCalls(request as FastifyRequest, ports, services),
              route: called,
            });
            if (refused) {
              const id = `${method} ${mount.path}`;
              const { allow: action } = mount;
              const about = { module: module.id, route: id, action, fields: [], reasons: [] };
              await recordRefusal({ ...about, ports, services, actor, error: refused });
              throw refused;
            }
            const zone = zoneOf((request as FastifyRequest).ip, services.config);
            await ports.policy?.ready?.(services);
            assertAllowed({ actor, action: mount.allow, services, zone }, ports);
            return services.database.tx({ module: module.id, actor }, (db) => work(db, actor));
          },
        });
      });
    }
  }

  let document: Record<string, unknown> | undefined;
  const openApi = () => (document ??= openApiDocument(registry));
  server.get('/openapi.json', (_request, reply) => reply.send(openApi()));
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const services = options.services();
    if (!services) return reply.code(503).send({ status: 'starting', waiting: [{ gate: 'database', note: '' }] });
    const waiting = [...services.gates].filter(([, g]) => !g.ready).map(([gate, g]) => ({ gate, note: g.note }));
    try {
      await services.database.ping();
    } catch {
      waiting.push({ gate: 'database', note: 'no answer' });
    }
    return reply
      .code(waiting.length > 0 ? 503 : 200)
      .send({ status: waiting.length > 0 ? 'waiting' : 'ready', waiting });
  });
  server.get('/metrics', async (request, reply) => {
    if (!mayMeasure(request, config)) throw NotFound.with();
    return reply.type('text/plain; version=0.0.4').send(await metrics.text());
  });
  return { fastify: server, metrics, openApi };
}

function compile(route: Route, module: string, registry: Services['registry']): Compiled {
  const reply = mapReply(route.reply);
  const kind = reply.fields[0]?.resource;
  return {
    route,
    module,
    id: `${route.method} ${route.path}`,
    params: route.params && validator(route.params, { convert: true }),
    query: route.query && validator(route.query, { convert: true }),
    body: route.body && route.body !== 'stream' ? validator(route.body, { convert: false }) : undefined,
    reply,
    resource: {
      kind,
      level: Number(reply.level.slice(1)),
      owner: kind === undefined ? undefined : registry.resource(kind)?.resource.owner,
      own: route.self ?? false,
    },
    shape: replyShape(route.reply),
    dropped: new Set(),
  };
}

async function handle(call: {
  compiled: Compiled;
  ports: Ports;
  request: FastifyRequest;
  reply: FastifyReply;
  services: () => Services | undefined;
}): Promise<unknown> {
  const { compiled, ports, request, reply } = call;
  const { route } = compiled;
  const services = running(call.services);
  const { actor, refused } = actingOn({ actor: await whoCalls(request, ports, services), route });
  const purpose = request.headers['x-purpose'];
  if (typeof purpose === 'string' && /^[a-z][a-z0-9.-]{1,60}$/.test(purpose)) actor.purpose = purpose;
  const asked = {
    actor,
    action: route.allow,
    services,
    resource: compiled.resource,
    zone: zoneOf(request.ip, services.config),
  };
  const refuse = async (error: ProblemError, reasons: readonly string[] = []): Promise<never> => {
    const { module, id, resource } = compiled;
    const { fields } = compiled.reply;
    const action = route.allow;
    if (actor.kind !== 'anonymous')
      await recordRefusal({ module, route: id, action, resource, fields, ports, services, actor, error, reasons });
    throw error;
  };
  if (request.method !== 'GET' && !sameSite(request, services.config.publicOrigin)) throw CrossSiteRequest.with();
  if (actor.kind === 'anonymous' && route.allow !== 'public') throw SignInRequired.with();
  if (refused) return refuse(refused);
  await ports.policy?.ready?.(services);
  if (!allowed(asked, ports)) {
    const { problem, reasons } = refusalOf(asked, ports);
    return refuse(problem, reasons);
  }
  const unsure = assuranceProblem({ route, actor, config: services.config });
  if (unsure) return refuse(unsure);
  const input = readInput(compiled, request);
  if (compiled.reply.personal && !route.self && !actor.purpose) return refuse(PurposeRequired.with());
  const behalf = behalfOf(actor);
  const key = request.headers['idempotency-key'];
  if (route.method === 'POST' && !route.repeatable && (typeof key !== 'string' || key.length < 8 || key.length > 200)) {
    throw IdempotencyKeyRequired.with();
  }
  const prepared = route.prepare
    ? await route.prepare({
        ...input,
        actor,
        services,
        headers: Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, Array.isArray(v) ? v[0] : v])),
        address: request.ip,
        stream: route.body === 'stream' ? (request.body as NodeJS.ReadableStream) : undefined,
      })
    : undefined;
  try {
    const result = await services.database.tx({ module: compiled.module, actor }, async (db) => {
      const once: Idempotent | undefined =
        route.method === 'POST' && !route.repeatable
          ? await idempotent({
              db,
              route: compiled.id,
              key: key as string,
              body: (prepared as { digest?: string } | undefined)?.digest ?? input.body ?? '',
              params: behalf ? `${request.url} for ${behalf.delegation}` : request.url,
              keyring: services.keyring,
            })
          : undefined;
      if (once?.earlier && route.shownOnce) throw AlreadyShown.with();
      if (once?.earlier) return { status: once.earlier.status, value: once.earlier.value, replayed: true };
      const whole = await route.handler({
        ...input,
        db,
        actor,
        clock: services.clock,
        services,
        prepared,
        header: (name, text) => reply.header(name, text),
      });
      const value = compiled.shape.only(whole, (path) => {
        if (compiled.dropped.has(path)) return;
        compiled.dropped.add(path);
        services.log.warn({ route: compiled.id, path }, 'reply holds what its schema does not name; dropped');
      });
      await recordAccess({ compiled, ports, db, value });
      const status = route.status ?? 200;
      await once?.finish({ status, value: route.shownOnce ? undefined : value });
      return { status, value, replayed: false };
    });
    if (result.replayed) reply.header('idempotent-replayed', 'true');
    if (result.replayed && prepared !== undefined) await route.undo?.(prepared);
    if (route.method !== 'GET') services.wake();
    reply.header('cache-control', 'no-store');
    return reply.code(result.status).send(result.status === 204 ? undefined : result.value);
  } catch (error) {
    if (prepared !== undefined) await route.undo?.(prepared);
    const problem = await databaseProblem({ error, services, module: compiled.module, actor });
    if (problem && problem.spec.status === 403) return refuse(problem);
    throw problem ?? error;
  }
}

function running(services: () => Services | undefined): Services {
  const found = services();
  if (!found) throw Starting.with();
  return found;
}

async function whoCalls(request: FastifyRequest, ports: Ports, services: Services): Promise<Actor> {
  if (!ports.authenticator) return anonymous(request.id);
  return ports.authenticator.authenticate({ cookie: request.headers.cookie, trace: request.id, services });
}

function allowed(asked: Asked, ports: Ports): boolean {
  if (asked.action === 'public') return true;
  if (asked.action === 'signed-in') return asked.actor.kind === 'person';
  return ports.policy?.may(asked) ?? false;
}

function refusalOf(asked: Asked, ports: Ports): { problem: ProblemError; reasons: readonly string[] } {
  return (
    ports.policy?.refusal?.(asked) ?? { problem: Forbidden.with({ extra: { action: asked.action } }), reasons: [] }
  );
}

function assertAllowed(asked: Asked, ports: Ports): void {
  if (allowed(asked, ports)) return;
  throw asked.actor.kind === 'anonymous' ? SignInRequired.with() : refusalOf(asked, ports).problem;
}

/** Figures are for this machine, or for whoever brings METRICS_TOKEN. What came through a proxy did not come from this machine. */
function mayMeasure(request: FastifyRequest, config: Services['config']): boolean {
  const given = Buffer.from(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
  const token = Buffer.from(config.metricsToken ?? '');
  if (token.length > 0 && given.length === token.length && timingSafeEqual(given, token)) return true;
  const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip'].some((name) => request.headers[name] !== undefined);
  return !forwarded && isLoopback(request.ip.replace(/^::ffff:/, ''));
}

/**
 * A browser on another site cannot write: its Origin is not ours. Clients without Origin carry no ambient cookie to abuse. Ours is
 * PUBLIC_ORIGIN; without it the Host that was asked. What proxies say of the host is never looked at.
 */
function sameSite(request: FastifyRequest, publicOrigin: string | undefined): boolean {
  const origin = request.headers.origin;
  if (!origin) return true;
  if (publicOrigin !== undefined) return origin === publicOrigin;
  try {
    return new URL(origin).host === request.headers.host;
  } catch {
    return false;
  }
}

function readInput(compiled: Compiled, request: FastifyRequest): { params: unknown; query: unknown; body: unknown } {
  const faults = [];
  const params = compiled.params?.check(request.params ?? {});
  const query = compiled.query?.check(request.query ?? {});
  const body = compiled.body?.check(request.body ?? {});
  for (const [where, checked] of [
    ['params', params],
    ['query', query],
    ['body', body],
  ] as const) {
    for (const fault of checked?.faults ?? [])
      faults.push(where === 'body' ? fault : { ...fault, pointer: `/${where}${fault.pointer}` });
  }
  if (params && params.faults.length > 0) throw NotFound.with();
  if (faults.length > 0) throw InvalidInput.with({ fields: faults });
  return { params: params?.value, query: query?.value, body: body?.value };
}

async function recordAccess(options: { compiled: Compiled; ports: Ports; db: Db; value: unknown }): Promise<void> {
  const { compiled, ports, db, value } = options;
  const changed = compiled.route.method !== 'GET' && !compiled.route.repeatable;
  // Whatever is done in somebody's name is shown to them, also where nothing of a catalogued resource is in the reply.
  const giver = compiled.route.delegable === undefined ? undefined : giverOf(db.actor);
  if (!ports.audit || (compiled.reply.fields.length === 0 && !changed && !giver)) return;
  const subjects = compiled.reply.subjectsIn(value);
  const entry: AccessEntry = {
    route: compiled.id,
    fields: compiled.reply.fields,
    subjects:
      giver && !subjects.some((s) => s.kind === giver.kind && s.id === giver.id) ? [...subjects, giver] : subjects,
    outcome: changed ? 'changed' : 'read',
  };
  await ports.audit.record(db, entry);
}

/**
 * Refusals are written in a transaction of their own, because the one that was refused is gone (§2b 7). What somebody tried in
 * the name of another is shown to that other.
 */
async function recordRefusal(options: {
  module: string;
  route: string;
  action: string;
  resource?: ResourceFacts;
  fields: AccessEntry['fields'];
  ports: Ports;
  services: Services;
  actor: Actor;
  error: ProblemError;
  /** Policies that refused. */
  reasons: readonly string[];
}): Promise<void> {
  const { module, route, action, resource, fields, ports, services, actor, error, reasons } = options;
  const { audit } = ports;
  if (!audit) return;
  const giver = giverOf(actor);
  const { code } = error.spec;
  await services.database.tx({ module, actor }, async (db) => {
    ports.policy?.keep?.(db, { route, action, code, reasons, resource });
    await audit.record(db, { route, fields, subjects: giver ? [giver] : [], outcome: 'refused', code });
  });
}
