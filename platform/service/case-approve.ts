import { Type } from 'typebox';
import { ClockNotExtensible, ClockNotRunning } from '#platform/calendar/clock-errors.ts';
import { actRoute, Document, Words } from './case-act-route.ts';
import { CommitmentHolds } from './case-errors.ts';

const APPROVE = { allow: 'service.case.approve', as: 'unit-head', unit: 'civil-affairs' } as const;

/** Decides as drafted (作出决定): never by who received or drafted it (受审分离). */
export const decideCase = actRoute({
  ...APPROVE,
  role: 'approver',
  act: 'decide',
  summary: { zh: '作出决定', en: 'Decide' },
});

/** Gives the draft back to the handler (退回). */
export const returnDraft = actRoute({
  ...APPROVE,
  role: 'approver',
  act: 'return',
  summary: { zh: '退回拟定的决定', en: 'Return the draft' },
  body: Type.Object({ why: Words }, { additionalProperties: false }),
  example: { why: '请补充现场核查的情况。' },
  brought: ({ why }) => ({ text: why, shown: false }),
});

/** Lengthens the time for the decision, once; the applicant is told the reason (行政许可法 art. 42 I). */
export const extendCase = actRoute({
  ...APPROVE,
  role: 'head',
  act: 'extend',
  summary: { zh: '批准延长决定期限', en: 'Lengthen the time for the decision' },
  body: Type.Object({ reason: Words, document: Document }, { additionalProperties: false }),
  example: { reason: '需要向外省核实资质，短期内无法完成。', document: '延期审批表〔2026〕1号' },
  errors: [ClockNotRunning, ClockNotExtensible],
  brought: ({ reason, document }) => ({ text: reason, document, data: { document } }),
});

/** Allows one more correction notice, where what is missing could not be seen before. */
export const allowCorrection = actRoute({
  ...APPROVE,
  role: 'head',
  act: 'allow-correction',
  summary: { zh: '批准再次补正', en: 'Allow another correction notice' },
  body: Type.Object({ reason: Words }, { additionalProperties: false }),
  example: { reason: '补正材料本身出现新的不一致。' },
  brought: ({ reason }) => ({ text: reason, shown: false }),
});

/** Takes back what was granted on a commitment that is false (撤销): by a person, after the applicant was heard. */
export const revokeCase = actRoute({
  ...APPROVE,
  role: 'approver',
  act: 'revoke',
  summary: { zh: '撤销告知承诺许可', en: 'Revoke what was granted on a commitment' },
  body: Type.Object({ reason: Words, remedy: Words }, { additionalProperties: false }),
  example: {
    reason: '核查发现承诺的场地条件不属实，限期整改后仍不符合。',
    remedy: '不服的，可在六十日内申请行政复议，或在六个月内提起行政诉讼。',
  },
  errors: [CommitmentHolds],
  brought: ({ reason, remedy }, { row }) => {
    if (row.verified !== 'false') throw CommitmentHolds.with();
    return { reason, remedy, text: reason };
  },
});
