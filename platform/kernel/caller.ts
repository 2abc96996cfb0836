import type { FastifyRequest } from 'fastify';
import { type Actor, anonymous } from './actor.ts';
import type { Services } from './app.ts';
import { Forbidden, type ProblemError, SignInRequired, Starting } from './errors.ts';
import type { Asked, AuditTrail, Authenticator, Policy } from './ports.ts';

/** What fills the seams of a request: who is it, may they, and what is written of it. */
export type Ports = {
  authenticator: Authenticator | undefined;
  policy: Policy | undefined;
  audit: AuditTrail | undefined;
};

/** What the process works with, once it has started. */
export function running(services: () => Services | undefined): Services {
  const found = services();
  if (!found) throw Starting.with();
  return found;
}

/** Who sends this request; nobody where no module signs people in. */
export async function whoCalls(request: FastifyRequest, ports: Ports, services: Services): Promise<Actor> {
  if (!ports.authenticator) return anonymous(request.id);
  return ports.authenticator.authenticate({ cookie: request.headers.cookie, trace: request.id, services });
}

/** Whether the policy lets this pass; what it does not know is refused. */
export function allowed(asked: Asked, ports: Ports): boolean {
  if (asked.action === 'public') return true;
  if (asked.action === 'signed-in') return asked.actor.kind === 'person';
  return ports.policy?.may(asked) ?? false;
}

/** Why it was refused, and by which policies. */
export function refusalOf(asked: Asked, ports: Ports): { problem: ProblemError; reasons: readonly string[] } {
  return (
    ports.policy?.refusal?.(asked) ?? { problem: Forbidden.with({ extra: { permission: asked.action } }), reasons: [] }
  );
}

/** The same for protocols, which have one answer for whoever has not signed in. */
export function assertAllowed(asked: Asked, ports: Ports): void {
  if (allowed(asked, ports)) return;
  throw asked.actor.kind === 'anonymous' ? SignInRequired.with() : refusalOf(asked, ports).problem;
}
