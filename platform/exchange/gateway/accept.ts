import type { Db } from '#platform/kernel/db.ts';
import type { ProblemError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Call, Limited, Seen } from './call.ts';
import { KeyRevoked, QuotaExceeded, RateExceeded, Replayed } from './errors.ts';

/** Calls of one lot did not all go well: each is to be taken by itself. */
class NotTogether extends Error {}

/** Rows that the calls of a minute are spread over. */
const SLOTS = 16;
const MINUTE_S = 60;
const DAY_S = 86_400;
const SHANGHAI_S = 8 * 3_600;

/**
 * Once only and within what was agreed; both are in the transaction of the work, so a call that fails is not counted. Gives what was
 * found of the terms.
 */
export async function accept(
  options: Pick<Call, 'seen' | 'claims' | 'work' | 'limits'> & { db: Db },
): Promise<unknown> {
  const { db, seen, claims, work, limits } = options;
  const row = await db.one<Limited & { verdict: string; found: unknown }>(sql`
    select a.verdict, coalesce(a.in_minute, 0) as "inMinute", coalesce(a.in_day, 0) as "inDay", m.most as "perMinute", d.most as "perDay", t.found
    from (${work.terms}) t cross join lateral (select coalesce(t.per_minute, ${limits.perMinute}::int) as most) m
      cross join lateral (select coalesce(t.per_day, ${limits.perDay}::int) as most) d
      cross join lateral gateway.accept(${claims.keyId}, ${claims.nonce}, ${claims.expires}::timestamptz, ${seen.at}::timestamptz, t.counted, m.most, d.most, ${slotOf(seen)}::int) a`);
  const { verdict, found, ...limited } = row;
  if (verdict === 'revoked') throw KeyRevoked.with();
  if (verdict === 'replayed') throw Replayed.with();
  seen.limited = limited;
  if (verdict === 'rate') throw RateExceeded.with({ extra: { most: limited.perMinute } });
  if (verdict === 'quota') throw QuotaExceeded.with({ extra: { most: limited.perDay } });
  return found;
}

/** The same for several at once: all of them or none. */
export async function acceptAll(db: Db, calls: readonly Call[]): Promise<void> {
  const last = calls.at(-1);
  if (!last) return;
  const terms = calls.map(({ work: { shared }, limits }) => ({
    counted: shared?.counted ?? '',
    perMinute: shared?.perMinute ?? limits.perMinute,
    perDay: shared?.perDay ?? limits.perDay,
  }));
  const claims = calls.map((call) => call.claims);
  const rows = await db.rows<{ counted: string; inMinute: number; inDay: number }>(sql`
    select counted, in_minute as "inMinute", in_day as "inDay" from gateway.accept_all(${claims.map(({ keyId }) => keyId)}::text[],
      ${claims.map(({ nonce }) => nonce)}::text[], ${claims.map(({ expires }) => expires)}::timestamptz[], ${terms.map(({ counted }) => counted)}::text[],
      ${last.seen.at}::timestamptz, ${slotOf(last.seen)}::int)`);
  const now = new Map(rows.map(({ counted, ...sums }) => [counted, sums]));
  // The last of a system has the sums as they are now, the one before it one less.
  for (const [at, { seen }] of [...calls.entries()].reverse()) {
    const { counted, ...most } = terms[at] as (typeof terms)[number];
    const sums = now.get(counted);
    if (!sums || sums.inMinute > most.perMinute || sums.inDay > most.perDay) throw new NotTogether();
    seen.limited = { ...most, ...sums };
    now.set(counted, { inMinute: sums.inMinute - 1, inDay: sums.inDay - 1 });
  }
}

/** Which row a call is counted in: by the last digit of its id, which is drawn. */
function slotOf(seen: Seen): number {
  return Number.parseInt(seen.id.at(-1) ?? '0', SLOTS);
}

/** Seconds until the running minute, or the running day of the district, is over. */
function secondsLeft(at: Date, period: number): number {
  const seconds = Math.floor(at.getTime() / 1000) + (period === DAY_S ? SHANGHAI_S : 0);
  return period - (seconds % period);
}

/** How much of what was agreed is left (RateLimit fields for HTTP, IETF draft). */
export function limitHeaders(seen: Seen, problem?: ProblemError): Record<string, string> {
  const { limited, at } = seen;
  if (!limited) return {};
  const left = (most: number, used: number) => Math.max(0, most - used);
  const [minute, day] = [secondsLeft(at, MINUTE_S), secondsLeft(at, DAY_S)];
  const wait =
    problem?.spec.code === RateExceeded.code ? minute : problem?.spec.code === QuotaExceeded.code ? day : undefined;
  return {
    'ratelimit-policy': `"minute";q=${limited.perMinute};w=${MINUTE_S}, "day";q=${limited.perDay};w=${DAY_S}`,
    ratelimit: `"minute";r=${left(limited.perMinute, limited.inMinute)};t=${minute}, "day";r=${left(limited.perDay, limited.inDay)};t=${day}`,
    ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
  };
}
