import { expect, test } from 'vitest';
import { buildLocator } from '#platform/geo/locate.ts';
import { generatePlace } from './generate/place.ts';
import { createRandom } from './generate/random.ts';

type Ring = readonly [number, number][];

/** Ray casting, written apart from the locator. */
function holds(ring: Ring, x: number, y: number): boolean {
  let odd = false;
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + ring.length - 1) % ring.length] as [number, number];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  });
  return odd;
}

test('each of 100,000 random points of the district lies in exactly one cell, the one that the locator names', {
  timeout: 120_000,
}, () => {
  const { areas } = generatePlace({ profile: 'small', seed: 310_101 });
  const outline = areas.find(({ level }) => level === 'district')?.ring ?? [];
  const cells = areas
    .filter(({ level }) => level === 'cell')
    .map(({ code, ring }) => {
      const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
      return { code, ring, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const };
    });
  const locator = buildLocator(
    cells.map(({ code, ring }) => ({ code, geometry: { type: 'Polygon', coordinates: [[...ring, ring[0] ?? []]] } })),
  );
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`random points, seed ${seed}`);
  const random = createRandom(seed);
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const wrong: [number, number][] = [];
  for (let found = 0; found < 100_000; ) {
    const [x, y] = [west + random.next() * (east - west), south + random.next() * (north - south)];
    if (!holds(outline, x, y)) continue;
    found += 1;
    const inside = cells.filter(
      ({ box, ring }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && holds(ring, x, y),
    );
    if (inside.length !== 1 || locator.locate(x, y) !== inside[0]?.code) wrong.push([x, y]);
  }
  expect(wrong).toEqual([]);
});
