import type { Services } from '#platform/kernel/app.ts';
import { listHolders } from '#platform/identity/organisation/holders.ts';
import { dutyNow } from './duty-roster.ts';

/**
 * Whom the first step of the ladder tells now (谁会接到预警): whom a roster names as duty officers, else everybody who holds the post. An alert must not wait
 * for a roster that nobody has written, so without one all of them are told, and pages say so. Opens transactions of its own.
 */
export async function whoIsTold(services: Services): Promise<{ rostered: boolean; names: string[] }> {
  const holders = (await listHolders(services)).filter(({ post }) => post === 'duty-officer');
  const named = (await dutyNow(services)).filter(({ role }) => role === 'duty-officer');
  const there = holders.filter(({ account }) => named.some((entry) => entry.account === account));
  const told = there.length > 0 ? there : holders;
  return { rostered: there.length > 0, names: [...new Set(told.map(({ name }) => name))] };
}
