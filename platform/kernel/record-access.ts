import { giverOf } from './acting.ts';
import type { Actor } from './actor.ts';
import type { Route, Services } from './app.ts';
import type { Ports } from './caller.ts';
import type { Db } from './db.ts';
import type { ProblemError } from './errors.ts';
import type { AccessEntry, ResourceFacts } from './ports.ts';
import type { ReplyMap } from './subjects.ts';

/** Writes what a request has read or changed, of whom, in its own transaction (§2b 7). */
export async function recordAccess(options: {
  compiled: { id: string; route: Route; reply: ReplyMap };
  ports: Ports;
  db: Db;
  value: unknown;
}): Promise<void> {
  const { compiled, ports, db, value } = options;
  const changed = compiled.route.method !== 'GET' && !compiled.route.repeatable;
  // Whatever is done in somebody's name is shown to them, also where nothing of a catalogued resource is in the reply.
  const giver = compiled.route.delegable === undefined ? undefined : giverOf(db.actor);
  if (!ports.audit || (compiled.reply.fields.length === 0 && !changed && !giver)) return;
  const subjects = compiled.reply.subjectsIn(value);
  const entry: AccessEntry = {
    route: compiled.id,
    fields: compiled.reply.fields,
    subjects:
      giver && !subjects.some((s) => s.kind === giver.kind && s.id === giver.id) ? [...subjects, giver] : subjects,
    outcome: changed ? 'changed' : 'read',
  };
  await ports.audit.record(db, entry);
}

/**
 * Refusals are written in a transaction of their own, because the one that was refused is gone (§2b 7). What somebody tried in
 * the name of another is shown to that other.
 */
export async function recordRefusal(options: {
  module: string;
  route: string;
  action: string;
  resource?: ResourceFacts;
  fields: AccessEntry['fields'];
  ports: Ports;
  services: Services;
  actor: Actor;
  error: ProblemError;
  /** Policies that refused. */
  reasons: readonly string[];
}): Promise<void> {
  const { module, route, action, resource, fields, ports, services, actor, error, reasons } = options;
  const { audit } = ports;
  if (!audit) return;
  const giver = giverOf(actor);
  const { code } = error.spec;
  await services.database.tx({ module, actor }, async (db) => {
    ports.policy?.keep?.(db, { route, action, code, reasons, resource });
    await audit.record(db, { route, fields, subjects: giver ? [giver] : [], outcome: 'refused', code });
  });
}
