/**
 * Cases of the sample district (样例办件): what invented people applied for lately and how far it came. Only the stories: the platform files
 * and handles them by its own rules (`load-cases.ts`), so that clocks, timelines and ratings are those of real cases.
 */
import { mobileNumber, citizenNumber } from './identifiers.ts';
import { givenName, surname } from './names.ts';
import { createRandom, type Random } from './random.ts';

/** How far a case has come. */
export type StoryEnd =
  | 'submitted'
  | 'correction'
  | 'accepted'
  | 'review'
  | 'drafted'
  | 'stopped'
  | 'decided'
  | 'delivered'
  | 'rated'
  | 'not-accepted'
  | 'withdrawn';

export type CaseStory = {
  item: string;
  applicant: { name: string; phone: string; idNumber: string };
  /** Whole days before the day of loading; hours of that day. */
  daysAgo: number;
  hour: number;
  end: StoryEnd;
  refused: boolean;
  stars: number;
};

/** Ends with how often they come and how long ago such a case began. */
const ENDS: readonly [StoryEnd, number, number, number][] = [
  ['submitted', 12, 0, 3],
  ['correction', 6, 2, 6],
  ['accepted', 8, 1, 5],
  ['review', 12, 2, 9],
  ['drafted', 8, 3, 8],
  ['stopped', 5, 4, 12],
  ['decided', 6, 4, 10],
  ['delivered', 14, 8, 40],
  ['rated', 20, 10, 60],
  ['not-accepted', 4, 3, 40],
  ['withdrawn', 5, 3, 40],
];
const REFUSED = 0.08;
/** Of those that a unit still has in hands, some have run over their time; the others have not. */
const LATE = 0.1;
const OPEN: ReadonlySet<StoryEnd> = new Set(['accepted', 'review', 'drafted', 'stopped']);

/** The same stories at every run. `items`: codes that may be applied for, with how often (cases a year) and the days promised. */
export function generateCases(options: {
  seed: number;
  items: readonly { code: string; weight: number; days: number }[];
  count: number;
}): CaseStory[] {
  const random = createRandom(options.seed).fork('cases');
  const cumulative = sums(options.items.map(({ weight }) => weight));
  const often = sums(ENDS.map(([, weight]) => weight));
  return Array.from({ length: options.count }, (_, sequence) => {
    const item = random.pickWeighted(options.items, cumulative);
    const [end, , least, most] = random.pickWeighted(ENDS, often);
    const drawn = random.int(least, most);
    return {
      item: item.code,
      applicant: applicant(random, sequence),
      daysAgo: OPEN.has(end) && !random.chance(LATE) ? Math.min(drawn, Math.max(0, item.days - 1)) : drawn,
      hour: random.int(9, 16),
      end,
      refused: random.chance(REFUSED),
      // Most are satisfied; the bad ones are what the page is for.
      stars: random.pick([5, 5, 5, 5, 4, 4, 3, 2, 1]),
    };
  });
}

function applicant(random: Random, sequence: number): CaseStory['applicant'] {
  const year = random.int(1950, 2003);
  const sex = random.chance(0.5) ? ('1' as const) : ('2' as const);
  const birthDate = `${year}-0${random.int(1, 9)}-1${random.int(0, 9)}`;
  return {
    name: `${surname(random)}${givenName({ random, year, sex })}`,
    phone: mobileNumber(random),
    idNumber: citizenNumber({ birthDate, sequence: 100 + (sequence % 800) }),
  };
}

function sums(weights: readonly number[]): number[] {
  let total = 0;
  return weights.map((weight) => (total += weight));
}
