import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Holder } from '#platform/identity/organisation/holders.ts';
import type { Step } from './settings.ts';

/**
 * Who is told at a step (值守人员): whom the roster names for the unit now, else whom it names for the role anywhere; where there is no roster, the
 * holders of the post in the unit. Duty officers serve the whole district, so theirs may be of another unit; a head of another unit is not told.
 */
export async function onDuty(
  db: Db,
  options: { unit: string; step: Step; holders: readonly Holder[] },
): Promise<string[]> {
  const { unit, step, holders } = options;
  const roster = await db.rows<{ account: string; unit: string }>(sql`
    select distinct account, unit from signal.duty where role = ${step.role} and from_at <= kernel.now() and to_at > kernel.now() order by account`);
  // Who has left since the roster was written is not told.
  const there = roster.filter(({ account }) => holders.some((holder) => holder.account === account));
  const ours = there.filter((entry) => entry.unit === unit);
  if (ours.length > 0) return ours.map(({ account }) => account);
  if (there.length > 0) return there.map(({ account }) => account);
  const post = holders.filter((holder) => holder.post === step.post);
  const own = post.filter((holder) => holder.unit === unit);
  const found = own.length > 0 || step.role !== 'duty-officer' ? own : post;
  return [...new Set(found.map(({ account }) => account))];
}
