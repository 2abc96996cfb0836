/**
 * What is to be expected of a kind at each place, from counts of an earlier time: what the kind had there, drawn towards what all kinds
 * had there as far as the kind alone says little (empirical Bayes with a weight of `pull` events a place). No place is expected to have
 * nothing, for then one event would be without bounds.
 */
export function expectedPlaces(options: {
  ofKind: readonly number[];
  ofAll: readonly number[];
  pull?: number;
}): number[] {
  const { ofKind, ofAll, pull = 3 } = options;
  const kind = ofKind.reduce((sum, of) => sum + of, 0);
  const all = ofAll.reduce((sum, of) => sum + of, 0) + ofAll.length;
  const meanOfKind = Math.max(kind / ofKind.length, 1e-9);
  return ofKind.map((of, place) => {
    /** What the place had of everything, as a multiple of a usual place. */
    const usual = (((ofAll[place] ?? 0) + 1) / all) * ofAll.length;
    return of + pull * Math.min(1, meanOfKind) * usual + 0.01;
  });
}
