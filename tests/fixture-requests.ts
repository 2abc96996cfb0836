import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { startClock, stopClock } from '#platform/calendar/clock.ts';
import { answerClocks, deliveryClock } from '#platform/catalog/request/clocks.ts';
import { makeAgreement } from '#platform/catalog/request/agreement.ts';

/** Requests and agreements that the examples of routes name: between civil affairs and a street, and between two other units. */
export async function fixtureRequests(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  return services.database.tx({ module: 'catalog', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    // Grants whose requests no example of a grant opens itself.
    const grants = await db.rows<{
      id: string;
      taker: string;
      resource: string;
      purposes: string[];
      wanted: string[];
    }>(sql`
      select g.id, g.taker, g.resource, g.purposes, g.wanted from catalog.grant g join catalog.resource r on r.id = g.resource
      where not (g.taker = 'community' and g.name in ('resident', 'household')) and r.sharing <> 'none' order by g.taker, g.name`);
    let next = 0;
    const made = async (options: {
      supplier: string;
      requester: string;
      state: 'open' | 'supplement' | 'delivering';
    }): Promise<{ id: string; grant: (typeof grants)[number] }> => {
      const { supplier, requester, state } = options;
      const grant = grants[next++ % grants.length];
      if (!grant) throw new Error('this installation has no grants');
      const id = uuidv7();
      const clock = await startClock(db, { kind: answerClocks.conditional, subject: id, event: 'asked' });
      const delivery =
        state === 'delivering' ? await startClock(db, { kind: deliveryClock, subject: id, event: 'approved' }) : null;
      await db.run(sql`
        insert into catalog.request (id, grant_id, resource, supplier_unit, sharing, requester_account, requester_name, requester_unit, asked_at, why, fields, purposes, state, clock,
          delivery_clock, decided_at)
        values (${id}::uuid, ${grant.id}::uuid, ${grant.resource}, ${supplier}, 'conditional', 'fixture', '样例申请人', ${requester}, kernel.now(), '样例申请', ${grant.wanted}::text[],
          ${grant.purposes}::text[], 'open', ${clock.id}::uuid, null, null)`);
      if (state === 'supplement') {
        await stopClock(db, {
          kind: answerClocks.conditional,
          clock: clock.id,
          reason: 'supplement',
          document: '补正告知书',
          expectedEnd: '2099-12-30',
        });
        await db.run(sql`
          update catalog.request set state = 'supplement', supplement_points = '{"范围","通知"}', supplement_document = '补正告知书', supplement_asked_at = kernel.now() where id = ${id}::uuid`);
      }
      if (delivery)
        await db.run(sql`
          update catalog.request set state = 'delivering', delivery_clock = ${delivery.id}::uuid, decided_at = kernel.now() where id = ${id}::uuid`);
      return { id, grant };
    };
    const agreed = async (request: { id: string; grant: (typeof grants)[number] }, owner: string): Promise<string> => {
      const terms = { fields: request.grant.wanted, purposes: request.grant.purposes, rowFilter: [], validUntil: null };
      await makeAgreement(db, { grant: { ...request.grant, owner }, terms });
      return (
        await db.one<{ id: string }>(sql`select id from catalog.agreement where request_id = ${request.id}::uuid`)
      ).id;
    };
    const street = 'street-310101023';
    const request = await made({ supplier: 'civil-affairs', requester: street, state: 'delivering' });
    const foreign = await made({ supplier: 'public-security', requester: 'street-310101013', state: 'delivering' });
    const between = { supplier: 'civil-affairs', requester: street };
    return {
      request: request.id,
      agreement: await agreed(request, 'civil-affairs'),
      'foreign-request': foreign.id,
      'foreign-agreement': await agreed(foreign, 'public-security'),
      'request-to-complete': (await made({ ...between, state: 'open' })).id,
      'request-to-answer': (await made({ ...between, state: 'supplement' })).id,
      'request-to-take-back': (await made({ ...between, state: 'supplement' })).id,
      'request-to-deliver': (await made({ ...between, state: 'delivering' })).id,
    };
  });
}
