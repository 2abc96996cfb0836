import type { Text } from '#platform/kernel/text.ts';
import type { ItemDefinition } from './item-definition.ts';

/** Kinds of blockers (网办障碍): what keeps an item from being handled online from end to end. */
export const BLOCKER_KINDS = {
  'paper-original': { zh: '须交纸质原件', en: 'Paper original' },
  'wet-signature': { zh: '须手写签名或盖章', en: 'Wet signature' },
  'site-visit': { zh: '须到现场', en: 'Visit' },
  payment: { zh: '须现场缴费', en: 'Payment at the counter' },
  'vertical-system': { zh: '条线系统未打通', en: 'Vertical system not linked' },
} as const satisfies Record<string, Text>;
export type BlockerKind = keyof typeof BLOCKER_KINDS;

/** Online depth (网办深度): I information · II download · III submit · IV end to end (全程网办). */
export type Depth = 1 | 2 | 3 | 4;

type Facts = Pick<ItemDefinition, 'online' | 'fee' | 'certificateType' | 'visits' | 'materials'>;

/**
 * What keeps an item from depth IV. IV = e-signature ∧ e-materials ∧ (no fee ∨ e-payment) ∧ (e-certificate ∨ post) ∧ 0 visits, on top of sending it
 * in online; a result that is neither electronic nor posted has to be fetched, which is a visit.
 */
export function blockersOf({ online, fee, certificateType, visits, materials }: Facts): BlockerKind[] {
  const fetched = certificateType !== undefined && !online.certificate && !online.post;
  const found: [BlockerKind, boolean][] = [
    ['paper-original', !online.materials || materials.some(({ original }) => original === true)],
    ['wet-signature', !online.signature],
    ['site-visit', visits > 0 || fetched],
    ['payment', fee !== undefined && !online.payment],
    ['vertical-system', !online.submit],
  ];
  return found.flatMap(([kind, blocks]) => (blocks ? [kind] : []));
}

/** The depth follows from what can be done from afar; nobody enters it. */
export function depthOf(facts: Facts): Depth {
  if (!facts.online.submit) return facts.online.download ? 2 : 1;
  return blockersOf(facts).length === 0 ? 4 : 3;
}
