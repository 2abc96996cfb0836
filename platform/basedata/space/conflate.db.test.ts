import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '#districts/huangpu/generate/random.ts';
import { outlineCases } from '#districts/huangpu/generate/outline-changes.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { space } from './app.ts';
import { conflate } from './conflate.ts';
import { outlineTarget, overlapsOf } from './load-outlines.ts';
import { buildFromOutlines, endBuildings } from './succession.ts';

let house: TestHouse;
const inSpace = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'space', actor: systemActor({ name: 'test' }) }, work);

beforeAll(async () => {
  house = await openHouse({
    manifests: [access, audit, search, rulebook, calendar, catalog, exchange, geo, space],
    work: false,
  });
}, 120_000);
afterAll(() => house?.close());

const SEED = 310_101;
const CASES = 300;

describe('outlines measured again', () => {
  it(`of ${CASES} seeded splits and merges, with houses that stayed, at least 97 in a hundred come out right`, async () => {
    const cases = outlineCases({ count: CASES, random: createRandom(SEED) });
    const before = cases
      .flatMap((c) => c.before)
      .map((b) => ({ code: b.code, address: b.address, outline: JSON.stringify(b.outline) }));
    const after = cases
      .flatMap((c) => c.after)
      .map((a) => ({ id: a.id, address: a.address || null, outline: JSON.stringify(a.outline) }));
    await inSpace(async (db) => {
      await db.run(sql`insert into space.building (code, address, address_key, outline, sources, tx_from)
        select x.code, x.address, x.address, x.outline, '{}', kernel.now() from jsonb_to_recordset(${json(before)}::text::jsonb) as x (code text, address text, outline text)`);
      await db.run(sql`insert into space.outline (id, claim_id, address, geometry)
        select x.id, 0, x.address, ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(x.outline), 4490)) from jsonb_to_recordset(${json(after)}::text::jsonb) as x (id text, address text, outline text)`);
    });
    const ids = after.map(({ id }) => id);
    const { links, open } = conflate({ after: ids, overlaps: await inSpace((db) => overlapsOf(db, ids)) });
    const relations = { split: 'part', merge: 'whole', same: 'same', replaced: 'same' };
    const right = cases.filter((one) => {
      const mine = new Set(one.after.map(({ id }) => id));
      const found = links.filter((link) => mine.has(link.after)).map((link) => `${link.before}→${link.after}`);
      const wanted = one.links.map(([a, b]) => `${a}→${b}`);
      const changed = links.filter((link) => mine.has(link.after) && !link.after.startsWith('n'));
      return (
        found.sort().join() === wanted.sort().join() && changed.every((link) => link.relation === relations[one.kind])
      );
    });
    const touched = cases.filter(({ kind }) => kind === 'split' || kind === 'merge');
    const rightTouched = right.filter(({ kind }) => kind === 'split' || kind === 'merge');
    console.log(
      `conflation, seed ${SEED}: ${right.length} of ${CASES} cases, ${rightTouched.length} of ${touched.length} splits and merges, ${open.length} open`,
    );
    expect(right.length / CASES).toBeGreaterThanOrEqual(0.97);
    expect(rightTouched.length / touched.length).toBeGreaterThanOrEqual(0.97);
    // A house beside the old place is nobody's: it waits for a person.
    expect(open.length).toBe(cases.filter(({ kind }) => kind === 'replaced').length);
  });
});

const box = (lon: number, lat: number, width = 0.0002) =>
  JSON.stringify({
    type: 'Polygon',
    coordinates: [
      [
        [lon, lat],
        [lon + width, lat],
        [lon + width, lat + 0.0001],
        [lon, lat + 0.0001],
        [lon, lat],
      ],
    ],
  });

describe('a building over time', () => {
  it('that is split ends, its parts get codes that were never given, and old codes lead on', async () => {
    await inSpace((db) =>
      db.run(sql`insert into space.building (code, address, address_key, outline, sources, tx_from) values
        ('000000000B00007', '旧路1号', '旧路1号', ${box(121.6, 31.4)}, '{}', kernel.now())`),
    );
    const sent = await sendClaims({
      house,
      target: outlineTarget,
      module: 'space',
      dataset: 'survey',
      unit: 'planning',
      rows: [
        { surveyId: 'S1', address: '旧路1号', outline: box(121.6, 31.4, 0.0001) },
        { surveyId: 'S2', address: '旧路1甲号', outline: box(121.6001, 31.4, 0.0001) },
      ],
    });
    expect(sent.conflicts).toBe(1);
    const result = await inSpace(async (db) => {
      const made = [...(await buildFromOutlines(db, ['survey:S1', 'survey:S2'])).values()];
      const ended = await endBuildings(db, {
        codes: ['000000000B00007'],
        kind: 'split',
        successors: made,
        on: '2026-11-20',
        basis: '测绘',
      });
      return { made, ended };
    });
    expect(result).toEqual({ made: ['000000000B00008', '000000000B00009'], ended: ['000000000B00007'] });
    await inSpace((db) =>
      endBuildings(db, {
        codes: ['000000000B00009'],
        kind: 'demolished',
        successors: [],
        on: '2026-11-21',
        basis: '拆除',
      }),
    );
    const rows = await inSpace((db) =>
      db.rows(sql`select predecessor, successor, kind from space.succession order by predecessor, successor`),
    );
    expect(rows).toEqual([
      { predecessor: '000000000B00007', successor: '000000000B00008', kind: 'split' },
      { predecessor: '000000000B00007', successor: '000000000B00009', kind: 'split' },
      { predecessor: '000000000B00009', successor: null, kind: 'demolished' },
    ]);
    // The next house of the street does not get the code of one that is gone.
    await sendClaims({
      house,
      target: outlineTarget,
      module: 'space',
      dataset: 'survey',
      unit: 'planning',
      rows: [{ surveyId: 'S3', address: '新路1号', outline: box(121.61, 31.4) }],
    });
    const made = await inSpace((db) => buildFromOutlines(db, ['survey:S3']));
    expect([...made.values()]).toEqual(['000000000B00010']);
  });

  it('that ended is not brought back, not by hand either', async () => {
    await expect(
      inSpace((db) =>
        db.run(sql`update space.building set status = 'standing', ended_on = null where code = '000000000B00007'`),
      ),
    ).rejects.toThrow(/its code is not used again/);
    await expect(
      inSpace((db) => db.run(sql`delete from space.building where code = '000000000B00007'`)),
    ).rejects.toThrow(/permission denied/);
  });
});
