import type { ClockKind } from '#platform/calendar/clock-kind.ts';
import type { Step } from './lifecycle.ts';

/** Why a case may be suspended (挂账事由): what the unit cannot hasten. The list is closed. */
export const SUSPENSIONS = [
  { id: 'season', title: { zh: '季节原因（如不宜种植）', en: 'season, e.g. nothing can be planted' } },
  { id: 'weather', title: { zh: '恶劣天气', en: 'bad weather' } },
  { id: 'funds', title: { zh: '需专项资金立项', en: 'funds have to be granted first' } },
  { id: 'third-party', title: { zh: '等待权属单位配合', en: 'waits for the owner' } },
  { id: 'construction', title: { zh: '列入工程计划', en: 'part of planned works' } },
] as const;

const kind = (step: Step | 'secure', zh: string, en: string, stops: ClockKind['stops'] = []): ClockKind => ({
  id: `incident.${step}`,
  title: { zh, en },
  basis: `incident.${step}`,
  stops,
});

/** One clock for each step that G2 times. That of handling takes its rule from the class of the case. */
export const STEP_CLOCKS: Readonly<Record<Step | 'secure', ClockKind>> = {
  accept: kind('accept', '受理', 'Acceptance'),
  establish: kind('establish', '立案', 'Filing'),
  dispatch: kind('dispatch', '派遣', 'Dispatch'),
  rule: kind('rule', '裁决', 'Ruling'),
  handle: kind('handle', '处置', 'Handling', SUSPENSIONS),
  secure: kind('secure', '紧急围护', 'Making safe'),
  verify: kind('verify', '核查', 'Verification'),
  close: kind('close', '结案', 'Closing'),
  'call-back': kind('call-back', '回访', 'Call back'),
};
export const INCIDENT_CLOCKS = Object.values(STEP_CLOCKS);

/** How much longer a case gets, in the unit in which its own time is counted (延期). */
export const extensionRule = (unit: string): string => `incident.extension.${unit}`;
