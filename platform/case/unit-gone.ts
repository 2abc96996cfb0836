import type { Services } from '#platform/kernel/app.ts';
import { endedFault, endedUnits, type EndedUnit } from '#platform/kernel/ended-units.ts';
import { domainError, InvalidInput, type ProblemError } from '#platform/kernel/errors.ts';
import { unitNames } from '#platform/kernel/ports.ts';

export const UnitGone = domainError({
  code: 'INCIDENT_UNIT_GONE',
  status: 422,
  title: { zh: '单位已撤销', en: 'The unit has been abolished' },
  action: { zh: '请改选承接单位。', en: 'Choose the unit that does its work now.' },
});
export const UnitStands = domainError({
  code: 'INCIDENT_UNIT_STANDS',
  status: 409,
  title: { zh: '处置单位没有撤销', en: 'The unit in charge has not been abolished' },
  action: {
    zh: '改派只用于已撤销单位的案件；权责有异议的由该单位退件。',
    en: 'Only cases of an abolished unit are passed on so; a unit that is not responsible gives its case back.',
  },
});

const unknownUnit = {
  pointer: '/unit',
  rule: 'unit',
  message: { zh: '没有这个单位', en: 'is no unit' },
};

/** The refusal of an abolished unit (撤销单位): the field names its successor, and so does the reply for machines. */
export function goneProblem(unit: EndedUnit, pointer = '/unit'): ProblemError {
  return UnitGone.with({
    fields: [endedFault(unit, pointer)],
    extra: { successors: unit.successors.map(({ code }) => code) },
  });
}

/**
 * Refuses a unit that is none (400) or that was abolished (422, with its successor): a case or a line that went to it would be lost. It opens its own
 * transactions: called in `prepare`. Gives the units that have ended.
 */
export async function refuseUnit(
  services: Services,
  unit: string | undefined,
): Promise<ReadonlyMap<string, EndedUnit>> {
  const ended = await endedUnits(services);
  if (unit === undefined) return ended;
  const gone = ended.get(unit);
  if (gone) throw goneProblem(gone);
  const names = services.registry.provided(unitNames)[0]?.value;
  if (names && !(await names.all(services)).has(unit)) throw InvalidInput.with({ fields: [unknownUnit] });
  return ended;
}
