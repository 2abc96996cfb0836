import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph } from './graph.ts';
import { fastest, MODES, type Mode, type Road } from './modes.ts';
import { costsFrom, findRoute } from './search.ts';
import { snapper } from './snap.ts';

const base: Road = { name: null, class: 'residential', oneway: 'no', access: null, maxSpeed: null, line: [] };
/** Position in hundredths of a degree from People's Square. */
const at = (i: number, j: number): [number, number] => [121.47 + i / 1000, 31.23 + j / 1000];
const road = (line: [number, number][], more: Partial<Road> = {}): Road => ({ ...base, line, ...more });

describe('a small town', () => {
  //  (0,1)──北街──(1,1)
  //    │西路        │东路, one way south
  //  (0,0)──南街──(1,0)──高架, cars only──(2,0)        (9,9)──孤岛──(9,10)
  const town = [
    road([at(0, 0), at(1, 0)], { name: '南街' }),
    road([at(0, 0), at(0, 1)], { name: '西路' }),
    road([at(0, 1), at(1, 1)], { name: '北街' }),
    road([at(1, 1), at(1, 0)], { name: '东路', oneway: 'with' }),
    road([at(1, 0), at(2, 0)], { name: '高架', class: 'motorway' }),
    road([at(9, 9), at(9, 10)], { name: '孤岛' }),
  ];
  const route = (mode: Mode, from: [number, number], to: [number, number]) => {
    const graph = buildGraph(town, mode);
    const snap = snapper(graph);
    const [a, b] = [snap(...from), snap(...to)];
    return a && b && findRoute(graph, a, b);
  };
  const streets = (mode: Mode, from: [number, number], to: [number, number]) =>
    route(mode, from, to)?.steps.map(({ name }) => name) ?? null;

  it('names the streets in order and measures them', () => {
    const found = route('walk', at(0.5, 0), at(0.5, 1));
    expect(found?.steps.map(({ name }) => name)).toEqual(['南街', '西路', '北街']);
    expect(found?.metres).toBeCloseTo(95.1 + 111.2, 0);
    expect(found?.seconds).toBeCloseTo((95.1 + 111.2) / (4.8 / 3.6), 0);
    expect(found?.line).toHaveLength(4);
    expect(found?.metres).toBeCloseTo(found?.steps.reduce((sum, { metres }) => sum + metres, 0) ?? 0, 9);
  });

  it('keeps one-way streets for cars and bicycles, not on foot', () => {
    expect(streets('car', at(1, 0.2), at(1, 0.8))).toEqual(['东路', '南街', '西路', '北街', '东路']);
    expect(streets('cycle', at(1, 0.2), at(1, 0.8))).toEqual(['东路', '南街', '西路', '北街', '东路']);
    expect(streets('walk', at(1, 0.2), at(1, 0.8))).toEqual(['东路']);
    expect(streets('car', at(1, 0.8), at(1, 0.2))).toEqual(['东路']);
  });

  it('lets nobody walk on an elevated road', () => {
    expect(streets('car', at(0.5, 0), at(1.9, 0))).toEqual(['南街', '高架']);
    expect(streets('walk', at(0.5, 0), at(1.9, 0))).toEqual(['南街']);
  });

  it('says where no way leads, and where there is no road at all', () => {
    expect(route('walk', at(0, 0), at(9, 9.5))).toBeNull();
    const graph = buildGraph(town, 'walk');
    expect(snapper(graph)(...at(50, 50))).toBeNull();
    const [from, island] = [snapper(graph)(...at(0, 0)), snapper(graph)(...at(9, 9.5))];
    if (!from) throw new Error('on the network');
    expect(costsFrom(graph, from, [from, island, null])).toEqual([{ metres: 0, seconds: 0 }, null, null]);
  });

  it('goes nowhere for a closed road or an empty network', () => {
    expect(buildGraph([road([at(0, 0), at(1, 0)], { access: 'private' })], 'walk').nodes).toBe(0);
    expect(snapper(buildGraph([], 'car'))(121.47, 31.23)).toBeNull();
  });
});

