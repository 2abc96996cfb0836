import type { FieldFault } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';
import { BUNDLE_ITEMS, type BundleDefinition } from './bundle-definition.ts';
import { planFault } from './case-plan.ts';
import { applies, situationsOf } from './item-situation.ts';
import { repeated, situationFaults } from './situation-check.ts';

/** What a bundle is checked against: life events, and items that can be applied for. */
export type KnownToBundles = { events: ReadonlySet<string>; published: ReadonlySet<string> };

/** What stands in the way of publishing a bundle, each at its place. Nothing here needs a database. */
export function checkBundle(definition: BundleDefinition, known: KnownToBundles): FieldFault[] {
  const { event, questions, items } = definition;
  const faults: FieldFault[] = [...situationFaults(questions, { items })];
  const fault = (pointer: string, rule: string, zh: string, en: string) =>
    void faults.push({ pointer, rule, message: { zh, en } });
  if (!known.events.has(event)) fault('/event', 'known', '没有这个人生事件', 'no such life event');
  if (items.length < BUNDLE_ITEMS.fewest)
    fault('/items', 'minItems', '一件事至少含两个事项', 'a bundle has two items at least');
  repeated(items.map(({ item }) => item)).forEach((at) =>
    fault(`/items/${at}/item`, 'unique', '同一事项列了两次', 'one item stands here twice'),
  );
  const all = new Set(items.map(({ item }) => item));
  items.forEach(({ item, after }, at) => {
    if (!known.published.has(item))
      fault(`/items/${at}/item`, 'published', '该事项没有发布，不能申请', 'this item is not published');
    after.forEach((before, place) => {
      if (!all.has(before))
        fault(
          `/items/${at}/after/${place}`,
          'known',
          '前置事项不在这件事里',
          'it waits for an item that is not in the bundle',
        );
    });
  });
  if (faults.length === 0) faults.push(...circle(definition), ...neverNeeded(definition));
  return faults;
}

/** Items that wait for each other: nobody could ever begin. Told at the first of them. */
export function circle({ items }: Pick<BundleDefinition, 'items'>): FieldFault[] {
  const fault = planFault(items.map(({ item, after }) => ({ id: item, after })));
  if (!fault || 'unknown' in fault) return [];
  const at = items.findIndex(({ item }) => fault.cycle.includes(item));
  return [{ pointer: `/items/${at}/after`, rule: 'circle', message: CIRCLE }];
}
const CIRCLE: Text = {
  zh: '前置关系绕成了一圈，谁都无法开始',
  en: 'items wait for each other in a circle: none could begin',
};

/** Items and questions that no answers ever lead to (a dead branch is a mistake of the editor). */
function neverNeeded({ questions, items }: BundleDefinition): FieldFault[] {
  const ways = situationsOf({ questions });
  if (!ways) return [{ pointer: '/questions', rule: 'most', message: MANY }];
  const never = <T extends (typeof questions)[number] | (typeof items)[number]>(list: string, entries: readonly T[]) =>
    entries.flatMap((entry, at): FieldFault[] =>
      ways.some((answers) => applies(entry, answers))
        ? []
        : [{ pointer: `/${list}/${at}`, rule: 'reachable', message: NEVER }],
    );
  return [...never('questions', questions), ...never('items', items)];
}
const MANY: Text = { zh: '情形组合过多，请减少问题', en: 'too many combinations: ask less' };
const NEVER: Text = { zh: '无论怎样回答都不会出现', en: 'no answers ever lead here' };
