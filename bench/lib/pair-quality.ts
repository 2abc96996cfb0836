import type { ClaimSet } from './person-claims.ts';

/** How clusters stand against the truth, pair by pair of claims. */
export type Quality = { precision: number; recall: number; twins: number; twinsMerged: number };

export function qualityOf({ clusters, set }: { clusters: ArrayLike<number>; set: ClaimSet }): Quality {
  const { claims, twinOf, persons } = set;
  const byCluster = new Map<number, number>();
  const byBoth = new Map<number, number>();
  const byPerson = new Uint32Array(persons);
  const add = (map: Map<number, number>, key: number): void => void map.set(key, (map.get(key) ?? 0) + 1);
  const clustersOf = new Map<number, Set<number>>();
  claims.forEach(({ person }, i) => {
    const cluster = clusters[i] as number;
    add(byCluster, cluster);
    add(byBoth, cluster * persons + person);
    byPerson[person] = (byPerson[person] as number) + 1;
    if ((twinOf[person] as number) < 0) return;
    const known = clustersOf.get(person);
    if (known) known.add(cluster);
    else clustersOf.set(person, new Set([cluster]));
  });
  const pairs = (counts: Iterable<number>): number => {
    let sum = 0;
    for (const n of counts) sum += (n * (n - 1)) / 2;
    return sum;
  };
  const right = pairs(byBoth.values());
  let twins = 0;
  let twinsMerged = 0;
  for (const [person, own] of clustersOf) {
    const other = twinOf[person] as number;
    if (other < person || !clustersOf.has(other)) continue;
    twins += 1;
    if ([...own].some((cluster) => clustersOf.get(other)?.has(cluster))) twinsMerged += 1;
  }
  return { precision: right / pairs(byCluster.values()), recall: right / pairs(byPerson), twins, twinsMerged };
}
