/** The parts that a caller may want without files: areas, buildings, households. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HERE, readBaseline, volume } from './baseline.ts';
import type { Profile } from './baseline.ts';
import { makeBuildings } from './buildings.ts';
import type { Building } from './buildings.ts';
import { makeHouseholds } from './people.ts';
import type { Household } from './people.ts';
import { createRandom } from './random.ts';
import { readRoadPoints } from './roads.ts';
import { makeAreas, readOutline } from './shapes.ts';
import type { Area, Register } from './shapes.ts';

function readCsv(file: string): string[][] {
  const text = readFileSync(join(HERE, 'data', file), 'utf8')
    .replace(/^\ufeff/, '')
    .trim();
  return text
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
}

/** Streets and committees of the real register. */
export function readRegister(): Register {
  return {
    streets: readCsv('huangpu-streets.gbt2260.csv').map(([code = '', name = '']) => ({ code, name })),
    committees: readCsv('huangpu-residents-committees.gbt2260.csv').map(([code = '', name = '', street = '']) => ({
      code,
      name,
      street,
    })),
  };
}

export interface Place {
  areas: Area[];
  buildings: Building[];
}

/** Areas and buildings only; the same for every caller with the same profile and seed. */
export function generatePlace({ profile, seed }: { profile: Profile; seed: number }): Place {
  const baseline = readBaseline();
  const random = createRandom(seed);
  const amount = (name: string): number => volume({ baseline, profile, name });
  const areas = makeAreas({
    outline: readOutline(join(HERE, 'data/huangpu-outline.gcj02.geojson')),
    register: readRegister(),
    cells: amount('cells'),
    districtCode: '310101',
    districtName: '黄浦区',
    random: random.fork('areas'),
  });
  const roads = readRoadPoints(join(HERE, 'data/osm-peoples-square-roads.wgs84.osm.gz'));
  const buildings = makeBuildings({
    areas,
    count: amount('buildings'),
    dwellings: amount('dwellings'),
    roads,
    random: random.fork('buildings'),
  });
  return { areas, buildings };
}

/** 瑞金二路街道, where the demo scenarios take place. */
export const DEMO_STREET = '310101023';

/** Homes of the demo household: now, and where the demo upload moves it, both in 瑞金二路街道 and on that road. */
export function demoHomes(buildings: readonly Building[]): { from: Building; to: Building } {
  const inStreet = buildings.filter((building) => building.street === DEMO_STREET && building.dwellings > 0);
  const from = inStreet.find((building) => building.road === '瑞金二路') ?? inStreet[0];
  const others = inStreet.filter((building) => building.committee !== from?.committee);
  const to =
    others.find((building) => building.road === '思南路') ??
    others.find((building) => building.road !== from?.road) ??
    others[0];
  if (from === undefined || to === undefined) throw new Error('no home for the demo household');
  return { from, to };
}

/** Households in generation order; demo household first. */
export function generateHouseholds({
  profile,
  seed,
  buildings,
}: {
  profile: Profile;
  seed: number;
  buildings: readonly Building[];
}): Generator<Household> {
  const baseline = readBaseline();
  const amount = (name: string): number => volume({ baseline, profile, name });
  return makeHouseholds({
    buildings,
    persons: amount('persons'),
    residents: amount('residents'),
    deceased: amount('deceased'),
    asOf: baseline.asOf,
    rates: { twins: baseline.rates.twins ?? 0, moved: baseline.rates.moved ?? 0 },
    random: createRandom(seed).fork('people'),
    demoHome: demoHomes(buildings).from,
  });
}
