import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { linkedFirms } from '#platform/basedata/legal-entity/link-claims.ts';
import { entityTarget } from '#platform/basedata/legal-entity/load-entities.ts';
import { findingClock, visitClock } from '#platform/basedata/legal-entity/reconcile/kinds.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { readJournal } from '#platform/linkage/store/journal.ts';

/** Findings of two streets, firms about which a person is asked, and a merge of firms, for the examples of routes. */
export async function fixtureFirms(options: {
  house: TestHouse;
  own: string;
  foreign: string;
}): Promise<Record<string, unknown>> {
  const { house } = options;
  const send = (dataset: string, rows: Record<string, string | null>[]) =>
    sendClaims({
      house,
      target: entityTarget,
      module: 'legal-entity',
      dataset,
      unit: 'investment',
      rows,
      keyOf: (_, i) => String(i),
    });
  const head = { legalRepresentative: '王华' };
  await send('fixture-firm-pair', [
    { ...head, name: '上海样茂食品有限公司', tradingAddress: '样例路1号101室' },
    { ...head, name: '上海样贸食品有限公司', tradingAddress: '样例路2号102室' },
  ]);
  const one = { name: '上海样例归并贸易有限公司', legalRepresentative: '郯稷' };
  await send('fixture-firm-half', [{ ...one, tradingAddress: '样例路3号301室' }]);
  await send('fixture-firm-other', [{ ...one, legalRepresentative: null, tradingAddress: '样例路4号401室' }]);
  await send('fixture-firm-bridge', [{ ...one, tradingAddress: '样例路4号401室' }]);
  return house.services.database.tx(
    { module: 'legal-entity', actor: systemActor({ name: 'fixture', purpose: 'data-quality' }) },
    async (db) => {
      const finding = async (committee: string): Promise<string> => {
        const id = uuidv7();
        const clock = await startClock(db, { kind: findingClock, subject: id, event: 'found' });
        await db.run(sql`
          insert into legal_entity.finding (id, uscc, name, kind, owner_unit, committee_code, opened_at, clock, evidence)
          values (${id}::uuid, ${`Z${id.replaceAll('-', '').slice(-17).toUpperCase()}`}, '样例企业', 'not-registered-here', ${`street-${committee.slice(0, 9)}`}, ${committee}, kernel.now(), ${clock.id}::uuid, '[]')`);
        return id;
      };
      const visited = await finding(options.own);
      const visit = uuidv7();
      const clock = await startClock(db, { kind: visitClock, subject: visit, event: 'ordered' });
      await db.run(sql`
        insert into legal_entity.visit (id, finding, uscc, unit, committee_code, clock, ordered_by, ordered_name, ordered_at)
        values (${visit}::uuid, ${visited}::uuid, 'Z', ${`street-${options.own.slice(0, 9)}`}, ${options.own}, ${clock.id}::uuid, 'fixture', '样例', kernel.now())`);
      const pair = await db.one<{ a: number; b: number }>(sql`
        select l.a, l.b from linkage.link l join exchange.claim c on c.id = l.a where l.app = 'legal-entity' and l.reason is not null and c.dataset = 'fixture-firm-pair'`);
      const [merge] = await readJournal({ db, linked: await linkedFirms(db) });
      return {
        finding: await finding(options.own),
        'finding-to-answer': await finding(options.own),
        'finding-to-visit': await finding(options.own),
        'finding-visited': visited,
        'foreign-finding': await finding(options.foreign),
        'firm-pair-a': String(pair.a),
        'firm-pair-b': String(pair.b),
        'firm-merge': merge?.id,
      };
    },
  );
}
