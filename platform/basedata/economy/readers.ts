import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { DomainError, ProblemError } from '#platform/kernel/errors.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { isOfficial } from '../shared/is-official.ts';

/** Levels of series that an actor sees: officials in service also what is internal (L2). */
export function levelsFor(actor: Actor): string[] {
  return actor.kind === 'system' || isOfficial(actor) ? ['L1', 'L2'] : ['L1'];
}

/** Those who work on a release before it is public: the unit that answers for it. */
export const worksOn = (actor: Actor, owner: string): boolean => actor.kind === 'system' || actor.unit === owner;

/**
 * Records a refusal that is decided before or outside the transaction of a route (a file in `prepare`, a standard protocol), as the
 * kernel does for its own.
 */
export async function recordRefused(options: {
  services: Services;
  actor: Actor;
  route: string;
  error: ProblemError | DomainError;
}): Promise<void> {
  const { services, actor, route, error } = options;
  const audit = services.registry.provided(auditTrail)[0]?.value;
  if (!audit) return;
  const code = 'spec' in error ? error.spec.code : error.code;
  await services.database.tx({ module: 'economy', actor }, (db) =>
    audit.record(db, { route, fields: [], subjects: [], outcome: 'refused', code }),
  );
}
