import type { Actor } from './actor.ts';
import type { Services } from './app.ts';
import { DatabaseAway } from './db/engine.ts';
import {
  Conflict,
  Forbidden,
  GrantExpired,
  ProblemError,
  PurposeNotAllowed,
  PurposeRequired,
  ServiceUnavailable,
} from './errors.ts';
import { grantExplainer } from './ports.ts';

/** What PostgreSQL refused, as a problem that people understand; undefined if it is a fault of the program. */
export async function databaseProblem(options: {
  error: unknown;
  services: Services;
  module: string;
  actor: Actor;
}): Promise<ProblemError | undefined> {
  const { error, services, module, actor } = options;
  if (error instanceof ProblemError) return error;
  if (error instanceof DatabaseAway) return ServiceUnavailable.with();
  const code = (error as { code?: string } | null)?.code;
  switch (code) {
    // Raised by share.check: see platform/catalog.
    case 'SD001':
      return PurposeRequired.with();
    case 'SD002':
      return GrantExpired.with();
    case 'SD003':
      return PurposeNotAllowed.with();
    case '40001':
    case '40P01':
      return Conflict.with();
    case '42501':
      return explain({ message: (error as Error).message, services, module, actor });
    default:
      return undefined;
  }
}

async function explain(options: {
  message: string;
  services: Services;
  module: string;
  actor: Actor;
}): Promise<ProblemError | undefined> {
  const view = /permission denied for (?:view|table) (\w+)/.exec(options.message)?.[1];
  const explainer = options.services.registry.provided(grantExplainer)[0];
  if (!view || !explainer) return Forbidden.with();
  const problem = await options.services.database.tx(
    { module: explainer.module.id, actor: { ...options.actor, reach: 'district' } },
    (db) => explainer.value.explain({ db, view }),
  );
  return problem ?? Forbidden.with();
}
