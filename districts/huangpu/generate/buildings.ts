/** Buildings inside the grid cells: footprint, lane-house address by real road names, and the facts housing and planning keep. */
import type { Polygon } from 'geojson';
import { STREET_ROADS } from './roads.ts';
import type { Area } from './shapes.ts';
import { METRE, SHRINK, footprints } from './footprints.ts';
import type { Point } from './footprints.ts';
import { finishBuildings } from './building-details.ts';
import { cumulate } from './random.ts';
import type { Random } from './random.ts';

export interface Building {
  code: string;
  name: string;
  /** Building address 坐落, e.g. 瑞金二路118弄12号. */
  address: string;
  road: string;
  cell: string;
  committee: string;
  street: string;
  use: '住宅' | '办公' | '商业' | '学校' | '医疗' | '文化' | '其他';
  yearBuilt: number;
  floors: number;
  heightM: number;
  structure: string;
  heritageClass: string;
  /** 立面保护要求, empty where the building is not listed. */
  facadeClass: string;
  /** 管理单位 */
  managedBy: string;
  /** 涉密类别: such a building is on no public map. */
  secrecy: '' | 'military' | 'police';
  dwellings: number;
  outline: Polygon;
}

const USES = ['住宅', '办公', '商业', '学校', '医疗', '文化', '其他'] as const;
const USE_WEIGHTS = cumulate([70, 10, 11, 3, 1, 2, 3]);

function character(
  random: Random,
  use: Building['use'],
): Pick<Building, 'yearBuilt' | 'floors' | 'structure' | 'heritageClass'> {
  const old = random.chance(use === '住宅' ? 0.38 : 0.25);
  const yearBuilt = old ? random.int(1900, 1948) : random.int(1952, 2022);
  const high = yearBuilt > 1985 && random.chance(use === '住宅' ? 0.45 : 0.6);
  const floors = high ? random.int(12, use === '办公' ? 48 : 33) : old ? random.int(2, 4) : random.int(4, 7);
  const structure = old
    ? random.pick(['砖木', '砖混', '砖木'])
    : high
      ? random.pick(['钢混', '钢混', '钢结构'])
      : random.pick(['砖混', '钢混']);
  const heritageClass =
    old && random.chance(0.12)
      ? random.pick(['优秀历史建筑二类', '优秀历史建筑三类', '优秀历史建筑四类', '不可移动文物'])
      : '';
  return { yearBuilt, floors, structure, heritageClass };
}

/** `count` buildings spread over the cells, with `dwellings` homes among the residential ones. */
export function makeBuildings(options: {
  areas: readonly Area[];
  count: number;
  dwellings: number;
  roads: readonly { name: string; lon: number; lat: number }[];
  random: Random;
}): Building[] {
  const { random } = options;
  const cells = random.shuffle(options.areas.filter((area) => area.level === 'cell').slice());
  const counts = new Map(
    cells.map((cell, i) => [
      cell.code,
      Math.floor(options.count / cells.length) + (i < options.count % cells.length ? 1 : 0),
    ]),
  );
  const lanes = new Map<string, number>();
  const perStreet = new Map<string, number>();
  const buildings: Building[] = [];
  for (const cell of options.areas) {
    const count = cell.level === 'cell' ? (counts.get(cell.code) ?? 0) : 0;
    if (count === 0) continue;
    const street = cell.code.slice(0, 9);
    const centre = cell.ring.reduce<Point>(
      (sum, p) => [sum[0] + p[0] / cell.ring.length, sum[1] + p[1] / cell.ring.length],
      [0, 0],
    );
    let best = 150 * METRE;
    let road = random.pick(STREET_ROADS[street] ?? ['样例路']);
    for (const point of options.roads) {
      const d = Math.hypot((point.lon - centre[0]) * SHRINK, point.lat - centre[1]);
      if (d < best) [best, road] = [d, point.name];
    }
    const number = (lanes.get(road) ?? 0) + 2 * random.int(3, 9);
    lanes.set(road, number);
    let inLane = 0;
    for (const ring of footprints({ ring: cell.ring, count, random })) {
      const use = random.pickWeighted(USES, USE_WEIGHTS);
      const facts = character(random, use);
      const sequence = (perStreet.get(street) ?? 0) + 1;
      perStreet.set(street, sequence);
      inLane += 1;
      const address = `${road}${number}弄${inLane}号`;
      buildings.push({
        code: `${street}B${String(sequence).padStart(5, '0')}`,
        name: use === '住宅' ? `${address}住宅` : `${address}${use}楼`,
        address,
        road,
        cell: cell.code,
        committee: cell.code.slice(0, 12),
        street,
        use,
        ...facts,
        heightM: Math.round((facts.floors * 3.1 + 1.5) * 10) / 10,
        facadeClass: '',
        managedBy: '',
        secrecy: '',
        dwellings: 0,
        outline: { type: 'Polygon', coordinates: [[...ring, ring[0] as Point]] },
      });
    }
  }
  shareDwellings(buildings, options.dwellings);
  finishBuildings(buildings, random.fork('details'));
  return buildings;
}

/** Largest remainder: homes go by storeys, at least one a residential building, and sum exactly to `total`. */
function shareDwellings(buildings: Building[], total: number): void {
  const homes = buildings.filter((building) => building.use === '住宅');
  const weight = homes.reduce((sum, building) => sum + building.floors, 0);
  let left = total - homes.length;
  const shares = homes.map((building) => ({ building, share: ((total - homes.length) * building.floors) / weight }));
  for (const { building, share } of shares) {
    building.dwellings = 1 + Math.floor(share);
    left -= Math.floor(share);
  }
  shares.sort((a, b) => (b.share % 1) - (a.share % 1) || (a.building.code < b.building.code ? -1 : 1));
  for (let i = 0; i < left; i++) (shares[i] as (typeof shares)[number]).building.dwellings += 1;
}
