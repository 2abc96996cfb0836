import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { PersonResolver } from '#platform/identity/subjects.ts';

/** Tells identity which resident an account belongs to. */
export const resolvePerson: PersonResolver = {
  personOf: ({ hash, services }) =>
    services.database.tx({ module: 'population', actor: systemActor({ name: 'resolve-person' }) }, async (db) => {
      const found = await db.first<{ pid: string | null }>(sql`select population.resolve_subject(${hash}) as pid`);
      return found?.pid ?? undefined;
    }),
};
