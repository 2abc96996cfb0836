import type { Text } from '#platform/kernel/text.ts';

/**
 * States of a certificate (证照状态). `expired` is no act but the passing of its last day
 * (`service.certificate_state` in the migration says it for every reader); the others follow from acts. Codes as ministries
 * exchange them with certificates (证书状态 01 有效 · 02 暂扣 · 03 撤销 · 04 注销 · 05 失效 · 07 吊销 · 99 其他).
 */
export const CERTIFICATE_STATES = {
  issued: { code: '99', title: { zh: '制证中', en: 'Being made' } },
  'in-force': { code: '01', title: { zh: '有效', en: 'In force' } },
  suspended: { code: '02', title: { zh: '暂扣', en: 'Suspended' } },
  rescinded: { code: '03', title: { zh: '已撤销', en: 'Rescinded' } },
  cancelled: { code: '04', title: { zh: '已注销', en: 'Cancelled' } },
  expired: { code: '05', title: { zh: '已过期', en: 'Expired' } },
  replaced: { code: '05', title: { zh: '已换发新版', en: 'Replaced' } },
  revoked: { code: '07', title: { zh: '已吊销', en: 'Revoked' } },
} as const satisfies Record<string, { code: string; title: Text }>;
export type CertificateState = keyof typeof CERTIFICATE_STATES;
export type KeptState = Exclude<CertificateState, 'expired'>;

/**
 * What an officer does to a certificate: suspend 暂扣, resume 解除暂扣; revoke 吊销 is a penalty, rescind 撤销 takes back what should not have been
 * granted (行政许可法 art. 69), cancel 注销 ends what has lost its ground (art. 70).
 */
export const CERTIFICATE_ACTS = {
  suspend: { from: ['in-force'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'in-force' },
  revoke: { from: ['in-force', 'suspended'], to: 'revoked' },
  rescind: { from: ['in-force', 'suspended', 'issued'], to: 'rescinded' },
  cancel: { from: ['in-force', 'suspended', 'issued'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly KeptState[]; to: KeptState }>;
export type CertificateAct = keyof typeof CERTIFICATE_ACTS;

/** The state after an act; undefined where it cannot be done. */
export function afterAct(state: KeptState, act: CertificateAct): KeptState | undefined {
  const { from, to } = CERTIFICATE_ACTS[act];
  return (from as readonly KeptState[]).includes(state) ? to : undefined;
}

/** The last day of a certificate that holds for so many months from its first: the day before the same day of that month. */
export function lastDayOf(from: string, months: number | null): string | null {
  if (months === null) return null;
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  const end = new Date(Date.UTC(year, month - 1 + months, 1));
  const days = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  // The 31st of a month that has thirty days: it ends with that month.
  if (day > days) return new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), days)).toISOString().slice(0, 10);
  return new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), day - 1)).toISOString().slice(0, 10);
}
