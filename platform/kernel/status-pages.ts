import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from './app.ts';
import { isLoopback } from './config.ts';
import { NotFound } from './errors.ts';
import type { Metrics } from './metrics.ts';

/** Pages for whoever runs this process: is it alive, can it work, and its figures. */
export function statusPages(options: {
  server: FastifyInstance;
  config: Services['config'];
  metrics: Metrics;
  services: () => Services | undefined;
}): void {
  const { server, config, metrics } = options;
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
}

/** Figures are for this machine, or for whoever brings METRICS_TOKEN. What came through a proxy did not come from this machine. */
function mayMeasure(request: FastifyRequest, config: Services['config']): boolean {
  const given = Buffer.from(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
  const token = Buffer.from(config.metricsToken ?? '');
  if (token.length > 0 && given.length === token.length && timingSafeEqual(given, token)) return true;
  const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip'].some((name) => request.headers[name] !== undefined);
  return !forwarded && isLoopback(request.ip.replace(/^::ffff:/, ''));
}
