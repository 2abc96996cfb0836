import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endClock, extendClock, startClock } from '#platform/calendar/clock.ts';
import { ClockNotExtensible, ClockNotRunning } from '#platform/calendar/clock-errors.ts';
import { CaseParams, Document, Words } from './case-act-route.ts';
import { JOINT_EXTENSION_RULE, jointClock } from './case-clocks.ts';
import { CaseNotInState } from './case-errors.ts';
import { tellCase } from './case-event.ts';
import type { SubRow } from './case-row.ts';
import { isClosed } from './case-state.ts';

/**
 * Joint handling (统一办理、联合办理、集中办理): licences of several units that were applied for as one are decided within one time for the whole,
 * besides that of each (行政许可法 art. 42 II). It begins with the first acceptance and ends when nothing is left to decide.
 */
export async function followJoint(options: {
  db: Db;
  caseId: string;
  rows: readonly SubRow[];
  now: Date;
}): Promise<void> {
  const { db, caseId, rows, now } = options;
  const licences = rows.filter(({ terms }) => terms.kind === 'licence');
  if (new Set(licences.map(({ unit }) => unit)).size < 2) return;
  const file = await db.one<{ bundle: string | null; clock: string | null }>(
    sql`select bundle, joint_clock as clock from service.case_file where id = ${caseId}::uuid for update`,
  );
  if (file.bundle === null) return;
  const over = licences.every(({ decidedAt, state }) => decidedAt !== null || isClosed(state));
  if (file.clock !== null) {
    if (over) await endClock(db, { kind: jointClock, clock: file.clock, at: now });
    return;
  }
  const [first] = licences.flatMap(({ acceptedAsOf }) => acceptedAsOf ?? []).sort((a, b) => a.getTime() - b.getTime());
  if (first === undefined || over) return;
  const clock = await startClock(db, {
    kind: jointClock,
    subject: caseId,
    event: 'accepted',
    at: first,
    of: { caseNo: licences[0]?.code },
  });
  await db.run(sql`update service.case_file set joint_clock = ${clock.id}::uuid where id = ${caseId}::uuid`);
}

/** Lengthens the time of the whole, once (art. 42 II): the approval is that of the head of the government, and its document is named. */
export const extendJoint = route({
  method: 'POST',
  path: '/api/service/cases/:code/extend-joint',
  summary: { zh: '登记联合办理期限的延长', en: 'Lengthen the time for joint handling' },
  allow: 'service.case.approve',
  params: CaseParams,
  body: Type.Object({ reason: Words, document: Document }, { additionalProperties: false }),
  reply: Type.Object({ dueAt: Type.String({ format: 'date-time' }) }),
  errors: [NotFound, InvalidInput, CaseNotInState, ClockNotRunning, ClockNotExtensible],
  examples: {
    own: {
      as: 'unit-head',
      unit: 'civil-affairs',
      params: { code: 'fixture:case-to-extend-joint' },
      body: { reason: '联合踏勘需要两次进行。', document: '区政府批示〔2026〕1号' },
    },
    foreign: {
      as: 'unit-head',
      unit: 'civil-affairs',
      params: { code: 'fixture:foreign-case' },
      body: { reason: '联合踏勘需要两次进行。', document: '区政府批示〔2026〕1号' },
    },
  },
  handler: async ({ db, clock, params: { code }, body: { reason, document } }) => {
    const file = await db.first<{ id: string; clock: string | null }>(
      sql`select id, joint_clock as clock from service.case_file where code = ${code} for update`,
    );
    if (!file) throw NotFound.with();
    if (file.clock === null) throw CaseNotInState.with();
    const extended = await extendClock(db, {
      kind: jointClock,
      clock: file.clock,
      basis: JOINT_EXTENSION_RULE,
      document,
    });
    const data = { document };
    tellCase(db, {
      caseId: file.id,
      at: clock.now(),
      kind: 'extend-joint',
      shown: true,
      text: reason,
      data,
      still: true,
    });
    return { dueAt: extended.dueAt.toISOString() };
  },
});
