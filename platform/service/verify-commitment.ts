import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endClock } from '#platform/calendar/clock.ts';
import { CaseCodeText, Words } from './case-act-route.ts';
import { verifyClock } from './case-clocks.ts';
import { CaseNotInState } from './case-errors.ts';
import { tellCase } from './case-event.ts';
import { holdSubCase } from './case-row.ts';

/**
 * Records what a check of a commitment has found (告知承诺核查). Where it does not hold nothing happens by itself: the applicant is heard,
 * and a person decides on a revocation.
 */
export const verifyCommitment = route({
  method: 'POST',
  path: '/api/service/cases/:code/items/:no/verify',
  summary: { zh: '登记承诺核查结论', en: 'Record the check of a commitment' },
  allow: 'service.case.handle',
  params: Type.Object({ code: CaseCodeText, no: Type.Integer({ minimum: 1, maximum: 99 }) }),
  body: Type.Object({ holds: Type.Boolean(), finding: Words }, { additionalProperties: false }),
  reply: Type.Object({ verified: Type.Union([Type.Literal('holds'), Type.Literal('false')]) }),
  errors: [NotFound, CaseNotInState],
  examples: {
    own: {
      as: 'data-officer',
      params: { code: 'fixture:case-to-verify', no: '1' },
      body: { holds: true, finding: '现场核查，与承诺一致。' },
    },
    foreign: {
      as: 'data-officer',
      params: { code: 'fixture:foreign-case', no: '1' },
      body: { holds: true, finding: '现场核查，与承诺一致。' },
    },
  },
  handler: async ({ db, clock, params, body: { holds, finding } }) => {
    const row = await holdSubCase(db, params);
    if (!row) throw NotFound.with();
    if (row.verifyClock === null || row.verified !== null) throw CaseNotInState.with();
    const now = clock.now();
    await endClock(db, { kind: verifyClock, clock: row.verifyClock, at: now });
    const verified = holds ? ('holds' as const) : ('false' as const);
    await db.run(sql`update service.sub_case set verified = ${verified} where id = ${row.id}::uuid`);
    const kind = holds ? 'verified' : 'verified-false';
    tellCase(db, { caseId: row.caseId, sub: row, at: now, kind, shown: true, text: finding, still: true });
    return { verified };
  },
});
