import type { Text } from '#platform/kernel/text.ts';

/**
 * Kind of a service item (事项类型) with its code in the basic catalogue (GB/T 39554.1): what law the act falls under. 行政许可 … 公共服务.
 */
export const ITEM_KINDS = {
  licence: { code: '01', title: { zh: '行政许可', en: 'Administrative licence' } },
  levy: { code: '04', title: { zh: '行政征收', en: 'Administrative levy' } },
  payment: { code: '05', title: { zh: '行政给付', en: 'Administrative payment' } },
  confirmation: { code: '07', title: { zh: '行政确认', en: 'Administrative confirmation' } },
  reward: { code: '08', title: { zh: '行政奖励', en: 'Administrative reward' } },
  ruling: { code: '09', title: { zh: '行政裁决', en: 'Administrative ruling' } },
  'other-power': { code: '10', title: { zh: '其他行政权力', en: 'Other administrative power' } },
  'public-service': { code: '20', title: { zh: '公共服务', en: 'Public service' } },
} as const satisfies Record<string, { code: string; title: Text }>;
export type ItemKind = keyof typeof ITEM_KINDS;

/** A time limit (时限): `day` is a calendar day, `wd` a working day (工作日). 0 wd is decided at once (即办). */
export type Limit = { amount: number; unit: 'wd' | 'day' | 'month' };

/** A material (材料) as a case asks for it, once the answers of the situation have chosen it. */
export type ItemMaterial = {
  /** Stable in all versions of the item. */
  id: string;
  title: Text;
  /** Where it comes from: obtained as data, shown as an electronic certificate, or handed in by the applicant. */
  source: 'data' | 'certificate' | 'upload';
  required: boolean;
  /** Resource and field that it is obtained from (`data`), or type of certificate (`certificate`). */
  from?: { resource: string; field?: string } | { certificateType: string };
  copies?: number;
  /** Paper original that has to be shown, in spite of everything. */
  original?: boolean;
};

/** What a case (办件) freezes of the version of the item that it began on. */
export type ItemTerms = {
  /** Implementing code (实施编码, GB/T 39554.1). */
  code: string;
  version: number;
  title: Text;
  unit: string;
  kind: ItemKind;
  /** Limit by law and the shorter one that the unit promises. */
  legalLimit: Limit;
  promisedLimit: Limit;
  /** Whether law leaves discretion (自由裁量): without it the item may be decided by machine (秒批). */
  discretion: boolean;
  /** Notify-and-commit (告知承诺): decided at once on a signed commitment, checked within the time of this rulebook entry. */
  notifyAndCommit?: { rule: string };
  /** Fen; absent = free. `due`: once accepted, or before the certificate is made out (absent). Nothing is made out before it is paid. */
  fee?: { amount: string; basis: Text; due?: 'acceptance' | 'issue' };
  /** Type of the certificate that it ends in; absent = a decision without a certificate. */
  certificateType?: string;
  /** All materials of the item; `chosenMaterials` says which of them the answers ask for. */
  materials: readonly ItemMaterial[];
  /** Rulebook decision (DMN) by which it may be granted by machine (秒批), where law leaves no discretion. */
  decision?: string;
  /** Workflow definition by which it is handled; absent = the standard one of its kind. */
  process?: string;
};