describe('any network', () => {
  const CLASSES = ['residential', 'primary', 'motorway', 'footway', 'tertiary'];
  const network = fc.array(
    fc.record({
      from: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
      to: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
      class: fc.constantFrom(...CLASSES),
      oneway: fc.constantFrom('no' as const, 'with' as const, 'against' as const),
      maxSpeed: fc.constantFrom(null, 5, 30),
    }),
    { minLength: 1, maxLength: 40 },
  );
  const place = fc.tuple(fc.double({ min: -1, max: 7, noNaN: true }), fc.double({ min: -1, max: 7, noNaN: true }));

  it('is searched to the same end as by trying every edge again and again, one by one and as a table', () => {
    fc.assert(
      fc.property(network, place, place, fc.constantFrom(...MODES), (pieces, from, to, mode) => {
        const roads = pieces.map((piece) => road([at(...piece.from), at(...piece.to)], piece));
        const graph = buildGraph(roads, mode);
        const snap = snapper(graph);
        const [a, b] = [snap(...at(...from)), snap(...at(...to))];
        if (!a || !b) return;
        const found = findRoute(graph, a, b);
        const expected = slowest(graph, a, b);
        const [tabled] = costsFrom(graph, a, [b]);
        if (expected === null) expect([found, tabled]).toEqual([null, null]);
        else {
          expect(found?.seconds).toBeCloseTo(expected, 6);
          expect(tabled?.seconds).toBeCloseTo(expected, 6);
          // No way is quicker than the straight line at the highest speed.
          expect(expected).toBeGreaterThanOrEqual(Math.hypot(a.x - b.x, a.y - b.y) / fastest(mode) - 1e-6);
          expect(findRoute(buildGraph(roads, mode), a, b)).toEqual(found);
        }
      }),
      { seed: 310101, numRuns: 1_500 },
    );
  });

  it('is joined at the nearest road', () => {
    fc.assert(
      fc.property(network, place, (pieces, where) => {
        const graph = buildGraph(
          pieces.map((piece) => road([at(...piece.from), at(...piece.to)], piece)),
          'walk',
        );
        const [x, y] = graph.toPlane(...at(...where));
        let nearest = Number.POSITIVE_INFINITY;
        for (let node = 0; node < graph.nodes; node++)
          for (let e = graph.first[node] as number; e < (graph.first[node + 1] as number); e++)
            for (let share = 0; share <= 50; share++) {
              const along = (list: Float64Array) =>
                (list[node] as number) +
                (((list[graph.to[e] as number] as number) - (list[node] as number)) * share) / 50;
              nearest = Math.min(nearest, Math.hypot(along(graph.x) - x, along(graph.y) - y));
            }
        const joined = snapper(graph)(...at(...where));
        if (joined) expect(joined.away).toBeLessThanOrEqual(nearest + 1e-6);
        else expect(nearest).toBeGreaterThan(400 - 1e-6);
      }),
      { seed: 310101, numRuns: 300 },
    );
  });
});

type Joined = NonNullable<ReturnType<ReturnType<typeof snapper>>>;

/** Bellman and Ford: every edge is tried until nothing changes. */
function slowest(graph: ReturnType<typeof buildGraph>, from: Joined, to: Joined): number | null {
  const seconds = new Array<number>(graph.nodes).fill(Number.POSITIVE_INFINITY);
  for (const { edge, to: node, done } of from.edges)
    seconds[node] = Math.min(seconds[node] as number, (graph.seconds[edge] as number) * (1 - done));
  for (let changed = true; changed; ) {
    changed = false;
    for (let node = 0; node < graph.nodes; node++)
      for (let e = graph.first[node] as number; e < (graph.first[node + 1] as number); e++) {
        const reached = (seconds[node] as number) + (graph.seconds[e] as number);
        const next = graph.to[e] as number;
        if (reached >= (seconds[next] as number)) continue;
        seconds[next] = reached;
        changed = true;
      }
  }
  let best = Number.POSITIVE_INFINITY;
  for (const { edge, from: node, done } of to.edges)
    best = Math.min(best, (seconds[node] as number) + (graph.seconds[edge] as number) * done);
  for (const start of from.edges)
    for (const goal of to.edges)
      if (start.edge === goal.edge && goal.done >= start.done)
        best = Math.min(best, (graph.seconds[start.edge] as number) * (goal.done - start.done));
  return Number.isFinite(best) ? best : null;
}
