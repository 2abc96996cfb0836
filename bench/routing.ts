/**
 * `routing`: the quickest way on a grid of streets as large as a district (15,000 nodes), A* from place to place, beside plain
 * Dijkstra over the whole network on the same graph. Times and lengths must be equal.
 * Usage: routing [side]
 */
import { loadavg } from 'node:os';
import { buildGraph } from '#platform/geo/routing/graph.ts';
import type { Road } from '#platform/geo/routing/modes.ts';
import { costsFrom, findRoute } from '#platform/geo/routing/search.ts';
import { type Snap, snapper } from '#platform/geo/routing/snap.ts';
import { alternate, median, report } from './lib/figure.ts';
import { sequence } from './lib/sequence.ts';

const SIDE = Number(process.argv[2] ?? 122);
const WAYS = 200;
const next = sequence(310101);
const CLASSES = ['residential', 'residential', 'tertiary', 'secondary', 'primary'];
const at = (i: number, j: number): [number, number] => [121.45 + i * 0.0005, 31.18 + j * 0.0005];

const roads: Road[] = [];
for (let i = 0; i < SIDE; i++)
  for (let j = 0; j < SIDE; j++)
    for (const [di, dj] of [
      [1, 0],
      [0, 1],
    ] as const) {
      // One piece in ten is missing, one in five is one-way.
      if (i + di >= SIDE || j + dj >= SIDE || next() < 0.1) continue;
      roads.push({
        name: di ? `横${j}路` : `纵${i}路`,
        class: CLASSES[(di ? j : i) % CLASSES.length] as string,
        oneway: next() < 0.2 ? 'with' : 'no',
        access: null,
        maxSpeed: null,
        line: [at(i, j), at(i + di, j + dj)],
      });
    }

const graph = buildGraph(roads, 'car');
const snap = snapper(graph);
const place = () => snap(...at(next() * (SIDE - 1), next() * (SIDE - 1))) as Snap;
const ways = Array.from({ length: WAYS }, () => [place(), place()] as const);
for (const [from, to] of ways) {
  const [route, [cost]] = [findRoute(graph, from, to), costsFrom(graph, from, [to])];
  if (Math.abs((route?.seconds ?? -1) - (cost?.seconds ?? -1)) > 1e-6) throw new Error('the two searches differ');
}
const run = async (work: (from: Snap, to: Snap) => unknown): Promise<number> => {
  const start = performance.now();
  for (const [from, to] of ways) work(from, to);
  return performance.now() - start;
};
const seen = await alternate({
  rounds: 5,
  works: {
    ours: () => run((from, to) => findRoute(graph, from, to)),
    plain: () => run((from, to) => costsFrom(graph, from, [to])),
  },
});
const perSecond = (ms: number) => (WAYS / ms) * 1_000;
const [ours, plain] = [perSecond(median(seen.ours)), perSecond(median(seen.plain))];
report({
  name: 'routing',
  ours,
  reference: plain,
  ratio: ours / plain,
  unit: 'ways/s',
  wanted: 1.2,
  note: `${graph.nodes} nodes, ${graph.to.length} edges; A* with street names and line against Dijkstra over the whole network; load ${loadavg()[0]?.toFixed(1)}`,
});
