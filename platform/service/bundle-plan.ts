import type { WorkCalendar } from '#platform/calendar/work-calendar.ts';
import type { BundleDefinition } from './bundle-definition.ts';
import { planFault, planOf } from './case-plan.ts';
import { decisionEnd } from './case-limits.ts';
import type { PublishedItem } from './item-record.ts';

/** When an item of a bundle begins and ends if everything goes as promised, and whether the whole waits for it. */
export type PlannedItem = { item: string; start: Date; end: Date; critical: boolean };
export type BundlePlan = { items: PlannedItem[]; end: Date; critical: readonly string[] };

/**
 * The promise of a bundle applied for at a moment (承诺时限): its critical path over the promises of its items, by the calendar. Undefined
 * where it cannot be planned: an item is not published, or items wait for each other.
 */
export function bundlePlan(options: {
  definition: Pick<BundleDefinition, 'items'>;
  published: readonly PublishedItem[];
  from: Date;
  calendar: WorkCalendar;
}): BundlePlan | undefined {
  const { definition, published, from, calendar } = options;
  const limits = new Map(published.map((item) => [item.code, item.definition]));
  const nodes = definition.items.map(({ item, after }) => ({ id: item, after }));
  if (nodes.length === 0 || planFault(nodes) || nodes.some(({ id }) => !limits.has(id))) return undefined;
  const plan = planOf({
    nodes,
    from,
    last: (id, start) => {
      const terms = limits.get(id);
      return terms ? decisionEnd({ terms, start, calendar }) : start;
    },
  });
  const items = [...plan.nodes].map(([item, { start, end }]) => ({
    item,
    start,
    end,
    critical: plan.critical.includes(item),
  }));
  return { items, end: plan.end, critical: plan.critical };
}
