import type { Actor } from './actor.ts';
import { port, type Services } from './app.ts';
import type { Db } from './db.ts';
import type { ProblemError } from './errors.ts';
import type { FieldMark } from './resource.ts';

/*
 * Ports of the kernel, filled by platform modules through `provides` in their manifests.
 */

/** Says who is calling, from the request's headers. Filled by platform/identity. */
export type Authenticator = {
  authenticate(options: { cookie: string | undefined; trace: string; services: Services }): Promise<Actor>;
};
export const authenticator = port<Authenticator>('kernel.authenticator');

/** Says whether an actor may do an action. Filled by platform/access; without it everything but 'public' is refused. */
export type Policy = { may(options: { actor: Actor; action: string; services: Services }): boolean };
export const policy = port<Policy>('kernel.policy');

/** What one request read: filled from the reply, never guessed from the query. */
export type AccessEntry = {
  route: string;
  /** Marks of the L3/L4 and other catalogued fields in the reply. */
  fields: FieldMark[];
  /** Persons and enterprises whose rows were returned. */
  subjects: { kind: 'person' | 'entity'; id: string }[];
  outcome: 'read' | 'changed' | 'refused';
  code?: string;
  statement?: string;
};

/** Records who read or changed what. Filled by platform/audit. */
export type AuditTrail = {
  /** In the transaction of the request, before it commits. */
  record(db: Db, entry: AccessEntry): Promise<void>;
};
export const auditTrail = port<AuditTrail>('kernel.audit');

/** Turns a refusal by PostgreSQL (permission denied on a share view) into what people need to know. Filled by platform/catalog. */
export type GrantExplainer = {
  explain(options: { db: Db; view: string }): Promise<ProblemError | undefined>;
};
export const grantExplainer = port<GrantExplainer>('kernel.grants');
