import type { Services } from '#platform/kernel/app.ts';
import { outsideLimits } from './hooks.ts';

/** Whether somebody outside has set a limit on this case (外部时限). Asked for outside a transaction. */
export async function boundOutside(services: Services, no: string): Promise<boolean> {
  for (const { value } of services.registry.provided(outsideLimits))
    if (await value.bound({ services, no })) return true;
  return false;
}
