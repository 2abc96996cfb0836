import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';

/** What the gateway goes by (网关参数), from the rulebook of the day. */
export type Limits = {
  /** Seconds between the clocks of both sides. */
  skewS: number;
  /** Seconds that a message may be valid. */
  lifeS: number;
  bodyBytes: number;
  /** Seconds within which the content must have come. */
  bodyS: number;
  perMinute: number;
  perDay: number;
  batch: number;
  tries: number;
  page: number;
};

const RULES = {
  skewS: { id: 'gateway.message.clock-skew', unit: 'second' },
  lifeS: { id: 'gateway.message.longest-life', unit: 'second' },
  bodyBytes: { id: 'gateway.message.longest-body', unit: 'byte' },
  bodyS: { id: 'gateway.message.body-time', unit: 'second' },
  perMinute: { id: 'gateway.rate.per-minute', unit: 'call' },
  perDay: { id: 'gateway.rate.per-day', unit: 'call' },
  batch: { id: 'gateway.verify.batch', unit: 'subject' },
  tries: { id: 'gateway.verify.tries', unit: 'statement' },
  page: { id: 'gateway.items.page', unit: 'row' },
} as const;

/** How often a system may call where nothing else was agreed, of a day. */
export function usualLimits(db: Db, on: Date): Promise<Pick<Limits, 'perMinute' | 'perDay'>> {
  const { perMinute, perDay } = RULES;
  return amountsAt(db, { perMinute, perDay }, on);
}

/** A changed rule holds within this time. */
const KEEP_MS = 60_000;
const kept = new WeakMap<Services, { until: number; limits: Promise<Limits> }>();

export async function limitsOf(services: Services): Promise<Limits> {
  const known = kept.get(services);
  if (known && known.until > Date.now()) return known.limits;
  const limits = services.database.tx(
    { module: 'gateway', actor: systemActor({ name: 'gateway' }), readOnly: true },
    (db) => amountsAt(db, RULES, services.clock.now()),
  );
  kept.set(services, { until: Date.now() + KEEP_MS, limits });
  limits.catch(() => kept.delete(services));
  return limits;
}
