/** Ratings of services (好差评): five levels, 5 very satisfied … 1 very dissatisfied (国办发〔2019〕51号). */
export const STARS = [1, 2, 3, 4, 5] as const;
export const NODES = ['acceptance', 'delivery'] as const;
export type Node = (typeof NODES)[number];

/** done · to-call 待回访 · to-repair 待整改 · to-rate-again 待再评价. */
export type RatingState = 'done' | 'to-call' | 'to-repair' | 'to-rate-again';

/** One and two are bad ratings (差评): somebody is called back. A second round ends it, whatever it says. */
export function stateAfterRating(of: { stars: number; round: 1 | 2 }): RatingState {
  return of.round === 1 && of.stars <= BAD ? 'to-call' : 'done';
}
const BAD = 2;

/** What the call found: well-founded ones are put right, the others end with the explanation. */
export function stateAfterCall(wellFounded: boolean): RatingState {
  return wellFounded ? 'to-repair' : 'done';
}
