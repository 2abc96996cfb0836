import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { linkedPersons } from '#platform/basedata/population/link-claims.ts';
import { personTarget } from '#platform/basedata/population/target.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { readJournal } from '#platform/linkage/store/journal.ts';

/** Records about which people are asked, and a merge, for the examples of routes: all without identity numbers. */
export async function fixtureLinks({
  house,
  own,
}: {
  house: TestHouse;
  own: string;
}): Promise<Record<string, unknown>> {
  const send = (dataset: string, rows: Record<string, string | null>[]) =>
    sendClaims({ house, target: personTarget, module: 'population', dataset, unit: 'health', rows });
  const twin = {
    birthDate: '2025-06-01',
    sex: '1',
    phone: '13900001111',
    residenceAddress: '上海市浦东新区样例路1弄2号301室',
  };
  await send('fixture-twins', [
    { ...twin, name: '样浩宇' },
    { ...twin, name: '样浩然' },
  ]);
  const half = { name: '郯稷', birthDate: '1970-02-03', sex: '1' };
  const home = '上海市浦东新区样例路3弄4号501室';
  await send('fixture-merged', [
    { ...half, phone: '13900002222' },
    { ...half, birthDate: null, residenceAddress: home },
  ]);
  await send('fixture-bridge', [{ ...half, phone: '13900002222', residenceAddress: home }]);
  await send('fixture-unasked', [
    { name: '样甲', birthDate: '1961-01-01', sex: '1' },
    { name: '样乙', birthDate: '1972-02-02', sex: '2' },
  ]);
  return house.services.database.tx(
    { module: 'population', actor: systemActor({ name: 'fixture', purpose: 'data-quality' }) },
    async (db) => {
      const pair = await db.one<{ a: number; b: number }>(sql`
        select l.a, l.b from linkage.link l join exchange.claim c on c.id = l.a where l.reason is not null and c.dataset = 'fixture-twins'`);
      const [merge] = await readJournal({ db, linked: await linkedPersons(db) });
      await db.run(
        sql`insert into population.life_event (pid, kind, happened_on, state, sources) values (${own}::uuid, 'died', '2026-01-02', 'reported', '[]')`,
      );
      const [one, other] = await db.rows<{ pid: string }>(
        sql`select pid from population.person where name in ('样甲', '样乙') order by name`,
      );
      return {
        'unasked-a': one?.pid,
        'unasked-b': other?.pid,
        'reported-dead': own,
        'pair-a': String(pair.a),
        'pair-b': String(pair.b),
        merge: merge?.id,
      };
    },
  );
}
