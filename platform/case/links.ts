/** What may be linked (G1): each lives in a module of its own, and none copies another's record. */
export const ENTITY_KINDS = ['reading', 'signal', 'alert', 'case', 'emergency', 'hazard', 'order'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** 由…引起 · 重复于 · 升级为 · 属于 · 后续. */
export const LINK_KINDS = ['caused_by', 'duplicate_of', 'escalated_to', 'part_of', 'follow_up_of'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** How far up an entity stands: a number of a sensor becomes a signal, an alert, and then something that people work on. */
const HEIGHT: Readonly<Record<EntityKind, number>> = {
  reading: 0,
  signal: 1,
  alert: 2,
  hazard: 3,
  case: 3,
  order: 3,
  emergency: 4,
};

/**
 * Whether a link may be made, read from `from` to `to`: what is caused by something stands no lower than it; a duplicate is of the same kind;
 * what is escalated goes up; a part belongs to something of its own height or above; a follow-up is work on what was there before.
 */
export function mayLink(from: EntityKind, to: EntityKind, kind: LinkKind): boolean {
  switch (kind) {
    case 'caused_by':
      return HEIGHT[from] >= HEIGHT[to] && from !== 'reading';
    case 'duplicate_of':
      return from === to && from !== 'reading';
    case 'escalated_to':
      return HEIGHT[from] < HEIGHT[to] || (from === 'hazard' && to === 'case');
    case 'part_of':
      return HEIGHT[from] <= HEIGHT[to] && HEIGHT[to] >= HEIGHT.alert;
    case 'follow_up_of':
      return HEIGHT[from] >= HEIGHT.hazard && HEIGHT[to] >= HEIGHT.alert;
  }
}
