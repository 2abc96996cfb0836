import type { Services } from './app.ts';
import type { FieldFault } from './errors.ts';
import { unitNames } from './ports.ts';
import type { Text } from './text.ts';

/** A unit that does not stand any more (已撤销单位), and those that do its work today, from the history of the organisation (GS6). */
export type EndedUnit = { name: Text; successors: readonly { code: string; name: Text }[] };

/**
 * Units that have ended, by code (撤销单位): nothing new may go to one. Empty where nobody keeps the history. It opens its own transaction: called in
 * `prepare`.
 */
export async function endedUnits(services: Services): Promise<ReadonlyMap<string, EndedUnit>> {
  const names = services.registry.provided(unitNames)[0]?.value;
  return (await names?.ended?.(services)) ?? new Map();
}

/** What the field of an abolished unit says (承接单位提示): who does its work now. */
export function endedFault(unit: EndedUnit, pointer: string): FieldFault {
  const { name, successors } = unit;
  const message =
    successors.length > 0
      ? {
          zh: `${name.zh}已撤销，由${successors.map((each) => each.name.zh).join('、')}承接`,
          en: `${name.en} was abolished; its work is done by ${successors.map((each) => each.name.en).join(', ')}`,
        }
      : { zh: `${name.zh}已撤销，没有承接单位`, en: `${name.en} was abolished without a successor` };
  return { pointer, rule: 'abolished', message };
}
