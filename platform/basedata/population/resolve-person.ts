import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { PersonResolver, ResidentFact, ResidentFacts } from '#platform/identity/subjects.ts';

/** Tells identity which resident an account belongs to. */
export const resolvePerson: PersonResolver = {
  personOf: ({ hash, services }) =>
    services.database.tx({ module: 'population', actor: systemActor({ name: 'resolve-person' }) }, async (db) => {
      const found = await db.first<{ pid: string | null }>(sql`select population.resolve_subject(${hash}) as pid`);
      return found?.pid ?? undefined;
    }),
};

/** Tells identity whether the residents behind accounts live, and where. */
export const factsOfResidents: ResidentFacts = {
  factsOf: ({ hashes, services }) =>
    services.database.tx(
      { module: 'population', actor: systemActor({ name: 'resident-facts' }), readOnly: true },
      async (db) => {
        const rows = await db.rows<ResidentFact & { hash: string }>(sql`
          select h.hash, p.death_date as "deathDate", p.committee_code as committee
          from unnest(${[...hashes]}::text[]) as h(hash) join population.person p on p.pid = population.resolve_subject(h.hash)`);
        return new Map(rows.map(({ hash, ...fact }) => [hash, fact]));
      },
    ),
};
