import { Type } from 'typebox';

/** The values of one facet (分面), the most frequent first. */
export const FacetSchema = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }));

/** Counts of each facet's values among the documents that all *other* choices leave; documents without a value are not counted. */
export function facetsOf<Name extends string>(
  names: readonly Name[],
  combinations: readonly { facets: Record<string, string>; documents: number }[],
  chosen: Partial<Record<Name, string>>,
): Record<Name, { value: string; count: number }[]> {
  const facet = (name: Name): { value: string; count: number }[] => {
    const counts = new Map<string, number>();
    for (const { facets, documents } of combinations) {
      const left = names.every(
        (other) => other === name || chosen[other] === undefined || facets[other] === chosen[other],
      );
      const value = facets[name];
      if (left && value) counts.set(value, (counts.get(value) ?? 0) + documents);
    }
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  };
  return Object.fromEntries(names.map((name) => [name, facet(name)])) as ReturnType<typeof facetsOf<Name>>;
}
