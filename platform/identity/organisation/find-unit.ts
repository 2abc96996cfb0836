import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Unit } from '../organisation.ts';
import { unitAt } from './units-over-time.ts';

/** The unit as it is today, for other modules; undefined for one that is not there or has ended. */
export async function findUnit(services: Services, code: string): Promise<Unit | undefined> {
  const at = services.clock.now();
  return services.database.tx({ module: 'identity', actor: systemActor({ name: 'units' }), readOnly: true }, (db) =>
    unitAt({ db, code, at }),
  );
}
