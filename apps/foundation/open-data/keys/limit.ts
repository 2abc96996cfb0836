import type { FastifyReply } from 'fastify';
import { TooFast } from '../errors.ts';

/** Calls of a caller in a minute (限流), counted in this process. */
type Window = { from: number; calls: number };
const MINUTE = 60_000;

export type Limiter = {
  take(options: { caller: string; most: number; now: number }): {
    left: number;
    resetSeconds: number;
    refused: boolean;
  };
};

export function createLimiter(): Limiter {
  const windows = new Map<string, Window>();
  return {
    take: ({ caller, most, now }) => {
      let window = windows.get(caller);
      if (!window || now - window.from >= MINUTE) {
        if (windows.size > 10_000) windows.clear();
        window = { from: now, calls: 0 };
        windows.set(caller, window);
      }
      window.calls += 1;
      const resetSeconds = Math.max(1, Math.ceil((window.from + MINUTE - now) / 1000));
      return { left: Math.max(0, most - window.calls), resetSeconds, refused: window.calls > most };
    },
  };
}

/** Says how much is left (RateLimit header fields), and sends who goes too fast to the bulk file. */
export function applyLimit(options: {
  limiter: Limiter;
  reply: FastifyReply;
  caller: string;
  most: number;
  now: number;
  bulk: string;
}): void {
  const { limiter, reply, caller, most, now, bulk } = options;
  const { left, resetSeconds, refused } = limiter.take({ caller, most, now });
  reply
    .header('ratelimit-limit', String(most))
    .header('ratelimit-remaining', String(left))
    .header('ratelimit-reset', String(resetSeconds));
  if (!refused) return;
  reply.header('retry-after', String(resetSeconds)).header('link', `<${bulk}>; rel="alternate"; title="bulk"`);
  throw TooFast.with({ extra: { bulk, retryAfter: resetSeconds } });
}
