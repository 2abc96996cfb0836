import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { type Clock, startClock } from '#platform/calendar/clock.ts';
import { carryOut } from './case-act.ts';
import { CaseCodeText } from './case-act-route.ts';
import { applicantContext, type Contact } from './case-applicant.ts';
import { callBackClock } from './case-clocks.ts';
import { NotYetRatable } from './case-errors.ts';
import { holdSubCase, type SubRow } from './case-row.ts';
import { type Node, stateAfterRating } from './rating-rules.ts';

export const ratingContext = (id: string): string => `service:rating:${id}`;

/**
 * Rates how an item was handled (评价): once for each node, and once more after a repair. The unit reads stars and words; who wrote them
 * stays with the office that calls back.
 */
export const rateCase = route({
  method: 'POST',
  path: '/api/service/own-cases/:code/items/:no/ratings',
  summary: { zh: '评价办理情况', en: 'Rate how it was handled' },
  allow: 'service.case.own',
  self: true,
  delegable: 'service-cases',
  params: Type.Object({ code: CaseCodeText, no: Type.Integer({ minimum: 1, maximum: 99 }) }),
  body: Type.Object(
    {
      node: Type.Union([Type.Literal('acceptance'), Type.Literal('delivery')]),
      stars: Type.Integer({ minimum: 1, maximum: 5 }),
      text: Type.Optional(Type.String({ minLength: 2, maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ round: Type.Integer(), state: Type.String() }),
  errors: [NotFound, NotYetRatable],
  examples: {
    own: { as: 'citizen', params: { code: 'fixture:case-to-rate', no: '1' }, body: { node: 'delivery', stars: 5 } },
    foreign: { as: 'citizen', params: { code: 'fixture:foreign-case', no: '1' }, body: { node: 'delivery', stars: 5 } },
  },
  handler: async ({ db, actor, services, clock, params, body }) => {
    const row = await holdSubCase(db, params);
    if (!row) throw NotFound.with();
    const { node, stars, text } = body;
    const now = clock.now();
    const round = await roundOf(db, row, node);
    const id = uuidv7();
    const state = stateAfterRating({ stars, round });
    const started = state === 'to-call' ? await startCallBack(db, { id, code: row.code, now }) : undefined;
    await db.run(sql`
      insert into service.case_rating (id, item, title, unit, node, round, stars, text, rated_on, state, clock)
      values (${id}::uuid, ${row.item}, ${json(row.title)}::text::jsonb, ${row.unit}, ${node}, ${round}::int, ${stars}::int, ${text ?? null}::text,
        ${shanghaiDate(now)}::date, ${state}, ${started?.id ?? null}::uuid)`);
    const { sealed } = await db.one<{ sealed: string }>(
      sql`select applicant as sealed from service.case_file where id = ${row.caseId}::uuid`,
    );
    const contact = JSON.parse(services.keyring.open(sealed, applicantContext(row.caseId))) as Contact;
    await db.run(sql`
      insert into service.case_rating_author (rating, sub_case, node, round, applicant_person, applicant_entity, contact)
      values (${id}::uuid, ${row.id}::uuid, ${node}, ${round}::int, ${actor.person ?? null}::uuid, ${actor.entity ?? null}::text,
        ${services.keyring.seal(json({ name: contact.name, phone: contact.phone }), ratingContext(id))})`);
    if (node === 'delivery' && row.state === 'delivered')
      await carryOut({
        db,
        row,
        act: { act: 'rate' },
        hand: { roles: ['applicant'], account: actor.account },
        now,
      });
    return { round, state };
  },
});

/** Which round this is: the first where the node is over and unrated, the second after a repair; else it cannot be rated. */
async function roundOf(db: Db, row: SubRow, node: Node): Promise<1 | 2> {
  const over =
    node === 'acceptance' ? row.acceptedAt !== null || row.state === 'not-accepted' : DELIVERED.has(row.state);
  const earlier = await db.rows<{ round: number; state: string; rating: string }>(sql`
    select a.round, r.state, a.rating from service.case_rating_author a join service.case_rating r on r.id = a.rating
    where a.sub_case = ${row.id}::uuid and a.node = ${node} order by a.round`);
  const [first] = earlier;
  if (over && first === undefined) return 1;
  if (earlier.length !== 1 || first?.state !== 'to-rate-again') throw NotYetRatable.with();
  await db.run(sql`update service.case_rating set state = 'done' where id = ${first.rating}::uuid`);
  return 2;
}
const DELIVERED: ReadonlySet<string> = new Set(['delivered', 'rated', 'archived']);

/** The office that calls back has the step (差评回访), not the unit that was rated. */
async function startCallBack(db: Db, { id, code, now }: { id: string; code: string; now: Date }): Promise<Clock> {
  const { office } = await db.one<{ office: string | null }>(sql`select service.rating_office() as office`);
  return startClock(db, {
    kind: callBackClock,
    subject: id,
    event: 'rated',
    at: now,
    of: { unit: office, caseNo: code },
  });
}
