import { listHolders } from '#platform/identity/organisation/holders.ts';
import type { Services } from '#platform/kernel/app.ts';

export type Supervisor = { account: string; name: string; post: string; unit: string };

/**
 * Who may be sent on a patrol of a street (可派人员): supervisors of the street and workers of its committees who hold the post now, supervisors first. Called outside
 * a transaction.
 */
export async function supervisorsOf(services: Services, street: string): Promise<Supervisor[]> {
  const holders = await listHolders(services);
  const found = holders.flatMap(({ account, name, post, unit }) => {
    const there =
      (post === 'grid-supervisor' && unit === `street-${street}`) ||
      (post === 'committee-worker' && unit?.startsWith(`committee-${street}`));
    return there && unit ? [{ account, name, post, unit }] : [];
  });
  return found.sort((a, b) => (a.post === b.post ? 0 : a.post === 'grid-supervisor' ? -1 : 1));
}
