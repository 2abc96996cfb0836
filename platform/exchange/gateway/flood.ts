import type { Services } from '#platform/kernel/app.ts';

/** Refusals of unknown senders that a process writes down in a minute; beyond it they are counted only. */
const MOST_A_MINUTE = 1_200;
const MINUTE_MS = 60_000;
const windows = new WeakMap<Services, { since: number; seen: number }>();

/**
 * Whether one more refusal of somebody unknown is written down: a flood of unsigned messages must not fill the log (报文日志).
 * What was left out is said once a minute in the server's own log.
 */
export function mayLog(services: Services): boolean {
  const now = Date.now();
  let window = windows.get(services);
  if (!window || now - window.since >= MINUTE_MS) {
    if (window && window.seen > MOST_A_MINUTE)
      services.log.warn({ left: window.seen - MOST_A_MINUTE }, 'gateway: refusals of unknown senders not written down');
    windows.set(services, (window = { since: now, seen: 0 }));
  }
  window.seen += 1;
  return window.seen <= MOST_A_MINUTE;
}
