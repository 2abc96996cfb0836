import { type ClockKind, LICENSING_STOPS } from '#platform/calendar/clock-kind.ts';
import type { Step } from './case-state.ts';

/** Defects are told within this time, or the application is accepted as of the day of receipt (行政许可法 art. 32 I 4). */
export const acceptClock: ClockKind = {
  id: 'service.accept',
  title: { zh: '受理审查', en: 'Acceptance' },
  basis: 'service.licence.accept-review',
  stops: [],
};
/** The decision (art. 42 I), or the shorter time that the unit promises; art. 45 says what does not count. */
export const decideClock: ClockKind = {
  id: 'service.decide',
  title: { zh: '审查决定', en: 'Decision' },
  basis: 'service.licence.decision',
  stops: LICENSING_STOPS,
};
/** Licences of several units that were applied for as one (统一办理、联合办理、集中办理, art. 42 II). */
export const jointClock: ClockKind = {
  id: 'service.joint',
  title: { zh: '联合办理', en: 'Joint handling' },
  basis: 'service.licence.joint-decision',
  stops: [],
  step: 'joint',
};
/** Certificate or written decision reach the applicant (art. 44). */
export const certifyClock: ClockKind = {
  id: 'service.certify',
  title: { zh: '制证送达', en: 'Certificate and delivery' },
  basis: 'service.licence.certificate',
  stops: [],
};
/** What was granted on a commitment is looked at (告知承诺核查). */
export const verifyClock: ClockKind = {
  id: 'service.verify',
  title: { zh: '告知承诺核查', en: 'Check of a commitment' },
  basis: 'service.commitment.verify',
  stops: [],
  step: 'verify',
};
/** Somebody who is not satisfied is called back, and what was wrong is put right (差评回访、整改). */
export const callBackClock: ClockKind = {
  id: 'service.call-back',
  title: { zh: '差评回访', en: 'Call back' },
  basis: 'service.rating.call-back',
  stops: [],
  step: 'call-back',
};
export const repairClock: ClockKind = {
  id: 'service.repair',
  title: { zh: '差评整改', en: 'Repair' },
  basis: 'service.rating.repair',
  stops: [],
  step: 'repair',
};

export const STEP_CLOCKS: Readonly<Record<Step, ClockKind>> = {
  accept: acceptClock,
  decide: decideClock,
  certify: certifyClock,
};
/** Rule by which the head lengthens a decision (art. 42 I). */
export const EXTENSION_RULE = 'service.licence.extension';
/** Rule by which the head of the government lengthens joint handling (art. 42 II). */
export const JOINT_EXTENSION_RULE = 'service.licence.joint-extension';
export const CASE_CLOCKS = [
  acceptClock,
  decideClock,
  jointClock,
  certifyClock,
  verifyClock,
  callBackClock,
  repairClock,
] as const;
