import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCaseHouse } from '#platform/case/fixtures/case-house.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { loadNeighbours } from './load-neighbours.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCaseHouse();
  await loadNeighbours(house.services);
  await loadNeighbours(house.services);
}, 240_000);
afterAll(() => house?.close());

/** Places that everybody knows, degrees of CGCS2000. */
it.each([
  ['静安寺', 121.4402, 31.2235, '静安区'],
  ['陆家嘴', 121.5002, 31.2397, '浦东新区'],
  ['徐家汇', 121.432, 31.195, '徐汇区'],
  ['虹口足球场', 121.473, 31.272, '虹口区'],
  ['人民广场 lies inside', 121.4705, 31.2315, undefined],
  ['苏州', 120.6, 31.3, undefined],
] as const)('%s', async (_place, lon, lat, name) => {
  const found = await house.services.database.tx(
    { module: 'incident', actor: systemActor({ name: 'test' }), readOnly: true },
    (db) =>
      db.rows<{ name: { zh: string } }>(sql`select name from incident.neighbours_at(${lon}::float8, ${lat}::float8)`),
  );
  expect(found[0]?.name.zh).toBe(name);
});
