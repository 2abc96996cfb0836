import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from './app.ts';
import { DatabaseAway } from './db/engine.ts';
import {
  CrossSiteRequest,
  InternalError,
  InvalidInput,
  NotFound,
  PayloadTooLarge,
  ProblemError,
  problemDocument,
  ServiceUnavailable,
  TooManyRequests,
} from './errors.ts';
import { languageOf } from './text.ts';

/** Refusals that may be attempts to get around a control; mistakes in forms are among the first. */
const ATTEMPTS: Record<string, 'info' | 'warn' | undefined> = {
  [InvalidInput.code]: 'info',
  [PayloadTooLarge.code]: 'info',
  [CrossSiteRequest.code]: 'warn',
  [TooManyRequests.code]: 'warn',
};

/** Answers with problem+json (RFC 9457) in the caller's language; what is a fault of the server is logged with its trace. */
export function sendError(options: {
  error: unknown;
  request: FastifyRequest;
  reply: FastifyReply;
  log: Services['log'];
}): FastifyReply {
  const { request, reply, log } = options;
  const problem = asProblem(options.error);
  if (problem.spec.status >= 500) {
    const error = options.error;
    log.error(
      {
        trace: request.id,
        route: request.routeOptions.url,
        code: problem.spec.code,
        err: error instanceof Error ? error.message.slice(0, 300) : 'unknown',
        stack: problem.spec === InternalError && error instanceof Error ? error.stack : undefined,
      },
      'request failed',
    );
  }
  const level = ATTEMPTS[problem.spec.code];
  // What was sent may hold anything, so that only route and code are named (ASVS 16.3.3).
  if (level) log[level]({ trace: request.id, route: request.routeOptions.url, code: problem.spec.code }, 'refused');
  if (problem.spec.status === 503) reply.header('retry-after', '5');
  // Seconds, where the refusal knows when there is room again (RFC 9110, 10.2.3).
  const again = problem.extra?.retryAfter;
  if (typeof again === 'number') reply.header('retry-after', String(again));
  return reply
    .code(problem.spec.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(problemDocument(problem, languageOf(request.headers['accept-language']), request.id));
}

function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof DatabaseAway) return ServiceUnavailable.with();
  const status = (error as { statusCode?: number }).statusCode;
  const code = (error as { code?: string }).code;
  if (status === 413) return PayloadTooLarge.with();
  if (status === 404) return NotFound.with();
  if (status === 429) return TooManyRequests.with();
  if (status && status >= 400 && status < 500) {
    return InvalidInput.with({
      detail: { zh: `请求无法解析（${code ?? status}）`, en: `The request could not be read (${code ?? status})` },
    });
  }
  return new ProblemError(InternalError);
}
