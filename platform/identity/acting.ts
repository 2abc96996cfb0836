import type { Actor } from '#platform/kernel/actor.ts';
import { actFor } from '#platform/kernel/acting.ts';
import type { Services } from '#platform/kernel/app.ts';
import { delegations } from '#platform/kernel/ports.ts';

type Signed = Omit<Actor, 'trace' | 'purpose'>;

/** The actor of a session that acts for somebody. Where the delegation is not to be found, nothing may be done in its name. */
export async function whoActs(options: { actor: Signed; delegation: string; services: Services }): Promise<Signed> {
  const { actor, delegation, services } = options;
  const found = await services.registry
    .provided(delegations)[0]
    ?.value.behalfOf({ delegation, account: actor.account, services });
  const behalf = found ?? { delegation, name: '', scopes: [], ended: true };
  // Whoever holds no post any more helps nobody in the name of one.
  return actFor({ ...actor, trace: '' }, actor.post === undefined ? { ...behalf, ended: true } : behalf);
}
