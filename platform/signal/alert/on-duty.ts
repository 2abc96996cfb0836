import type { Holder } from '#platform/identity/organisation/holders.ts';
import type { OnDuty } from './duty-roster.ts';
import type { Step } from './settings.ts';

/**
 * Who is told at a step (值守人员): whom the roster names for the unit now, else whom it names for the role anywhere; where there is no roster, the
 * holders of the post in the unit. Duty officers serve the whole district, so theirs may be of another unit; a head of another unit is not told.
 */
export function onDuty(options: {
  unit: string;
  step: Step;
  holders: readonly Holder[];
  roster: readonly OnDuty[];
}): string[] {
  const { unit, step, holders, roster } = options;
  // Who has left since the roster was written is not told.
  const there = roster.filter(
    ({ role, account }) => role === step.role && holders.some((holder) => holder.account === account),
  );
  const ours = there.filter((entry) => entry.unit === unit);
  const named = ours.length > 0 ? ours : there;
  if (named.length > 0) return [...new Set(named.map(({ account }) => account))];
  const post = holders.filter((holder) => holder.post === step.post);
  const own = post.filter((holder) => holder.unit === unit);
  const found = own.length > 0 || step.role !== 'duty-officer' ? own : post;
  return [...new Set(found.map(({ account }) => account))];
}
