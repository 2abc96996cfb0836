import type { FastifyReply, FastifyRequest } from 'fastify';
import { actingOn } from './acting.ts';
import { behalfOf } from './actor.ts';
import type { Route, Services } from './app.ts';
import { assuranceProblem } from './assurance.ts';
import { allowed, type Ports, refusalOf, running, whoCalls } from './caller.ts';
import { databaseProblem } from './database-problem.ts';
import { deviceMomentOf } from './device-clock.ts';
import {
  AlreadyShown,
  CrossSiteRequest,
  IdempotencyKeyRequired,
  InvalidInput,
  NotFound,
  OtherAccount,
  type ProblemError,
  PurposeRequired,
  SignInRequired,
} from './errors.ts';
import { type Idempotent, idempotent } from './idempotency.ts';
import type { ResourceFacts } from './ports.ts';
import { recordAccess, recordRefusal } from './record-access.ts';
import { type ReplyShape, replyShape } from './reply-shape.ts';
import { sameSite } from './same-site.ts';
import { mapReply, type ReplyMap } from './subjects.ts';
import { type Validator, validator } from './validate.ts';
import { zoneOf } from './zone.ts';

/** A route with what is worked out of its declaration once. */
export type Compiled = {
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

export function compile(route: Route, module: string, registry: Services['registry']): Compiled {
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

/** Answers one request: validate → policy → transaction with role and actor → handler → audit in the same transaction → reply. */
export async function handle(call: {
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
  // What a page kept for one person never takes effect for another who has signed in since.
  const meant = request.headers['x-account'];
  if (typeof meant === 'string' && meant !== encodeURIComponent(actor.account)) throw OtherAccount.with();
  if (refused) return refuse(refused);
  await ports.policy?.ready?.(services);
  if (!allowed(asked, ports)) {
    const { problem, reasons } = refusalOf(asked, ports);
    return refuse(problem, reasons);
  }
  const unsure = assuranceProblem({ route, actor, config: services.config });
  if (unsure) return refuse(unsure);
  const input = readInput(compiled, request);
  const device = deviceMomentOf(request.headers, services.clock.now());
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
        device,
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
