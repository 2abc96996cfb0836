import { port } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';

/** Why a clock may stand still (停表事由). */
export type StopReason = { id: string; title: Text };

/**
 * Time that a licence procedure does not count (行政许可法 art. 45): hearing, tender, auction, inspection, testing, quarantine,
 * appraisal and expert review. The authority tells the applicant in writing how long that takes.
 */
export const LICENSING_STOPS = [
  { id: 'hearing', title: { zh: '听证', en: 'hearing' } },
  { id: 'tender', title: { zh: '招标', en: 'tender' } },
  { id: 'auction', title: { zh: '拍卖', en: 'auction' } },
  { id: 'inspection', title: { zh: '检验', en: 'inspection' } },
  { id: 'test', title: { zh: '检测', en: 'testing' } },
  { id: 'quarantine', title: { zh: '检疫', en: 'quarantine' } },
  { id: 'appraisal', title: { zh: '鉴定', en: 'appraisal' } },
  { id: 'expert-review', title: { zh: '专家评审', en: 'expert review' } },
] as const satisfies readonly StopReason[];

/** The office waits for what the applicant has to bring (K4). */
export const WAITING_FOR_APPLICANT: StopReason = {
  id: 'applicant',
  title: { zh: '等待申请人补正', en: 'waiting for the applicant' },
};

/** A kind of clock (时限类别): what it times, on which rule, and for which reasons it may stand still. The list is closed. */
export type ClockKind = {
  /** `<module>.<name>`. */
  id: string;
  title: Text;
  /** Rulebook entry that gives amount and unit. */
  basis: string;
  stops: readonly StopReason[];
  /**
   * The step that it times (GS7). Where it stands, the clock itself tells electronic supervision when that step starts, stands still, goes on and
   * is done; a module whose rows tell their steps themselves leaves it out.
   */
  step?: string;
};

/** Kinds of clocks by the modules that start them. */
export const clockKind = port<ClockKind>('calendar.clock-kind');
