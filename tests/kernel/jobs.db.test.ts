import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { startWorker } from '#platform/kernel/jobs.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { jobLog, probeManifests } from './probe/app.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: probeManifests, work: false });
});
afterAll(() => house?.close());
beforeEach(() => {
  jobLog.runs.length = 0;
  jobLog.fail = () => false;
});

const rows = (module: string, query: Sql) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, (db) => db.rows(query));
const enqueue = (note: string, more: { key?: string; at?: Date } = {}) =>
  house.services.database.tx({ module: 'probe', actor: systemActor({ name: 'test' }) }, (db) =>
    db.enqueue({ name: 'count', payload: { note }, ...more }),
  );
const stateOf = async (id: string) =>
  (await rows('kernel', sql`select state, attempts, last_error from kernel.job where id = ${id}::uuid`))[0];
/** Retries wait seconds; the test does not. */
const hurry = () => rows('kernel', sql`update kernel.job set run_at = kernel.now() where state = 'waiting'`);

it('runs a job of a committed transaction, and none of one that rolled back', async () => {
  const id = await enqueue('kept');
  await expect(
    house.services.database.tx({ module: 'probe', actor: systemActor({ name: 'test' }) }, async (db) => {
      await db.enqueue({ name: 'count', payload: { note: 'undone' } });
      throw new Error('rolled back');
    }),
  ).rejects.toThrow('rolled back');
  await house.runtime.worker.drain();
  expect(jobLog.runs).toEqual(['kept#1']);
  expect(await stateOf(id)).toMatchObject({ state: 'done', attempts: 1 });
});

it('tries again after a failure and keeps the reason', async () => {
  jobLog.fail = (attempt) => attempt === 1;
  const id = await enqueue('retried');
  await house.runtime.worker.drain();
  expect(await stateOf(id)).toMatchObject({ state: 'waiting', attempts: 1, last_error: 'planned failure' });
  await hurry();
  await house.runtime.worker.drain();
  expect(jobLog.runs).toEqual(['retried#1', 'retried#2']);
  expect(await stateOf(id)).toMatchObject({ state: 'done', attempts: 2 });
});

it('sets a job aside after its last attempt and tells the module', async () => {
  jobLog.fail = () => true;
  const id = await enqueue('hopeless');
  for (let i = 0; i < 3; i++) {
    await hurry();
    await house.runtime.worker.drain();
  }
  expect(await stateOf(id)).toMatchObject({ state: 'failed', attempts: 3 });
  expect(await rows('probe', sql`select event from probe.effect where subject = 'hopeless'`)).toEqual([
    { event: 'given up' },
  ]);
});

it('takes up the job of a worker that died, once its lease has ended and not before', async () => {
  const id = await enqueue('orphan', { at: new Date(Date.now() + 3_600_000) });
  const die = (lease: string) =>
    rows(
      'kernel',
      sql`update kernel.job set state = 'running', attempts = 1, run_at = kernel.now(), locked_until = now() + ${lease}::text::interval where id = ${id}::uuid`,
    );
  await die('1 minute');
  house.runtime.worker.wake();
  await enqueue('other');
  house.runtime.worker.wake();
  await untilRun('other#1');
  expect(jobLog.runs).not.toContain('orphan#2');
  await die('-1 second');
  await house.runtime.worker.drain();
  expect(jobLog.runs).toContain('orphan#2');
});

it('takes up at once what the one process of an embedded database left behind', async () => {
  const id = await enqueue('left', { at: new Date(Date.now() + 3_600_000) });
  await rows(
    'kernel',
    sql`update kernel.job set state = 'running', attempts = 1, run_at = kernel.now(), locked_until = now() + interval '1 minute' where id = ${id}::uuid`,
  );
  const next = startWorker({ services: house.services, reclaim: true, pollMs: 50 });
  await untilRun('left#2');
  await next.stop();
});

it('holds one job of a key at a time', async () => {
  const at = new Date(Date.now() + 3_600_000);
  await enqueue('single', { key: 'k', at });
  await enqueue('single', { key: 'k', at });
  expect(await rows('kernel', sql`select count(*)::int as n from kernel.job where key = 'k'`)).toEqual([{ n: 1 }]);
  await hurry();
  await house.runtime.worker.drain();
  await enqueue('single', { key: 'k' });
  await house.runtime.worker.drain();
  expect(jobLog.runs).toEqual(['single#1', 'single#1']);
});

it('runs each job once where several workers look at the queue', async () => {
  const more = [1, 2, 3].map(() => startWorker({ services: house.services, reclaim: false, pollMs: 20 }));
  await Promise.all(Array.from({ length: 20 }, (_, i) => enqueue(`shared-${i}`)));
  await house.runtime.worker.drain();
  await Promise.all(more.map((worker) => worker.stop()));
  expect(jobLog.runs.sort()).toEqual(Array.from({ length: 20 }, (_, i) => `shared-${i}#1`).sort());
});

it('has no room for content: payloads are ids', async () => {
  await expect(enqueue('x'.repeat(2000))).rejects.toMatchObject({ code: '23514' });
});

async function untilRun(run: string): Promise<void> {
  while (!jobLog.runs.includes(run)) {
    house.runtime.worker.wake();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
