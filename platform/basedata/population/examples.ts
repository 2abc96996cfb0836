/**
 * Persons for the generated test matrix: whoever seeds the house (the matrix, a test) says which pid a street clerk may
 * see and which not. Without a seed the routes are called with a pid that nobody has.
 */
const NOBODY = '00000000-0000-4000-8000-000000000000';
let seen: { own?: string; foreign?: string } = {};

export function useExamplePersons(pids: { own?: string; foreign?: string }): void {
  seen = pids;
}
export const anyPid = (): string => seen.own ?? NOBODY;
export const foreignPid = (): string => seen.foreign ?? NOBODY;
