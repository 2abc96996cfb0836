import type { Text } from '#platform/kernel/text.ts';

/** Why an item is proposed (推荐理由): one of these, and it is shown. */
export type LikelyReason =
  | { kind: 'expires'; certificate: Text; on: string }
  | { kind: 'correction'; caseCode: string; title: Text }
  | { kind: 'ticket'; family: string };
export type LikelyItem = { code: string | null; title: Text; reason: LikelyReason };

/** Before how many days the end of a certificate is worth a word. Ours, no law's. */
const SOON_DAYS = 90;
const MOST = 6;
const DAY_MS = 24 * 3_600_000;

/**
 * What somebody at the window has probably come for. A plain rule over what lies open before both: a correction that waits, a certificate that ends
 * soon, the ticket in their hand. Nothing is inferred from age, address, income or what others do (不画像).
 */
export function likelyItems(of: {
  today: string;
  cases: readonly { code: string; title: Text; waits: boolean }[];
  certificates: readonly { type: string; title: Text; state: string; validUntil: string | null }[];
  family: string | null;
  items: readonly { code: string; title: Text; certificateType: string | null; ofFamily: boolean }[];
}): LikelyItem[] {
  const { today, cases, certificates, family, items } = of;
  const corrections = cases
    .filter(({ waits }) => waits)
    .map(
      ({ code, title }): LikelyItem => ({ code: null, title, reason: { kind: 'correction', caseCode: code, title } }),
    );
  const last = new Date(Date.parse(`${today}T00:00:00Z`) + SOON_DAYS * DAY_MS).toISOString().slice(0, 10);
  const ending = certificates
    .filter(({ state, validUntil }) => state === 'in-force' && validUntil !== null && validUntil <= last)
    .flatMap(({ type, title, validUntil }) =>
      items
        .filter(({ certificateType }) => certificateType === type)
        .map(
          (item): LikelyItem => ({
            code: item.code,
            title: item.title,
            reason: { kind: 'expires', certificate: title, on: validUntil ?? '' },
          }),
        ),
    );
  const called = family === null ? [] : items.filter(({ ofFamily }) => ofFamily);
  const byTicket = called.map(
    ({ code, title }): LikelyItem => ({ code, title, reason: { kind: 'ticket', family: family ?? '' } }),
  );
  const seen = new Set<string>();
  return [...corrections, ...ending, ...byTicket]
    .filter(({ code }) => code === null || (!seen.has(code) && seen.add(code)))
    .slice(0, MOST);
}
