import { domainError, type DomainError } from '#platform/kernel/errors.ts';
import type { Refusal } from './case-state.ts';

export const CaseNotInState = domainError({
  code: 'CASE_NOT_IN_STATE',
  status: 409,
  title: { zh: '办件现在的状态不能这样办理', en: 'The case is not in a state for this' },
  action: { zh: '可能刚刚有人办理过，请刷新后查看。', en: 'Somebody may have acted just now; reload to see.' },
});
export const CaseWaits = domainError({
  code: 'CASE_WAITS',
  status: 409,
  title: { zh: '前置事项尚未办结', en: 'It waits for another item of the bundle' },
  action: {
    zh: '前置事项办结后会自动转来，时限从那时起算。',
    en: 'It comes by itself once that is granted; the time begins then.',
  },
});
export const SecondCorrection = domainError({
  code: 'SECOND_CORRECTION',
  status: 409,
  title: { zh: '补正只能一次告知', en: 'Defects are told once' },
  action: {
    zh: '《行政许可法》第三十二条要求一次告知全部内容；确需再次补正的，请单位负责人批准。',
    en: 'Art. 32 of the Licensing Law wants all defects told at once; ask the head of the unit to allow another notice.',
  },
});
export const CaseSeparation = domainError({
  code: 'CASE_SEPARATION',
  status: 403,
  title: { zh: '收件、受理、承办的人不能审批同一办件', en: 'Who received or drafted a case does not decide it' },
  action: { zh: '请由另一位有审批权限的同事办理。', en: 'Let a colleague who may approve decide.' },
});
export const NoDraft = domainError({
  code: 'CASE_NO_DRAFT',
  status: 409,
  title: { zh: '还没有拟定决定', en: 'No decision has been drafted' },
  action: { zh: '请承办人先拟定决定。', en: 'The handler drafts one first.' },
});
export const AlreadyExtended = domainError({
  code: 'CASE_EXTENDED',
  status: 409,
  title: { zh: '期限已经延长过一次', en: 'The time was lengthened once already' },
  action: { zh: '同一办件只能延长一次。', en: 'A case is extended once.' },
});
export const HasDiscretion = domainError({
  code: 'CASE_HAS_DISCRETION',
  status: 409,
  title: { zh: '该事项有裁量空间，不能自动办理', en: 'The law leaves discretion: no machine decides it' },
  action: { zh: '请由承办人审查。', en: 'A person has to examine it.' },
});
export const RuleNotVerified = domainError({
  code: 'CASE_RULE_UNVERIFIED',
  status: 409,
  title: { zh: '所依据的规则尚未核实，不能自动办理', en: 'The rule behind it is not verified' },
  action: { zh: '请由人工办理，或先核实规则。', en: 'Let a person decide, or have the rule verified.' },
});
export const NoCommitment = domainError({
  code: 'CASE_NO_COMMITMENT',
  status: 409,
  title: { zh: '申请人没有签署承诺', en: 'No commitment was signed' },
  action: { zh: '请按一般程序办理。', en: 'Handle it in the ordinary way.' },
});
export const NotHeard = domainError({
  code: 'CASE_NOT_HEARD',
  status: 409,
  title: { zh: '撤销前须听取申请人陈述、申辩', en: 'The applicant has to be heard before a revocation' },
  action: { zh: '请先登记陈述申辩的内容。', en: 'Record what the applicant says first.' },
});
export const CaseUnpaid = domainError({
  code: 'CASE_UNPAID',
  status: 409,
  title: { zh: '费用尚未缴纳，不能制证', en: 'The fee is not paid yet, so nothing is made out' },
  action: {
    zh: '申请人缴费后会自动继续；缴费单在办理进度里。',
    en: 'It goes on by itself once it is paid; the applicant finds the order in the timeline.',
  },
});
export const CaseInProcess = domainError({
  code: 'CASE_IN_PROCESS',
  status: 409,
  title: { zh: '办理流程还没有走到这一步', en: 'The process of this item has not come to this step' },
  action: { zh: '请先在待办中完成前面的步骤。', en: 'Do the steps before it in the inbox first.' },
});
export const ItemChanged = domainError({
  code: 'ITEM_CHANGED',
  status: 409,
  title: { zh: '事项办事指南刚刚更新', en: 'The item came out in a new version' },
  action: {
    zh: '已为您换成新版表单，填过的内容都保留；请核对标出的几项后再提交。',
    en: 'The new form is shown with what you filled in; check the marked fields and send again.',
  },
});
export const ItemNotOffered = domainError({
  code: 'ITEM_NOT_OFFERED',
  status: 409,
  title: { zh: '该事项现在不能申请', en: 'This item cannot be applied for now' },
  action: { zh: '请从事项列表重新选择，或到窗口咨询。', en: 'Choose again from the list, or ask at a window.' },
});
export const QueryLocked = domainError({
  code: 'CASE_QUERY_LOCKED',
  status: 429,
  title: { zh: '查询次数过多，已暂停查询', en: 'Too many tries; the query is locked' },
  action: { zh: '请稍后再试，或登录后查看本人办件。', en: 'Try later, or sign in to see your cases.' },
});
export const QueryNotFound = domainError({
  code: 'CASE_QUERY_NOT_FOUND',
  status: 404,
  title: { zh: '没有查到：办件编码或验证数字不对', en: 'Not found: the code or the digits are wrong' },
  action: { zh: '请核对回执上的编码和手机号、证件号末位。', en: 'Check the code on your receipt and the last digits.' },
});
export const CodeNotReserved = domainError({
  code: 'CASE_CODE_NOT_RESERVED',
  status: 409,
  title: { zh: '该编码不在本窗口的号段内，或已用过', en: 'The code is not of your block, or was used' },
  action: { zh: '请先出具纸质回执，联网后换号登记。', en: 'Give a paper receipt, and file it under a new code.' },
});
export const NotYetRatable = domainError({
  code: 'CASE_NOT_RATABLE',
  status: 409,
  title: { zh: '这一环节已经评价过或还不能评价', en: 'This step was rated already, or cannot be yet' },
  action: { zh: '办结送达后即可评价。', en: 'It can be rated once it is delivered.' },
});

export const RemedyMissing = domainError({
  code: 'CASE_REMEDY_MISSING',
  status: 400,
  title: { zh: '不予许可须写明理由和救济途径', en: 'A refusal needs its reason and the remedy' },
  action: {
    zh: '请写明理由，并告知申请行政复议或者提起行政诉讼的途径和期限。',
    en: 'Write the reason, and how and until when to ask for reconsideration or go to court.',
  },
});

export const CommitmentHolds = domainError({
  code: 'CASE_COMMITMENT_HOLDS',
  status: 409,
  title: { zh: '核查没有发现承诺不实', en: 'No check has found the commitment false' },
  action: { zh: '请先登记核查结论。', en: 'Record the finding of the check first.' },
});

/** What people are told where the machine of states says no. */
export const REFUSALS: Readonly<Record<Refusal, DomainError>> = {
  state: CaseNotInState,
  role: CaseNotInState,
  waits: CaseWaits,
  'second-correction': SecondCorrection,
  separation: CaseSeparation,
  'no-draft': NoDraft,
  extended: AlreadyExtended,
  discretion: HasDiscretion,
  unverified: RuleNotVerified,
  'no-commitment': NoCommitment,
  'not-heard': NotHeard,
  unpaid: CaseUnpaid,
};
