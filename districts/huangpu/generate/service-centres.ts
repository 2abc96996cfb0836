/**
 * Service centres of the sample district (样例中心): the administrative service centre and the ten community affairs centres with their
 * 120 windows, and how many people came in each half hour. Kinds are real; places, people and numbers are invented.
 */
import { addDays } from '#platform/kernel/dates.ts';
import type { Text } from '#platform/kernel/text.ts';
import { district } from '../district.ts';
import { createRandom, type Random } from './random.ts';

export type SampleFamily = { code: string; letter: string; title: Text; units: string[] };
export type SampleCentre = {
  code: string;
  kind: 'district' | 'community';
  title: Text;
  units: string[];
  area: string;
  address: Text;
  phone: string;
  lon: number;
  lat: number;
  hours: { working: { from: string; to: string }; saturday?: { from: string; to: string } };
  windows: { no: number; families: string[] }[];
  /** People a year: its share of all. */
  visits: number;
};
export type SampleVisits = { centre: string; day: string; half: number; people: number };

const family = (letter: string, code: string, zh: string, en: string, units: string): SampleFamily => ({
  code,
  letter,
  title: { zh, en },
  units: units.split(' '),
});
export const FAMILIES: readonly SampleFamily[] = [
  family('A', 'civil', '民政救助', 'Civil affairs and relief', 'civil-affairs disabled-federation veterans'),
  family('B', 'insurance', '社保就业', 'Insurance and work', 'social-insurance human-resources medical-security'),
  family('C', 'residence', '户籍居住', 'Residence and papers', 'public-security'),
  family('D', 'health', '卫生健康', 'Health', 'health'),
  family('E', 'education', '教育文体', 'Education, culture and sports', 'education culture-tourism sports'),
  family('F', 'housing', '住房不动产', 'Housing and property', 'housing property-registration'),
  family('G', 'business', '企业开办与税务', 'Business and tax', 'market-supervision tax commerce'),
  family(
    'H',
    'construction',
    '建设与规划',
    'Construction and planning',
    'construction-transport planning greening ecology-environment emergency fire-rescue civil-defence development-reform science finance justice',
  ),
];

/** People who come to all centres in a year. */
const VISITS_A_YEAR = 350_000;
const WORKING_DAYS = 250;
const DISTRICT_WINDOWS = 30;
const STREET_WINDOWS = 9;
/** About where each street lies, degrees EPSG:4490: invented addresses, so no better than that. */
const PLACES: Readonly<Record<string, [number, number]>> = {
  '310101002': [121.4755, 31.2365],
  '310101013': [121.485, 31.2375],
  '310101015': [121.4885, 31.205],
  '310101017': [121.5, 31.22],
  '310101018': [121.488, 31.2275],
  '310101019': [121.4825, 31.2175],
  '310101020': [121.4715, 31.203],
  '310101021': [121.4675, 31.2085],
  '310101022': [121.4755, 31.22],
  '310101023': [121.464, 31.216],
};
const WORKING = { from: '09:00', to: '17:00' };
const SATURDAY = { from: '09:00', to: '12:00' };

export function sampleCentres(streets: readonly { code: string; name: string }[]): SampleCentre[] {
  const everyday = ['civil', 'insurance', 'residence', 'health', 'education', 'housing'];
  const all = FAMILIES.map(({ code }) => code);
  const own: SampleCentre = {
    code: 'service-hall',
    kind: 'district',
    title: { zh: '区行政服务中心', en: 'Administrative Service Centre' },
    units: ['service-hall'],
    area: district.code,
    address: { zh: '样例路1号', en: '1 Sample Road' },
    phone: '021-00000000',
    ...placed([121.48, 31.23]),
    hours: { working: WORKING },
    windows: Array.from({ length: DISTRICT_WINDOWS }, (_, i) => ({
      no: i + 1,
      families: i < 12 ? ['business'] : i < 20 ? ['business', 'construction'] : i < 26 ? ['housing', 'residence'] : all,
    })),
    visits: 0.25,
  };
  return [
    own,
    ...streets.map(
      ({ code, name }, at): SampleCentre => ({
        code: `affairs-centre-${code}`,
        kind: 'community',
        title: { zh: `${name}社区事务受理服务中心`, en: `Community Affairs Centre ${code}` },
        units: [`affairs-centre-${code}`, `street-${code}`],
        area: code,
        address: { zh: `样例路${10 + at}号`, en: `${10 + at} Sample Road` },
        phone: `021-000000${String(10 + at)}`,
        ...placed(PLACES[code] ?? [121.48, 31.22]),
        hours: { working: WORKING, saturday: SATURDAY },
        // The last window of a street takes businesses too, two of them no housing: not everybody can do everything.
        windows: Array.from({ length: STREET_WINDOWS }, (_, i) => ({
          no: i + 1,
          families: i === STREET_WINDOWS - 1 ? ['business', 'housing'] : i < 2 ? everyday.slice(0, 4) : everyday,
        })),
        visits: 0.075,
      }),
    ),
  ];
}

const placed = ([lon, lat]: [number, number]) => ({ lon, lat });

/** Share of a day's people in each half hour from 9:00: the morning rush, a dip at noon, a second wave. */
const PROFILE = [7, 11, 11, 10, 8, 5, 3, 3, 4, 7, 8, 7, 6, 5, 3, 2];
const FIRST_HALF = 18;
/** Monday to Friday: Mondays are full (周一高峰). */
const WEEK = [1.3, 1.05, 0.95, 0.9, 0.85];

/** People by half hour on the working days of a span, with Mondays, year's end and the days after a long rest as they are known to be. */
export function sampleVisits(options: {
  seed: number;
  centres: readonly SampleCentre[];
  from: string;
  days: number;
  isWorked: (day: string) => boolean;
}): SampleVisits[] {
  const { centres, from, days, isWorked } = options;
  const random = createRandom(options.seed).fork('visits');
  const weights = PROFILE.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: days }, (_, i) => addDays(from, i))
    .filter(isWorked)
    .flatMap((day) =>
      centres.flatMap(({ code, visits }) => {
        const people = ((VISITS_A_YEAR * visits) / WORKING_DAYS) * dayFactor(day, isWorked);
        return PROFILE.map((weight, at) => ({
          centre: code,
          day,
          half: FIRST_HALF + at,
          people: poisson(random, (people * weight) / weights),
        }));
      }),
    );
}

function dayFactor(day: string, isWorked: (day: string) => boolean): number {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const yearEnd = day.slice(5, 7) === '12' ? 1.25 : 1;
  const afterRest = [1, 2, 3].every((back) => !isWorked(addDays(day, -back))) ? 1.4 : 1;
  return (WEEK[weekday] ?? 0.6) * yearEnd * afterRest;
}

/** Knuth's method: the means here are small. */
function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let product = random.next();
  let count = 0;
  while (product > limit) {
    product *= random.next();
    count += 1;
  }
  return count;
}
