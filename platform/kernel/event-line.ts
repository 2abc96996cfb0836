import type { FastifyReply } from 'fastify';
import type { Services } from './app.ts';
import { securityHeaders } from './headers.ts';

/** Takes the reply over for server-sent events (WHATWG HTML 9.2) and sends its headers; the caller writes events to what it gets. */
export function beginLine(reply: FastifyReply, services: Services): FastifyReply['raw'] {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...Object.fromEntries(securityHeaders(services.config)),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-trace-id': reply.request.id,
  });
  return reply.raw;
}
