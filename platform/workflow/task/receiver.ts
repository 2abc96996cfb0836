import { POSTS } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { endedFault, endedUnits } from '#platform/kernel/ended-units.ts';
import { InvalidInput, type ProblemError } from '#platform/kernel/errors.ts';
import { unitNames } from '#platform/kernel/ports.ts';

/**
 * Whether a task can go to a post of a unit (转办、加签对象): the refusal, at its field, where the unit or the post is none, or where the unit was abolished, with the unit
 * that does its work now; nobody would ever find the task there. It opens its own transactions: called in `prepare`, and thrown once the task is known to be the
 * caller's.
 */
export async function refuseReceiver(
  services: Services,
  to: { unit: string; post: string },
): Promise<ProblemError | undefined> {
  const gone = (await endedUnits(services)).get(to.unit);
  if (gone)
    return InvalidInput.with({
      fields: [endedFault(gone, '/unit')],
      extra: { successors: gone.successors.map(({ code }) => code) },
    });
  const names = services.registry.provided(unitNames)[0]?.value;
  const known = names === undefined || (await names.all(services)).has(to.unit);
  if (known && POSTS.some((post) => post === to.post)) return undefined;
  const message = { zh: '没有这个单位或岗位', en: 'is no unit or post of the district' };
  return InvalidInput.with({ fields: [{ pointer: known ? '/post' : '/unit', rule: 'enum', message }] });
}
