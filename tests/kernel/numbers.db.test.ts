import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { probeManifests } from './probe/app.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: probeManifests, work: false });
});
afterAll(() => house?.close());

const tx = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);

async function take(series: string, outcome: 'commit' | 'rollback'): Promise<number | undefined> {
  try {
    return await tx('probe', async (db) => {
      const { n } = await db.one<{ n: number }>(sql`select kernel.next_number(${series}, '2026') as n`);
      await db.run(sql`insert into probe.note (id, body, number) values (${uuidv7()}::uuid, ${series}, ${n}::bigint)`);
      if (outcome === 'rollback') throw new Error('planned failure');
      return n;
    });
  } catch {
    return undefined;
  }
}

describe('business numbers', () => {
  it('have no gap and no double, whatever rolls back and however many come at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<'commit' | 'rollback'>('commit', 'commit', 'rollback'), {
          minLength: 2,
          maxLength: 12,
        }),
        async (outcomes) => {
          const series = uuidv7();
          const numbers = (await Promise.all(outcomes.map((outcome) => take(series, outcome)))).filter(
            (n) => n !== undefined,
          );
          const kept = await tx('probe', (db) =>
            db.rows<{ number: number }>(sql`select number from probe.note where body = ${series} order by number`),
          );
          expect(kept.map((row) => row.number)).toEqual(numbers.map((_, i) => i + 1));
          expect([...numbers].sort((a, b) => a - b)).toEqual(kept.map((row) => row.number));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('belong to the module and the period', async () => {
    const n = (module: string, period: string) =>
      tx(
        module,
        async (db) => (await db.one<{ n: number }>(sql`select kernel.next_number('shared', ${period}) as n`)).n,
      );
    expect([
      await n('probe', '2026'),
      await n('probe', '2026'),
      await n('probe', '2027'),
      await n('audit', '2026'),
    ]).toEqual([1, 2, 1, 1]);
  });
});

describe('typed links', () => {
  it('are seen from both ends, once each, and name the module that made them', async () => {
    const [a, b] = [uuidv7(), uuidv7()];
    const link = () =>
      tx('probe', (db) =>
        db.one(sql`select kernel.add_link('located-in', 'probe.note', ${a}, 'space.building', ${b}) as id`),
      );
    expect(await link()).toEqual(await link());
    const from = await tx('probe', (db) =>
      db.rows(sql`select kind, direction, other_kind, other_id from kernel.links_of('probe.note', ${a})`),
    );
    const to = await tx('probe', (db) =>
      db.rows(sql`select kind, direction, other_kind, other_id from kernel.links_of('space.building', ${b})`),
    );
    expect(from).toEqual([{ kind: 'located-in', direction: 'out', other_kind: 'space.building', other_id: b }]);
    expect(to).toEqual([{ kind: 'located-in', direction: 'in', other_kind: 'probe.note', other_id: a }]);
    expect(await tx('kernel', (db) => db.rows(sql`select module from kernel.link where from_id = ${a}`))).toEqual([
      { module: 'probe' },
    ]);
  });
});

describe('a module’s role', () => {
  it('reaches no other schema and cannot be left', async () => {
    await expect(tx('probe', (db) => db.rows(sql`select * from audit.access`))).rejects.toMatchObject({
      code: '42501',
    });
    await expect(tx('probe', (db) => db.rows(sql`select * from kernel.job`))).rejects.toMatchObject({ code: '42501' });
    await expect(tx('probe', (db) => db.run(sql`create table probe.mine ()`))).rejects.toMatchObject({ code: '42501' });
    // PostgreSQL answers a GRANT without the right to give with a warning, and gives nothing.
    await tx('probe', (db) => db.run(sql`grant select on probe.note to public`));
    await expect(tx('access', (db) => db.rows(sql`select * from probe.note`))).rejects.toMatchObject({ code: '42501' });
    await expect(tx('probe', (db) => db.rows(sql`select kernel.set_clock(interval '1 day')`))).rejects.toMatchObject({
      code: '42501',
    });
  });
});
