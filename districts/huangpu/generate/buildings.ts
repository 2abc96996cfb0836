/** Buildings inside the grid cells: footprint, lane-house address by real road names, and the facts housing and planning keep. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Polygon } from 'geojson';
import type { Area } from './shapes.ts';
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
  dwellings: number;
  outline: Polygon;
}

const STREET_ROADS: Record<string, string[]> = {
  '310101002': ['南京东路', '九江路', '汉口路', '福州路', '广东路', '凤阳路', '新昌路', '黄河路', '浙江中路', '湖北路'],
  '310101013': ['中山东一路', '四川中路', '江西中路', '河南中路', '圆明园路', '北京东路', '虎丘路', '宁波路', '滇池路', '延安东路'],
  '310101015': ['半淞园路', '西藏南路', '陆家浜路', '中山南一路', '瞿溪路', '车站路', '国货路', '花园港路', '南车站路', '制造局路'],
  '310101017': ['中华路', '东门路', '复兴东路', '白渡路', '董家渡路', '王家码头路', '外马路', '中山南路', '巡道街', '乔家路'],
  '310101018': ['方浜中路', '福佑路', '安仁街', '旧校场路', '河南南路', '丽水路', '昼锦路', '大境路', '露香园路', '人民路'],
  '310101019': ['老西门路', '文庙路', '学前街', '蓬莱路', '中华路', '复兴东路', '大吉路', '方斜路', '黄家阙路', '静修路'],
  '310101020': ['瞿溪路', '鲁班路', '蒙自路', '丽园路', '斜土东路', '中山南一路', '龙华东路', '打浦路', '局门路', '铁道路'],
  '310101021': ['徐家汇路', '打浦路', '泰康路', '建国中路', '肇周路', '建国东路', '瑞金二路', '蒙自路', '丽园路', '斜土路'],
  '310101022': ['淮海中路', '马当路', '太仓路', '兴业路', '黄陂南路', '顺昌路', '自忠路', '复兴中路', '合肥路', '嵩山路'],
  '310101023': ['瑞金二路', '淮海中路', '思南路', '茂名南路', '陕西南路', '复兴中路', '永嘉路', '绍兴路', '南昌路', '皋兰路'],
};

/** Named road vertices of the OSM extract (middle of the district only). */
export function readRoadPoints(path: string): { name: string; lon: number; lat: number }[] {
  const text = gunzipSync(readFileSync(path)).toString('utf8');
  const nodes = new Map<string, { lon: number; lat: number }>();
  for (const match of text.matchAll(/<node ([^>]*)>/g)) {
    const attribute = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(match[1] ?? '')?.[1] ?? '';
    nodes.set(attribute('id'), { lon: Number(attribute('lon')), lat: Number(attribute('lat')) });
  }
  const points: { name: string; lon: number; lat: number }[] = [];
  for (const way of text.matchAll(/<way [^>]*>([\s\S]*?)<\/way>/g)) {
    const body = way[1] ?? '';
    const name = /<tag k="name" v="([^"]*)"/.exec(body)?.[1];
    // Bridges, tunnels, elevated roads and footpaths carry no house numbers.
    if (name === undefined || !/^[\u4e00-\u9fff]{2,6}(路|街|大道)$/.test(name)) continue;
    for (const ref of body.matchAll(/<nd ref="(\d+)"/g)) {
      const node = nodes.get(ref[1] ?? '');
      if (node !== undefined) points.push({ name, ...node });
    }
  }
  return points;
}

type Point = [number, number];
const K = Math.cos((31.217 * Math.PI) / 180);
const METRE = 1 / 111_320;

function inside(ring: readonly Point[], [x, y]: Point): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i] as Point;
    const [bx, by] = ring[j] as Point;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** A rectangle of lon/lat around a centre; sizes in metres, `angle` in radians from east. Rounded to 1e-7 degree. */
