import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { deliverEvents, dispatchEvents } from '#platform/kernel/events.ts';
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
const emit = (subject: string) => tx('probe', (db) => db.emit({ type: 'probe.note.added', subject }));
const effects = async (...subjects: string[]) =>
  (
    await tx('probe', (db) =>
      db.rows<{ subject: string }>(sql`select subject from probe.effect where subject = any (${subjects}::text[])`),
    )
  )
    .map((row) => row.subject)
    .sort();
/** Until nothing is left; another transaction of the server may hold the watermark back for a moment. */
const settle = async (...subjects: string[]) => {
  while ((await effects(...subjects)).length < subjects.length) await dispatchEvents(house.services);
};

it('delivers an event of a committed transaction once, however often it looks', async () => {
  const subject = uuidv7();
  await emit(subject);
  await settle(subject);
  await dispatchEvents(house.services);
  expect(await effects(subject)).toEqual([subject]);
});

it('knows no event of a transaction that rolled back', async () => {
  const subject = uuidv7();
  await expect(
    tx('probe', async (db) => {
      await db.emit({ type: 'probe.note.added', subject });
      throw new Error('rolled back');
    }),
  ).rejects.toThrow();
  const later = uuidv7();
  await emit(later);
  await settle(later);
  expect(await effects(subject)).toEqual([]);
});

it('has its effect once although the process died between the effect and the note of how far it got', async () => {
  const subject = uuidv7();
  await emit(subject);
  await settle(subject);
  await tx('kernel', (db) => db.run(sql`update kernel.consumer set txid = '0', seq = 0 where name = 'probe/effects'`));
  await dispatchEvents(house.services);
  expect(await effects(subject)).toEqual([subject]);
});

it.skipIf(!process.env.TEST_DATABASE_URL)(
  'does not skip an event that was written first and committed last',
  async () => {
    const early = uuidv7();
    const late = uuidv7();
    const opened = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const slow = tx('probe', async (db) => {
      await db.emit({ type: 'probe.note.added', subject: early });
      opened.resolve();
      await commit.promise;
    });
    await opened.promise;
    await emit(late);
    await dispatchEvents(house.services);
    expect(await effects(early, late)).toEqual([]);
    commit.resolve();
    await slow;
    await settle(early, late);
    expect(await effects(early, late)).toEqual([early, late].sort());
  },
);

it('goes on for the others while one consumer cannot take what it is given, and gives it that again', async () => {
  const [poisoned, later] = [uuidv7(), uuidv7()];
  await tx('probe', (db) => db.emit({ type: 'probe.note.added', subject: poisoned, data: { poison: 'yes' } }));
  await emit(later);
  const fragile = async () => {
    const { failed } = await deliverEvents(house.services);
    return failed.map(({ consumer }) => consumer);
  };
  await vi.waitFor(async () => expect(await fragile()).toEqual(['probe/fragile']));
  expect(await fragile(), 'at every look').toEqual(['probe/fragile']);
  await vi.waitFor(async () => {
    await deliverEvents(house.services);
    expect(await effects(poisoned, later)).toEqual([poisoned, later].sort());
  });
  await expect(dispatchEvents(house.services)).rejects.toThrow('planned failure');
  await tx('kernel', (db) =>
    db.run(sql`
      update kernel.consumer c set txid = e.txid, seq = e.seq from kernel.event e where c.name = 'probe/fragile' and e.subject = ${poisoned}`),
  );
  await vi.waitFor(async () => expect(await fragile()).toEqual([]));
});

it('has no room for content: event data are ids, and nobody can change what happened', async () => {
  await expect(
    tx('probe', (db) => db.emit({ type: 'probe.note.added', subject: 'x', data: { text: 'x'.repeat(2000) } })),
  ).rejects.toMatchObject({ code: '23514' });
  await expect(tx('kernel', (db) => db.run(sql`update kernel.event set subject = 'forged'`))).rejects.toMatchObject({
    code: '42501',
  });
  await expect(tx('probe', (db) => db.rows(sql`select * from kernel.event`))).rejects.toMatchObject({ code: '42501' });
});
