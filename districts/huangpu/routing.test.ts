import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRecords } from '#platform/exchange/read/read-records.ts';
import { buildGraph } from '#platform/geo/routing/graph.ts';
import type { Mode, Road } from '#platform/geo/routing/modes.ts';
import { toRoad } from '#platform/geo/routing/road-network.ts';
import { costsFrom, findRoute } from '#platform/geo/routing/search.ts';
import { type Snap, snapper } from '#platform/geo/routing/snap.ts';
import { district } from './district.ts';

type Line = { type: string; coordinates: [number, number][] };

let roads: Road[];
beforeAll(async () => {
  roads = [];
  const file = join(district.paths.data, 'osm-peoples-square-roads.wgs84.osm.gz');
  for await (const chunk of readRecords({ stream: createReadStream(file), format: 'osm-xml' }))
    for (const { values } of chunk) {
      const geometry = values.geometry as unknown as Line | null;
      if (values['@type'] !== 'way' || geometry?.type !== 'LineString') continue;
      const [name, category] = [values.name, values.highway].map((value) => (typeof value === 'string' ? value : null));
      roads.push(toRoad({ name: name ?? null, category: category ?? null, line: geometry.coordinates, tags: values }));
    }
});

const SQUARE: [number, number] = [121.4737, 31.2304];
const BUND: [number, number] = [121.4847, 31.2365];
const open = (mode: Mode) => {
  const graph = buildGraph(roads, mode);
  const snap = snapper(graph);
  return { graph, at: (place: [number, number]) => snap(...place) as Snap };
};

describe('the roads around People’s Square', () => {
  it.each<[Mode, number, number]>([
    ['walk', 1_300, 1_900],
    ['cycle', 1_300, 3_000],
    ['car', 1_300, 3_500],
  ])('lead to the Bund by %s along named streets', (mode, least, most) => {
    const { graph, at } = open(mode);
    const found = findRoute(graph, at(SQUARE), at(BUND));
    expect(found?.metres).toBeGreaterThan(least);
    expect(found?.metres).toBeLessThan(most);
    expect(found?.steps.filter(({ name }) => name?.endsWith('路')).length).toBeGreaterThan(1);
  });

  it('are mostly one piece for each mode, though one-way streets end where the extract is cut', () => {
    for (const mode of ['walk', 'cycle', 'car'] as const) {
      const { graph, at } = open(mode);
      const everywhere = Array.from({ length: graph.nodes }, (_, node) =>
        at(graph.toDegrees(graph.x[node] as number, graph.y[node] as number)),
      );
      const reached = costsFrom(graph, at(SQUARE), everywhere).filter((cost) => cost !== null).length;
      expect(reached / graph.nodes).toBeGreaterThan(0.7);
    }
  });
});
