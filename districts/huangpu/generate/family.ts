/** The family of the delegation scenario: a father of 84 and a daughter of the same street who lives elsewhere, found among the invented persons. */
import type { Person } from './people.ts';

const FATHER_AGE = 84;
const DAUGHTER = { youngest: 40, oldest: 60 };

export interface Family {
  father: Person;
  daughter: Person;
}

/**
 * Watches persons go by and remembers who could be the two. Nobody is changed for it: same profile and seed, same files. Persons
 * in whose rows faults were planted are left out, so that their accounts find their records.
 */
export function familyFinder(street: string): {
  see(person: Person): void;
  spoil(pid: string): void;
  found(): Family | undefined;
} {
  const fathers: Person[] = [];
  const daughters: Person[] = [];
  const spoilt = new Set<string>();
  const lives = (person: Person): boolean =>
    person.resident && person.deathDate === '' && person.residence.building?.street === street && person.twinOf === '';
  return {
    see(person) {
      if (!lives(person)) return;
      if (person.sex === '1' && person.age === FATHER_AGE) fathers.push(person);
      if (person.sex === '2' && person.age >= DAUGHTER.youngest && person.age <= DAUGHTER.oldest)
        daughters.push(person);
    },
    spoil: (pid) => void spoilt.add(pid),
    found() {
      for (const father of fathers.filter(({ pid }) => !spoilt.has(pid))) {
        const daughter = daughters.find(
          (person) =>
            !spoilt.has(person.pid) &&
            person.householdNo !== father.householdNo &&
            person.name.startsWith(father.name.slice(0, 1)) &&
            // The demo household has its own part to play.
            person.householdNo !== 'HP0000001',
        );
        if (daughter) return { father, daughter };
      }
      return undefined;
    },
  };
}

/** Age of somebody who goes to a window in the middle of a working day, not old enough to be served first. */
const NEIGHBOUR = { youngest: 35, oldest: 55 };

/** The resident of the window scenario: an adult of another street, whose card is on the sample's reader. Found as the family is, and nobody is changed for it. */
export function neighbourFinder(street: string): {
  see(person: Person): void;
  spoil(pid: string): void;
  found(): Person | undefined;
} {
  const seen: Person[] = [];
  const spoilt = new Set<string>();
  return {
    see(person) {
      if (!person.resident || person.deathDate !== '' || person.twinOf !== '' || person.phone === '') return;
      if (person.residence.building?.street !== street || person.previous) return;
      if (person.age >= NEIGHBOUR.youngest && person.age <= NEIGHBOUR.oldest) seen.push(person);
    },
    spoil: (pid) => void spoilt.add(pid),
    found: () => seen.find(({ pid }) => !spoilt.has(pid)),
  };
}
