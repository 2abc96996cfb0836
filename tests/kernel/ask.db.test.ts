import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { probeManifests } from './probe/app.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: probeManifests, work: false });
});
afterAll(() => house?.close());

/** More than there are connections, so that each one is met again with everything prepared on it. */
const OFTEN = 40;
const actorOf = (n: number) => systemActor({ name: `asker-${n}` });
const ask = (n: number, query: Sql) => house.services.database.ask({ module: 'probe', actor: actorOf(n) }, query);
const often = <T>(work: (n: number) => Promise<T>) => Promise.all(Array.from({ length: OFTEN }, (_, n) => work(n)));
const count = async (body: string) =>
  (await ask(0, sql`select count(*)::int as n from probe.note where body = ${body}`))[0]?.n;

describe('one statement, one journey', () => {
  it('runs as the role of its module and in the name of its own actor, however many ask at once', async () => {
    for (let round = 0; round < 2; round++) {
      const rows = await often((n) =>
        ask(n, sql`select current_user::text as role, current_setting('actor.account') as account, ${n}::int as n`),
      );
      expect(rows).toEqual(
        Array.from({ length: OFTEN }, (_, n) => [{ role: 'probe_app_all', account: actorOf(n).account, n }]),
      );
    }
  });

  it('leaves neither role nor actor behind', async () => {
    await often((n) => ask(n, sql`select ${n}::int`));
    const session = await house.services.database.engine.session();
    const { rows } = await session.query(
      "select current_user::text as role, coalesce(current_setting('actor.account', true), '') as account",
    );
    session.release();
    expect(rows).toEqual([{ role: 'district_login', account: '' }]);
  });

  it('is committed when it answers', async () => {
    await often(() => ask(0, sql`insert into probe.note (id, body) values (${uuidv7()}::uuid, 'asked')`));
    expect(await count('asked')).toBe(OFTEN);
  });

  it('changes nothing where it fails, and the next one on the same connection works', async () => {
    const failing = () =>
      ask(
        0,
        sql`with added as (insert into probe.note (id, body) values (${uuidv7()}::uuid, 'never') returning 1 as one) select 1 / (one - 1) from added`,
      );
    for (let round = 0; round < 2; round++) {
      const codes = await often(() =>
        failing().then(
          () => 'answered',
          (error: { code?: string }) => error.code,
        ),
      );
      expect(new Set(codes)).toEqual(new Set(['22012']));
    }
    expect(await count('never')).toBe(0);
  });

  it("reaches no other module's tables", async () => {
    for (let round = 0; round < 2; round++) {
      const codes = await often(() =>
        ask(0, sql`select * from kernel.migration limit 1`).then(
          () => 'answered',
          (error: { code?: string }) => error.code,
        ),
      );
      expect(new Set(codes)).toEqual(new Set(['42501']));
    }
  });
});
