/** An entry of the table of responsibilities (权责清单). */
export type Entry = {
  id: string;
  class: string;
  /** Area code of district, street or committee. */
  place: string;
  owner: string | null;
  unit: string;
};

/**
 * Who answers for a case (权责匹配): by class, owner and place; the specific beats the general. An entry that names an owner holds for that
 * owner only and stands before one that names none; of those the smallest area stands. Undefined: the table names nobody, the centre rules.
 */
export function responsibleFor(
  entries: readonly Entry[],
  of: { class: string; committee: string; owner: string | null },
): Entry | undefined {
  return entries
    .filter(
      (each) =>
        each.class === of.class &&
        of.committee.startsWith(each.place) &&
        (each.owner === null || each.owner === of.owner),
    )
    .sort(
      (a, b) =>
        Number(b.owner !== null) - Number(a.owner !== null) ||
        b.place.length - a.place.length ||
        (a.id < b.id ? -1 : 1),
    )[0];
}