function rectangle(options: { centre: Point; width: number; depth: number; angle: number }): Point[] {
  const { centre, width, depth, angle } = options;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return ([[-1, -1], [1, -1], [1, 1], [-1, 1]] as Point[]).map(([u, v]) => {
    const [dx, dy] = [(u * width) / 2, (v * depth) / 2];
    const lon = centre[0] + ((dx * c - dy * s) * METRE) / K;
    const lat = centre[1] + (dx * s + dy * c) * METRE;
    return [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
  });
}

/** Up to `count` footprints on a small grid turned to the cell's longest edge; each lies wholly inside and none overlap. */
function footprints(options: { ring: Point[]; count: number; random: Random }): Point[][] {
  const { ring, count, random } = options;
  let longest = 0;
  let angle = 0;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] as Point;
    const [dx, dy] = [(b[0] - a[0]) * K, b[1] - a[1]];
    if (Math.hypot(dx, dy) > longest) [longest, angle] = [Math.hypot(dx, dy), Math.atan2(dy, dx)];
  });
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const origin = ring[0] as Point;
  const local = ring.map((p): Point => {
    const [dx, dy] = [((p[0] - origin[0]) * K) / METRE, (p[1] - origin[1]) / METRE];
    return [dx * c + dy * s, -dx * s + dy * c];
  });
  const [us, vs] = [local.map((p) => p[0]), local.map((p) => p[1])];
  const [u0, v0, u1, v1] = [Math.min(...us), Math.min(...vs), Math.max(...us), Math.max(...vs)];
  for (let rows = Math.max(2, Math.ceil(Math.sqrt(count))); ; rows++) {
    const [du, dv] = [(u1 - u0) / rows, (v1 - v0) / rows];
    const slots: Point[][] = [];
    for (let i = 0; i < rows * rows; i++) {
      const [u, v] = [u0 + ((i % rows) + 0.5) * du, v0 + (Math.floor(i / rows) + 0.5) * dv];
      const centre: Point = [origin[0] + ((u * c - v * s) * METRE) / K, origin[1] + (u * s + v * c) * METRE];
      const shape = rectangle({ centre, width: Math.min(du * 0.8, 16 + 30 * random.next()), depth: Math.min(dv * 0.8, 10 + 12 * random.next()), angle });
      const edges = shape.flatMap((p, k): Point[] => {
        const q = shape[(k + 1) % 4] as Point;
        return [p, [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]];
      });
      if (edges.every((p) => inside(ring, p))) slots.push(shape);
    }
    if (slots.length >= count) return random.shuffle(slots).slice(0, count);
    if (rows > 40) throw new Error('a cell too thin for its buildings');
  }
}

const USES = ['住宅', '办公', '商业', '学校', '医疗', '文化', '其他'] as const;
const USE_WEIGHTS = cumulate([70, 10, 11, 3, 1, 2, 3]);

function character(random: Random, use: Building['use']): Pick<Building, 'yearBuilt' | 'floors' | 'structure' | 'heritageClass'> {
  const old = random.chance(use === '住宅' ? 0.38 : 0.25);
  const yearBuilt = old ? random.int(1900, 1948) : random.int(1952, 2022);
  const high = yearBuilt > 1985 && random.chance(use === '住宅' ? 0.45 : 0.6);
  const floors = high ? random.int(12, use === '办公' ? 48 : 33) : old ? random.int(2, 4) : random.int(4, 7);
  const structure = old ? random.pick(['砖木', '砖混', '砖木']) : high ? random.pick(['钢混', '钢混', '钢结构']) : random.pick(['砖混', '钢混']);
  const heritageClass = old && random.chance(0.12) ? random.pick(['优秀历史建筑二类', '优秀历史建筑三类', '优秀历史建筑四类', '不可移动文物']) : '';
  return { yearBuilt, floors, structure, heritageClass };
}

/** `count` buildings spread over the cells, with `dwellings` homes among the residential ones. */
export function makeBuildings(options: { areas: readonly Area[]; count: number; dwellings: number; roads: readonly { name: string; lon: number; lat: number }[]; random: Random }): Building[] {
  const { random } = options;
  const cells = random.shuffle(options.areas.filter((area) => area.level === 'cell').slice());
  const counts = new Map(cells.map((cell, i) => [cell.code, Math.floor(options.count / cells.length) + (i < options.count % cells.length ? 1 : 0)]));
  const lanes = new Map<string, number>();
  const perStreet = new Map<string, number>();
  const buildings: Building[] = [];
  for (const cell of options.areas) {
    const count = cell.level === 'cell' ? (counts.get(cell.code) ?? 0) : 0;
    if (count === 0) continue;
    const street = cell.code.slice(0, 9);
    const centre = cell.ring.reduce<Point>((sum, p) => [sum[0] + p[0] / cell.ring.length, sum[1] + p[1] / cell.ring.length], [0, 0]);
    let best = 150 * METRE;
    let road = random.pick(STREET_ROADS[street] ?? ['样例路']);
    for (const point of options.roads) {
      const d = Math.hypot((point.lon - centre[0]) * K, point.lat - centre[1]);
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
        dwellings: 0,
        outline: { type: 'Polygon', coordinates: [[...ring, ring[0] as Point]] },
      });
    }
  }
  shareDwellings(buildings, options.dwellings);
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
