import type { Claim } from '#platform/exchange/target.ts';

/** The last claim of a chunk about each thing: one statement may write a row once only. */
export function lastOf(claims: readonly Claim[], keyOf: (claim: Claim) => string): Claim[] {
  return [...new Map(claims.map((claim) => [keyOf(claim), claim])).values()];
}

/** Where a fact comes from, as golden values say it. */
export const sourceOfClaim = (claim: Claim) => ({
  c: claim.id,
  d: claim.dataset,
  u: claim.unit,
  at: claim.receivedAt.toISOString(),
});
