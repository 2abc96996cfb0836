import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { manifests } from '#manifests';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests, work: false });
}, 180_000);
afterAll(() => house?.close());

const actor = systemActor({ name: 'test' });

it('fails the transaction when a statement that nobody waits for fails, and leaves the connection as good as before', async () => {
  const { database } = house.services;
  const count = () =>
    database.tx({ module: 'identity', actor }, (db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from identity.unit`),
    );
  const before = await count();
  for (const fault of [
    sql`select 1 / ${0}::int`,
    sql`insert into identity.unit (code) values (${'x'})`,
    sql`select no_such_function(${1})`,
    sql`do $$ begin raise exception 'no'; end $$`,
  ]) {
    for (const also of [0, 1, 3]) {
      await expect(
        database.tx({ module: 'identity', actor }, async (db) => {
          await db.one(sql`select 1 as x`);
          db.last(fault);
          for (let i = 0; i < also; i += 1) db.last(sql`select ${i}::int as x`);
        }),
      ).rejects.toThrow();
      expect(await count()).toEqual(before);
    }
  }
  // At once, without a wait between begin and fault.
  const tries = Array.from({ length: 20 }, (_, i) =>
    database.tx({ module: 'identity', actor }, async (db) => {
      if (i % 2 === 0) db.last(sql`select 1 / ${0}::int`);
      else db.last(sql`select ${i}::int as x`);
    }),
  );
  const outcomes = await Promise.allSettled(tries);
  expect(outcomes.map(({ status }) => status)).toEqual(
    outcomes.map((_, i) => (i % 2 === 0 ? 'rejected' : 'fulfilled')),
  );
  expect(await count()).toEqual(before);
});
