import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { CaseParams } from './case-act-route.ts';
import { caseFile } from './case-resources.ts';
import { CaseSchema, readCase } from './case-view.ts';

const OWN = { allow: 'service.case.own', self: true, delegable: 'service-cases' } as const;

/** My cases (我的办件): what waits for me first, then what is under way, then what is done. */
export const listOwnCases = route({
  ...OWN,
  method: 'GET',
  path: '/api/service/own-cases',
  summary: { zh: '我的办件', en: 'My cases' },
  reply: Type.Object({
    cases: Type.Array(
      Type.Object({
        ...itemOf(caseFile, ['code', 'title', 'state', 'receivedAt', 'promisedAt', 'closedAt', 'applicantPerson'])
          .properties,
        items: Type.Integer(),
        done: Type.Integer(),
        /** What waits for the applicant (等您处理): corrections, a fee, a rating, or nothing. */
        waits: Type.Union([
          Type.Literal('correct'),
          Type.Literal('pay'),
          Type.Literal('rate'),
          Type.Literal('rate-again'),
          Type.Null(),
        ]),
        sample: Type.Boolean(),
      }),
    ),
  }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db }) => {
    const rows = await db.rows<{
      code: string;
      title: Text;
      state: string;
      receivedAt: Date;
      promisedAt: Date | null;
      closedAt: Date | null;
      applicantPerson: string | null;
      items: number;
      done: number;
      waits: 'correct' | 'pay' | 'rate' | 'rate-again' | null;
      sample: boolean;
    }>(sql`
      select * from (select c.code, c.title, c.state, c.received_at as "receivedAt", c.promised_at as "promisedAt", c.closed_at as "closedAt", c.applicant_person as "applicantPerson", c.sample,
        count(s.id)::int as items, count(s.id) filter (where s.decided_at is not null or s.closed_at is not null)::int as done,
        case when bool_or(s.state = 'correction') then 'correct' when bool_or(s.fee_state = 'open') then 'pay' when bool_or(s.state = 'delivered') then 'rate'
          when bool_or(exists (select from service.case_rating_author a join service.case_rating r on r.id = a.rating where a.sub_case = s.id and r.state = 'to-rate-again'))
          then 'rate-again' end as waits
      from service.case_file c join service.sub_case s on s.case_id = c.id
      group by c.id) own order by own.waits is null, own."closedAt" is not null, own."receivedAt" desc limit 200`);
    return {
      cases: rows.map((row) => ({
        ...row,
        receivedAt: row.receivedAt.toISOString(),
        promisedAt: row.promisedAt?.toISOString() ?? null,
        closedAt: row.closedAt?.toISOString() ?? null,
      })),
    };
  },
});

/** One case of mine: every item, and the one timeline (一站反馈). */
export const showOwnCase = route({
  ...OWN,
  method: 'GET',
  path: '/api/service/own-cases/:code',
  summary: { zh: '我的一个办件', en: 'One case of mine' },
  params: CaseParams,
  reply: CaseSchema,
  errors: [NotFound],
  examples: {
    own: { as: 'citizen', params: { code: 'fixture:case-to-withdraw' } },
    foreign: { as: 'citizen', params: { code: 'fixture:foreign-case' } },
  },
  handler: async ({ db, services, clock, params: { code } }) => {
    const found = await readCase({ db, services, now: clock.now(), code, own: true });
    if (!found) throw NotFound.with();
    return found;
  },
});
