import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endClock } from '#platform/calendar/clock.ts';
import {
  FindingClosed,
  FindingParams,
  FindingSchema,
  holdFinding,
  mayAnswer,
  readFinding,
  Result,
} from './finding-record.ts';
import { findingClock } from './kinds.ts';
import { noteSteps } from './reconcile.ts';

const body = { result: 'firm-notified', answer: '已电话通知企业补办，五日内复核' } as const;

/**
 * The owner says what is true (核实答复). The clock ends; the finding stays until the data agree, because a word corrects no register: what
 * is wrong goes to its source, comes back with the next file, and closes the finding or makes it recur.
 */
export const answerFinding = route({
  method: 'POST',
  path: '/api/legal-entity/findings/:id/answer',
  summary: { zh: '答复比对差异', en: 'Answer a finding' },
  allow: 'legal-entity.finding.answer',
  params: FindingParams,
  body: Type.Object(
    { result: Result, answer: Type.String({ minLength: 2, maxLength: 500 }) },
    { additionalProperties: false },
  ),
  reply: FindingSchema,
  errors: [NotFound, FindingClosed],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:finding-to-answer' }, body },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-finding' }, body },
  },
  handler: async ({ db, actor, clock, params: { id }, body: { result, answer } }) => {
    const finding = await holdFinding(db, id);
    if (!finding) throw NotFound.with();
    if (finding.state !== 'open') throw FindingClosed.with();
    if (!mayAnswer(actor, finding)) throw Forbidden.with();
    const { dueAt, endedAt } = await endClock(db, { kind: findingClock, clock: finding.clock });
    await db.run(sql`
      update legal_entity.finding set state = 'answered', result = ${result}, answer = ${answer.trim()}, answered_at = kernel.now(), answered_name = ${actor.name},
        answered_unit = ${actor.unit ?? null}::text, late_at = case when ${endedAt !== null && endedAt >= dueAt}::boolean then coalesce(late_at, kernel.now()) else late_at end
      where id = ${id}::uuid`);
    await noteSteps(db, [{ finding: id, step: `answered-${result}`, note: answer.trim() }]);
    return readFinding({ db, now: clock.now(), id });
  },
});
