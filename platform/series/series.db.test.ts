import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { asOwner, moveClock, openCatalogHouse } from '#platform/catalog/fixtures/house.ts';
import { indicator } from '#platform/indicator/app.ts';
import { theme } from '#platform/theme/app.ts';
import { series } from './app.ts';
import { appendRows, declareSeries, type Measured } from './append-rows.ts';
import { coldPath } from './cold-file.ts';
import { expireSets } from './expire-sets.ts';
import { dropHot, findPart, inSeries, moveCold, moveHot, writeCopies } from './move-tier.ts';
import { readLatest, readSeries, type SeriesQuestion } from './read-series.ts';
import { checkCopies, queueMoves } from './tier-work.ts';

let house: TestHouse;
const desk = { module: 'desk', actor: systemActor({ name: 'flow' }) };
const inDesk = <T>(work: (db: Db) => Promise<T>) => house.services.database.tx(desk, work);
const ask = async (question: Omit<SeriesQuestion, 'series'>) =>
  (await readSeries(house.services, desk, { series: 'flow', ...question })).points;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const today = Math.floor((Date.now() + 8 * HOUR) / DAY) * DAY - 8 * HOUR;
/** Midnight of the district, days ago. */
const midnight = (ago: number): Date => new Date(today - ago * DAY);
/** A minute after a set of rows that ended at a midnight has become so many days old. */
const moveTo = (ago: number, days: number) =>
  moveClock(house, Math.round((midnight(ago).getTime() + days * DAY - Date.now()) / 1000) + 60);
const sensors = ['gate-1', 'gate-2', 'gate-10'];
/** A value each minute for six hours from a midnight, of each sensor. */
const hours = (from: Date): Measured[] =>
  sensors.flatMap((sensor, place) =>
    Array.from({ length: 360 }, (_, minute) => ({
      sensor,
      at: new Date(from.getTime() + minute * 60_000),
      value: Math.sin(minute / 50 + place) * 10 ** place + 0.1,
    })),
  );
const dayName = (at: Date) => new Date(at.getTime() + 8 * HOUR).toISOString().slice(0, 10).replaceAll('-', '');
const name = (ago: number) => ({ series: 'flow', part: dayName(midnight(ago)) });

beforeAll(async () => {
  house = await openCatalogHouse({ also: [indicator, series, theme] });
  await inDesk((db) => declareSeries(db, { id: 'flow', title: { zh: '客流', en: 'Flow' }, grain: 'day', level: 'L1' }));
}, 300_000);
afterAll(() => house?.close());

describe('a series', () => {
  it('keeps every row once, with the latest state and the roll-ups that follow from the rows', async () => {
    for (const ago of [3, 2, 1]) {
      const rows = hours(midnight(ago));
      const first = await inDesk((db) => appendRows(db, 'flow', rows.slice(0, 700)));
      expect(first).toEqual({ written: 700, repeated: 0, refused: 0 });
      // Delivered again, with what is new: counted once.
      const again = await inDesk((db) => appendRows(db, 'flow', rows.slice(300)));
      expect(again).toEqual({ written: 380, repeated: 400, refused: 0 });
    }
    const rows = hours(midnight(1));
    for (const [step, length] of [
      ['m5', 300_000],
      ['h1', HOUR],
      ['d1', DAY],
    ] as const) {
      const points = await ask({ from: midnight(1), until: midnight(0), resolution: step });
      for (const point of points) {
        const own = rows.filter(
          ({ sensor, at }) => sensor === point.sensor && at >= point.at && at.getTime() < point.at.getTime() + length,
        );
        expect(point.n).toBe(own.length);
        expect(point.mean).toBeCloseTo(own.reduce((sum, { value }) => sum + value, 0) / own.length, 9);
        expect(point.least).toBe(Math.min(...own.map(({ value }) => value)));
        expect(point.most).toBe(Math.max(...own.map(({ value }) => value)));
      }
      expect(points.reduce((sum, { n }) => sum + n, 0)).toBe(rows.length);
    }
    const latest = await readLatest(house.services, desk, { series: 'flow', sensors: ['gate-10'] });
    expect(latest).toEqual([rows.at(-1)]);
  });

  it('answers the last hour from raw rows and the trend of a year from roll-ups', async () => {
    const until = new Date(midnight(1).getTime() + 6 * HOUR);
    const last = await readSeries(house.services, desk, {
      series: 'flow',
      from: new Date(until.getTime() - HOUR),
      until,
    });
    expect([last.resolution, last.points.length]).toEqual(['raw', 180]);
    const year = await readSeries(house.services, desk, {
      series: 'flow',
      from: midnight(365),
      until: midnight(0),
      together: true,
    });
    expect([year.resolution, year.points.length]).toEqual(['d1', 3]);
    expect(year.points.map(({ n }) => n)).toEqual([1080, 1080, 1080]);
  });

  it('refuses rows of the future, whose clock is wrong, and says how many', async () => {
    const rows = [{ sensor: 'gate-1', at: new Date(Date.now() + 2 * DAY), value: 1 }];
    expect(await inDesk((db) => appendRows(db, 'flow', rows))).toEqual({ written: 0, repeated: 0, refused: 1 });
  });

  it('is written and read by the module that declared it and by no other', async () => {
    const other = { module: 'theme', actor: desk.actor };
    await expect(house.services.database.tx(other, (db) => appendRows(db, 'flow', hours(midnight(1))))).rejects.toThrow(
      'NOT_ALLOWED',
    );
    await expect(
      readSeries(house.services, other, { series: 'flow', from: midnight(1), until: midnight(0) }),
    ).rejects.toThrow('NOT_ALLOWED');
    await expect(
      house.services.database.tx(other, (db) =>
        declareSeries(db, { id: 'flow', title: { zh: '别', en: 'x' }, grain: 'day', level: 'L1' }),
      ),
    ).rejects.toThrow('SERIES_OF_OTHERS');
    await expect(inDesk((db) => db.rows(sql`select * from series.raw__flow limit 1`))).rejects.toThrow('denied');
  });
});

