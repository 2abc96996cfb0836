import fastifyCookie from '@fastify/cookie';
import fastifyRateLimit from '@fastify/rate-limit';
import { fastify, type FastifyInstance } from 'fastify';
import type { Actor } from './actor.ts';
import type { Services } from './app.ts';
import type { Ports } from './caller.ts';
import { cookieName } from './cookies.ts';
import { NotFound, TooManyRequests } from './errors.ts';
import { compile, handle } from './handle-route.ts';
import { securityHeaders } from './headers.ts';
import { uuidv7 } from './ids.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { mountKernel } from './mount-kernel.ts';
import { openApiDocument } from './openapi.ts';
import { auditTrail, authenticator, policy } from './ports.ts';
import { sendError } from './send-error.ts';
import { statusPages } from './status-pages.ts';

export type Server = { fastify: FastifyInstance; metrics: Metrics; openApi: () => Record<string, unknown> };

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
        await mount.register(scope, mountKernel({ mount, module: module.id, ports, services: options.services }));
      });
    }
  }

  let document: Record<string, unknown> | undefined;
  const openApi = () => (document ??= openApiDocument(registry));
  server.get('/openapi.json', (_request, reply) => reply.send(openApi()));
  statusPages({ server, config, metrics, services: options.services });
  return { fastify: server, metrics, openApi };
}
