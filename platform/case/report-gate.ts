import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { TooManyReports } from './errors.ts';

const HOUR_MS = 3_600_000;

/** What becomes of a further report of a sender: a case at once, or kept for a person and why (限流与待核). */
export type Gate = 'file' | 'rate' | 'cooling';

/** The digest that stands for somebody who stays anonymous (匿名上报): the same for all that they send, and nobody leads it back. */
export const anonymousKey = (services: Services, account: string): string =>
  services.keyring.lookup('incident.anonymous', account);

/** All names under which an account may have reported: its own and the anonymous one count together. */
export const sendersOf = (services: Services, account: string): string[] => [account, anonymousKey(services, account)];

/**
 * Looks how much a sender has handed in within the hour (上报频次). Above the first limit nothing is refused: a person looks. Throws
 * INCIDENT_TOO_MANY_REPORTS above the last one, with the seconds after which there is room again. A number of the rulebook decides, never who it is.
 */
export async function gateOf(db: Db, options: { senders: readonly string[]; now: Date }): Promise<Gate> {
  const { senders, now } = options;
  const { hold, most } = await amountsAt(
    db,
    { hold: { id: 'incident.report.hold', unit: 'report' }, most: { id: 'incident.report.most', unit: 'report' } },
    now,
  );
  const load = await db.one<{ n: number; nth: Date | null; cooling: Date | null }>(sql`
    select l.n, l.nth, incident.cooling_of(${[...senders]}::text[], ${now}::timestamptz) as cooling
    from incident.load_of(${[...senders]}::text[], ${new Date(now.getTime() - HOUR_MS)}::timestamptz, ${most}::int) l`);
  if (load.n >= most) throw tooMany(most, load.nth, now);
  if (load.cooling) return 'cooling';
  return load.n >= hold ? 'rate' : 'file';
}

/** Following a case that is known makes no work for a desk: the last limit only. */
export async function refuseFlood(db: Db, options: { senders: readonly string[]; now: Date }): Promise<void> {
  await gateOf(db, options);
}

function tooMany(most: number, nth: Date | null, now: Date) {
  const again = (nth?.getTime() ?? now.getTime()) + HOUR_MS;
  const retryAfter = Math.max(1, Math.ceil((again - now.getTime()) / 1000));
  const minutes = Math.ceil(retryAfter / 60);
  return TooManyReports.with({
    detail: {
      zh: `一小时内最多接收 ${most} 件，约 ${minutes} 分钟后可继续。`,
      en: `${most} are taken within an hour; there is room again in about ${minutes} minutes.`,
    },
    extra: { retryAfter },
  });
}