describe('a move between tiers', () => {
  const question = () => ({ from: midnight(3), until: midnight(1), resolution: 'raw' as const });
  const cold = (ago: number, copy: 1 | 2) =>
    coldPath(house.services.config, { series: 'flow', name: name(ago).part }, copy);

  it('leaves every answer as it was, cold and back again', async () => {
    const before = await ask(question());
    const one = await ask({ ...question(), sensors: ['gate-10'] });
    const whole = await ask({ ...question(), together: true });
    await moveCold(house.services, name(3));
    expect(await findPart(house.services, name(3))).toMatchObject({ state: 'cold', rows: 1080 });
    await expect(
      inSeries(house.services, (db) => db.rows(sql`select series.part_rows('flow', ${name(3).part})`)),
    ).rejects.toThrow('does not exist');
    expect(await ask(question())).toEqual(before);
    expect(await ask({ ...question(), sensors: ['gate-10'] })).toEqual(one);
    const again = await ask({ ...question(), together: true });
    expect(again.map(({ at, n, least, most }) => [at, n, least, most])).toEqual(
      whole.map(({ at, n, least, most }) => [at, n, least, most]),
    );
    // Added up in another order: the mean may differ in its last digits.
    for (const [at, point] of again.entries()) expect(point.mean).toBeCloseTo(whole[at]?.mean ?? 0, 9);
    // What comes late for files is refused, not half stored: roll-ups and rows stay of one mind.
    expect(await inDesk((db) => appendRows(db, 'flow', hours(midnight(3)).slice(0, 5)))).toMatchObject({ refused: 5 });
    const { digest } = await findPart(house.services, name(3));
    await moveHot(house.services, name(3));
    expect(await ask(question())).toEqual(before);
    expect([existsSync(cold(3, 1)), existsSync(cold(3, 2))]).toEqual([false, false]);
    await moveCold(house.services, name(3));
    expect((await findPart(house.services, name(3))).digest).toBe(digest);
    expect(await ask(question())).toEqual(before);
  });

  it('that was interrupted has both copies, and goes on', async () => {
    const before = await ask(question());
    await writeCopies(house.services, name(2));
    expect(await findPart(house.services, name(2))).toMatchObject({ state: 'moving' });
    expect(
      await inSeries(house.services, (db) => db.one(sql`select series.part_rows('flow', ${name(2).part})::int as n`)),
    ).toEqual({ n: 1080 });
    expect(existsSync(cold(2, 2))).toBe(true);
    expect(await ask(question())).toEqual(before);
    expect(await queueMoves(house.services)).toBe(1);
    await house.runtime.worker.drain();
    expect((await findPart(house.services, name(2))).state).toBe('cold');
    expect(await ask(question())).toEqual(before);
  });

  it('deletes nothing while a copy is not what was written', async () => {
    await moveHot(house.services, name(2));
    await writeCopies(house.services, name(2));
    await writeFile(cold(2, 2), randomBytes(500));
    await expect(dropHot(house.services, name(2))).rejects.toThrow('read back');
    expect(
      await inSeries(house.services, (db) => db.one(sql`select series.part_rows('flow', ${name(2).part})::int as n`)),
    ).toEqual({ n: 1080 });
    await moveCold(house.services, name(2));
  });

  it('restores a damaged file from its second copy, and both SM3 are written down', async () => {
    const before = await ask(question());
    const whole = await readFile(cold(3, 1));
    const damaged = Buffer.from(whole);
    damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 255;
    await writeFile(cold(3, 1), damaged);
    expect(await ask(question())).toEqual(before);
    expect(await readFile(cold(3, 1))).toEqual(whole);
    await writeFile(cold(3, 2), whole.subarray(0, 100));
    await checkCopies(house.services);
    expect(await readFile(cold(3, 2))).toEqual(whole);
    const { digest } = await findPart(house.services, name(3));
    const repairs = await inSeries(house.services, (db) =>
      db.rows(sql`select part, copy, digest, found <> digest as other from series.repair order by seq`),
    );
    expect(repairs).toEqual([1, 2].map((copy) => ({ part: name(3).part, copy, digest, other: true })));
    for (const copy of [1, 2] as const) await writeFile(cold(3, copy), damaged);
    await expect(ask(question())).rejects.toThrow('COLD_FILE_LOST');
    for (const copy of [1, 2] as const) await writeFile(cold(3, copy), whole);
  });
});

