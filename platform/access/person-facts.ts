import { port } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';

/** What delegation must know of a resident: name and phone to find the one who is meant, age, and whether they live. */
export type PersonFact = {
  name: string | null;
  phone: string | null;
  birthDate: string | null;
  deathDate: string | null;
};

/** Facts by pid; a resident who is not there has none. Filled by the population database; opens its own transaction. */
export type PersonFacts = {
  factsOf(options: { persons: readonly string[]; services: Services }): Promise<Map<string, PersonFact>>;
};
export const personFacts = port<PersonFacts>('access.person-facts');

/** The facts of one resident; undefined where nobody knows residents, or not this one. */
export async function factOf(services: Services, person: string): Promise<PersonFact | undefined> {
  const found = await services.registry.provided(personFacts)[0]?.value.factsOf({ persons: [person], services });
  return found?.get(person);
}
