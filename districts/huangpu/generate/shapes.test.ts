import { describe, expect, test } from 'vitest';
import { generatePlace, readRegister } from './place.ts';
import type { Area } from './shapes.ts';
import { createRandom } from './random.ts';

const { areas, buildings } = generatePlace({ profile: 'small', seed: 310101 });
const at = (level: Area['level']): Area[] => areas.filter((area) => area.level === level);
const UNIT = 1e7;

/** Twice the signed area in whole units², exact. */
function area2(ring: readonly (readonly [number, number])[]): bigint {
  let sum = 0n;
  ring.forEach(([x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length] as [number, number];
    sum +=
      BigInt(Math.round(x * UNIT)) * BigInt(Math.round(v * UNIT)) -
      BigInt(Math.round(u * UNIT)) * BigInt(Math.round(y * UNIT));
  });
  return sum;
}

function contains(ring: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let odd = false;
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length] as [number, number];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  });
  return odd;
}

const edgeKey = (a: readonly number[], b: readonly number[]): string => `${a[0]},${a[1]} ${b[0]},${b[1]}`;
function directedEdges(list: readonly Area[]): string[] {
  return list.flatMap(({ ring }) => ring.map((p, i) => edgeKey(p, ring[(i + 1) % ring.length] as [number, number])));
}

describe('areas of the district', () => {
  test('every level has its number, and every street as many committees as the register', () => {
    expect([at('district').length, at('street').length, at('committee').length, at('cell').length]).toEqual([
      1, 10, 170, 2050,
    ]);
    for (const street of readRegister().streets) {
      const listed = readRegister().committees.filter((committee) => committee.street === street.code).length;
      expect(at('committee').filter((committee) => committee.parent === street.code)).toHaveLength(listed);
    }
    expect(new Set(areas.map((area) => area.code)).size).toBe(areas.length);
    for (const area of areas) if (area.parent !== null) expect(area.code.startsWith(area.parent)).toBe(true);
  });

  test('each level covers exactly the area of the district', () => {
    const whole = area2((at('district')[0] as Area).ring);
    for (const level of ['street', 'committee', 'cell'] as const) {
      const parts = at(level).map((area) => area2(area.ring));
      expect(parts.every((part) => part > 0n)).toBe(true);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole);
    }
  });

  test.each(['street', 'committee', 'cell'] as const)(
    'neighbouring %s shapes share identical vertices: each inner edge runs once each way',
    (level) => {
      const edges = new Set(directedEdges(at(level)));
      expect(edges.size).toBe(directedEdges(at(level)).length);
      const reversed = (edge: string): string => edge.split(' ').reverse().join(' ');
      const alone = [...edges].filter((edge) => !edges.has(reversed(edge)));
      const outline = directedEdges(at('district'));
      expect(alone.sort()).toEqual(outline.sort());
    },
  );

  test('each of 20,000 random points of the district lies in exactly one cell, of the right committee and street', () => {
    const random = createRandom(7);
    const outline = (at('district')[0] as Area).ring;
    const boxes = at('cell').map((cell) => {
      const [xs, ys] = [cell.ring.map((p) => p[0]), cell.ring.map((p) => p[1])];
      return { cell, west: Math.min(...xs), east: Math.max(...xs), south: Math.min(...ys), north: Math.max(...ys) };
    });
    const byCode = new Map(areas.map((area) => [area.code, area]));
    let inside = 0;
    const wrong: string[] = [];
    while (inside < 20_000) {
      const [x, y] = [121.45 + random.next() * 0.06, 31.184 + random.next() * 0.065];
      if (!contains(outline, x, y)) continue;
      inside += 1;
      const hits = boxes.filter(
        (box) => x >= box.west && x <= box.east && y >= box.south && y <= box.north && contains(box.cell.ring, x, y),
      );
      const code = hits[0]?.cell.code ?? '';
      const parents = [code.slice(0, 12), code.slice(0, 9)].every((parent) =>
        contains(byCode.get(parent)?.ring ?? [], x, y),
      );
      if (hits.length !== 1 || !parents) wrong.push(`${x},${y}: ${hits.length}`);
    }
    expect(wrong).toEqual([]);
  });

  test('streets lie where they are: the Bund north-east, Wuliqiao south, Second Ruijin Road west', () => {
    const centre = (code: string): [number, number] => {
      const ring = areas.find((area) => area.code === code)?.ring ?? [];
      return [
        ring.reduce((sum, p) => sum + p[0], 0) / ring.length,
        ring.reduce((sum, p) => sum + p[1], 0) / ring.length,
      ];
    };
    const [bund, nanjing, ruijin, huaihai, wuliqiao, dongmen, laoximen] = [
      '13',
      '02',
      '23',
      '22',
      '20',
      '17',
      '19',
    ].map((n) => centre(`3101010${n}`)) as [number, number][];
    expect(bund?.[0]).toBeGreaterThan(nanjing?.[0] ?? 0);
    expect(bund?.[1]).toBeGreaterThan(huaihai?.[1] ?? 0);
    expect(ruijin?.[0]).toBeLessThan(huaihai?.[0] ?? 0);
    expect(wuliqiao?.[1]).toBeLessThan(ruijin?.[1] ?? 0);
    expect(dongmen?.[0]).toBeGreaterThan(laoximen?.[0] ?? 0);
  });
});

describe('buildings', () => {
  test('each footprint lies inside its own cell', () => {
    const cells = new Map(at('cell').map((cell) => [cell.code, cell.ring]));
    for (const building of buildings) {
      for (const [x = 0, y = 0] of building.outline.coordinates[0] ?? [])
        expect(contains(cells.get(building.cell) ?? [], x, y)).toBe(true);
    }
  });

  test('codes and addresses are unique and addresses are of the road, its lanes and their branches', () => {
    expect(new Set(buildings.map((building) => building.code)).size).toBe(buildings.length);
    expect(new Set(buildings.map((building) => building.address)).size).toBe(buildings.length);
    for (const building of buildings)
      expect(building.address).toMatch(/^[\u4e00-\u9fff]{2,7}(?:\d+弄(?:[甲乙]支弄)?)?\d+甲?号$/);
    expect(buildings.some((building) => building.address === '淮海中路300弄甲支弄12号')).toBe(true);
  });
});
