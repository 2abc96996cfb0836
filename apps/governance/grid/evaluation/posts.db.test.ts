import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveGrants, openCaseHouse, type Who } from '#platform/case/fixtures/case-house.ts';
import { stepFacts } from '#platform/case/hooks.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { grid } from '../app.ts';
import { computeEdition } from './compute-edition.ts';
import { stepsByPost } from './posts-of-acts.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCaseHouse([grid]);
  await approveGrants(house, 'grid');
}, 240_000);
afterAll(() => house?.close());

const inGrid = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'grid', actor: systemActor({ name: 'test' }) }, work);
const post = (who: Who, url: string, body: unknown = {}) =>
  call(house, { method: 'POST', url, body, cookie: `sid=${who}` });

it('evaluates a post by the steps of the month, and keeps no figures and no name of one that few people hold', async () => {
  const made = await post('citizen', '/api/incident/reports', {
    class: 'P0101',
    text: '路口井盖没有了',
    lon: 121.5051,
    lat: 31.2051,
    clientId: crypto.randomUUID(),
  });
  const { no } = made.json<{ no: string }>();
  for (const act of ['accept', 'establish']) await post('clerk', `/api/incident/cases/${no}/${act}`);
  const now = house.services.clock.now();
  const from = new Date(now.getTime() - 3_600_000);
  const to = new Date(now.getTime() + 3_600_000);
  const facts = await house.services.registry
    .provided(stepFacts)[0]
    ?.value.between({ services: house.services, from, to });
  const steps = stepsByPost(facts ?? []);
  expect(steps).toMatchObject([
    { no, step: 'accept', post: 'operator', unit: 'street-990101001', onTime: true },
    { no, step: 'establish', post: 'operator', unit: 'street-990101001', onTime: true },
  ]);
  const holders = Array.from({ length: 7 }, (_, n) => ({
    person: `p${n}`,
    account: `a${n}`,
    name: '样例',
    post: 'street-clerk',
    unit: 'street-990101001',
  }));
  const many = Array.from({ length: 20 }, (_, n) => ({ ...steps[n % 2], doer: n % 5 })) as typeof steps;
  const editionOf = (period: string, of: typeof steps) =>
    inGrid((db) =>
      computeEdition({
        db,
        actor: { account: 'test', name: '样例' },
        period,
        district: '990101',
        now,
        posts: { steps: of, holders },
      }),
    );
  // One person did it: no figures, although seven hold the post.
  const one = await editionOf('2025-01', steps);
  const few = await editionOf('2025-02', many);
  const scores = (id: string) =>
    inGrid((db) =>
      db.rows(sql`
        select object, numerator, denominator, rank, holders from grid.evaluation_score where edition = ${id}::uuid and kind = 'post' and object like 'operator@%'`),
    );
  expect(await scores(one.id)).toEqual([
    { object: 'operator@street-990101001', numerator: 0, denominator: 0, rank: null, holders: 1 },
  ]);
  expect(await scores(few.id)).toEqual([
    { object: 'operator@street-990101001', numerator: 20, denominator: 20, rank: 1, holders: 5 },
  ]);
  // The table itself refuses figures of four people.
  await expect(
    inGrid((db) =>
      db.run(sql`update grid.evaluation_score set holders = 4 where edition = ${few.id}::uuid and kind = 'post'`),
    ),
  ).rejects.toThrow(/post_of_five_or_more/);
  const drill = (who: Who, id: string) =>
    call(house, {
      url: `/api/grid/evaluation/editions/${id}/cases?kind=post&object=operator%40street-990101001&indicator=post-on-time`,
      cookie: `sid=${who}`,
    });
  expect((await drill('clerk', one.id)).json()).toMatchObject({ cases: [], denominator: 0 });
  const shown = (await drill('clerk', few.id)).json<{ cases: { no: string }[] }>();
  expect(shown.cases[0]?.no).toBe(no);
  expect(JSON.stringify(shown)).not.toContain('样例');
});
