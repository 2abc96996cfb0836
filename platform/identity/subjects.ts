import { port } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';

/**
 * Look-up kind of identity numbers (`keyring.lookup`); the same in every module, so that an account finds its resident.
 * `platform/exchange` writes the same kind into claims.
 */
export const ID_NUMBER_LOOKUP = 'id18';

/**
 * Finds the resident behind an account: the pid for the keyed digest of an identity number, or undefined while no such
 * golden record exists. Filled by the population database; opens its own transaction.
 */
export type PersonResolver = { personOf(options: { hash: string; services: Services }): Promise<string | undefined> };
export const personResolver = port<PersonResolver>('identity.person');

/** What sign-in must know of the resident behind an account: whether they live, and in which committee's area. */
export type ResidentFact = { deathDate: string | null; committee: string | null };

/** Facts by the digest of the identity number; who is not in the population database has none. Opens its own transaction. */
export type ResidentFacts = {
  factsOf(options: { hashes: readonly string[]; services: Services }): Promise<Map<string, ResidentFact>>;
};
export const residentFacts = port<ResidentFacts>('identity.resident-facts');

/** The facts of one resident; undefined where nobody knows residents, or not this one. */
export async function residentOf(services: Services, hash: string): Promise<ResidentFact | undefined> {
  const found = await services.registry.provided(residentFacts)[0]?.value.factsOf({ hashes: [hash], services });
  return found?.get(hash);
}
