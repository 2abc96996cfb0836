/** The sample district 黄浦区: names, codes and where its pieces are. Nothing outside this folder knows Huangpu. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;

/** What the start-up code reads of a district. */
export const district = {
  /** GB/T 2260. */
  code: '310101',
  title: { zh: '黄浦区', en: 'Huangpu District' },
  city: { zh: '上海市', en: 'Shanghai' },
  /** Prefix that a full address carries before the building address. */
  addressPrefix: '上海市黄浦区',
  /** Generated persons and firms: numbers of region 310199 are accepted, screens wear the badge 样例数据. */
  sample: true,
  seed: 310101,
  /** [west, south, east, north], EPSG:4490. */
  bounds: [121.452, 31.185, 121.508, 31.248],
  paths: {
    root: here,
    organisation: join(here, 'organisation.json'),
    baseline: join(here, 'baseline.json'),
    mappings: join(here, 'mappings'),
    data: join(here, 'data'),
    committees: join(here, 'data/huangpu-residents-committees.gbt2260.csv'),
    streets: join(here, 'data/huangpu-streets.gbt2260.csv'),
    regions: join(here, 'data/gbt2260-regions.json'),
    generator: join(here, 'generate/main.ts'),
  },
  /** Department files and the area file, in the order in which the start-up imports them: places before those who live there. */
  imports: [
    'generated-areas',
    'area-streets',
    'area-committees',
    'housing-buildings',
    'planning-buildings',
    'civil-affairs-place-names',
    'housing-rooms',
    'civil-affairs-responsibility',
    'planning-outlines',
    'public-security-population',
    'civil-affairs-household',
    'human-resources-insured',
    'health-registration',
    'health-deaths',
    'education-pupils',
    'market-supervision-entities',
    'tax-registration',
    'commerce-foreign-invested',
    'market-supervision-holders',
    'market-supervision-licences',
    'tax-authorisations',
    'tax-standing',
    'investment-tower-firms',
    'civil-affairs-social-organisations',
    'staffing-public-institutions',
    'osm-heritage-tourism',
    'osm-roads',
    'osm-metro',
    'wikidata-places',
    'metro-stations',
    'guangan-service-items',
    'shanghai-air-hours',
    'industry-codes-2011',
  ],
} as const;

/** A unit 单位 of the organisation tree. */
export interface Unit {
  code: string;
  name: string;
  nameEn: string;
  kind: string;
  parent: string | null;
  /** Earlier names, as the plan and older files use them. */
  formerly?: string[];
  /** Area code of what the unit is responsible for. */
  area?: string;
}

/** The whole tree: the units of `organisation.json`, then those derived from the registers (committees, affairs centres). Parents come first. */
export function readOrganisation(): Unit[] {
  const file = JSON.parse(readFileSync(district.paths.organisation, 'utf8')) as {
    derived: { kind: string; register: string; code: string; name: string; parent: string; area: string }[];
    units: Unit[];
  };
  const derived = file.derived.flatMap((rule) => {
    const [header = [], ...rows] = readRegisterFile(rule.register);
    return rows.map((cells): Unit => {
      const fill = (template: string): string =>
        template.replace(/\{(\w+)\}/g, (_, column: string) => cells[header.indexOf(column)] ?? '');
      return {
        code: fill(rule.code),
        name: fill(rule.name),
        nameEn: fill(rule.name),
        kind: rule.kind,
        parent: fill(rule.parent),
        area: fill(rule.area),
      };
    });
  });
  return [...file.units, ...derived];
}

/** The streets 街道 of the register, by nine-digit code. */
export function readStreets(): { code: string; name: string }[] {
  const [, ...rows] = readRegisterFile('data/huangpu-streets.gbt2260.csv');
  return rows.map(([code = '', name = '']) => ({ code, name }));
}

function readRegisterFile(path: string): string[][] {
  const text = readFileSync(join(here, path), 'utf8')
    .replace(/^\ufeff/, '')
    .trim();
  return text.split(/\r?\n/).map((line) => line.split(','));
}