describe('keeping', () => {
  const parts = async () =>
    (
      await inSeries(house.services, (db) =>
        db.rows<{ name: string }>(sql`select name from series.part where series = 'flow' order by name`),
      )
    ).map((part) => part.name);

  it('deletes exactly the expired set, hot or cold, with a proof; what is held stays', async () => {
    const [three, two, one] = [3, 2, 1].map((ago) => name(ago).part);
    expect(await parts()).toEqual([three, two, one]);
    expect(await expireSets(house.services)).toEqual([]);
    // The first two ended ninety days ago or earlier, the last one did not.
    await moveTo(1, 90);
    await inSeries(house.services, (db) =>
      db.run(sql`insert into series.hold (id, series, from_at, until_at, reason, held_by)
        values ('019a0000-0000-7000-8000-00000000000a', 'flow', ${midnight(3)}::timestamptz, ${midnight(3)}::timestamptz + interval '1 hour', '行政复议', '样例')`),
    );
    const kept = await ask({ from: midnight(1), until: midnight(0), resolution: 'raw' });
    const { digest } = await findPart(house.services, name(2));
    expect(await expireSets(house.services)).toEqual([{ series: 'flow', what: `raw/${two}`, rows: 1080 }]);
    expect(await parts()).toEqual([three, one]);
    expect(await ask({ from: midnight(2), until: midnight(0), resolution: 'raw' })).toEqual(kept);
    const proofs = () =>
      inSeries(house.services, (db) =>
        db.rows(
          sql`select what, rows::int as rows, digest, rule, done_at is not null as done from series.expiry order by seq`,
        ),
      );
    expect(await proofs()).toEqual([{ what: `raw/${two}`, rows: 1080, digest, rule: 'series.raw-most', done: true }]);
    // The roll-ups are kept by a rule of their own.
    expect(await ask({ from: midnight(3), until: midnight(0), resolution: 'd1', together: true })).toHaveLength(3);
    await inSeries(house.services, (db) =>
      db.run(sql`select series.release('019a0000-0000-7000-8000-00000000000a', '复议结束')`),
    );
    expect(await expireSets(house.services)).toEqual([{ series: 'flow', what: `raw/${three}`, rows: 1080 }]);
    await moveTo(0, 90);
    expect(await expireSets(house.services)).toEqual([{ series: 'flow', what: `raw/${one}`, rows: 1080 }]);
    expect(await parts()).toEqual([]);
    expect(await proofs()).toHaveLength(3);
    await expect(inSeries(house.services, (db) => db.run(sql`delete from series.expiry`))).rejects.toThrow('denied');
    const audited = await house.services.database.tx(
      { module: 'audit', actor: { ...desk.actor, reach: 'district' } },
      (db) => db.rows(sql`select 1 from audit.access where route like 'series expire %'`),
    );
    expect(audited).toHaveLength(3);
    await moveClock(house, 0);
  });

  it('finishes a deletion that was interrupted, and never keeps shorter than the law', async () => {
    await inDesk((db) =>
      declareSeries(db, {
        id: 'logs',
        title: { zh: '日志', en: 'Logs' },
        grain: 'month',
        level: 'L2',
        rules: { rawLeast: 'audit.log.kept-at-least' },
      }),
    );
    await inDesk((db) => appendRows(db, 'logs', hours(midnight(40))));
    await moveClock(house, 100 * 86_400);
    expect(await expireSets(house.services)).toEqual([]);
    const [part] = await inSeries(house.services, (db) =>
      db.rows<{ name: string }>(sql`select name from series.part where series = 'logs'`),
    );
    await asOwner(house, `update series.part set state = 'expiring', rows = 1080 where series = 'logs'`);
    expect(await expireSets(house.services)).toEqual([{ series: 'logs', what: `raw/${part?.name}`, rows: 1080 }]);
    await moveClock(house, 3800 * 86_400);
    const rolled = await expireSets(house.services);
    expect(rolled.filter(({ series: id }) => id === 'logs').map(({ what }) => what.slice(0, 2))).toEqual([
      'm5',
      'h1',
      'd1',
    ]);
    await moveClock(house, 0);
  });
});
