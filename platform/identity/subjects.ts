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
