import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { convertPosition, DATUMS, type Datum } from './coordinates.ts';
import { DatumUndeclared, datumOf } from './locate-point.ts';
import { MODES, type Mode } from './routing/modes.ts';
import { openRoadNetwork, type RoadNetwork } from './routing/road-network.ts';
import { costsFrom, findRoute } from './routing/search.ts';
import type { Snap } from './routing/snap.ts';

const PositionSchema = Type.Tuple(
  [Type.Number({ minimum: -180, maximum: 180 }), Type.Number({ minimum: -90, maximum: 90 })],
  { description: '[longitude, latitude] in degrees' },
);
const ModeSchema = Type.Union(MODES.map((mode) => Type.Literal(mode)));
const Crs = Type.Optional(Type.String({ description: `required: ${DATUMS.join(', ')}` }));

const Found = Type.Object({
  /** `OFF_NETWORK`: no road within reach of one of the places; `UNREACHABLE`: roads there, but none leads from one to the other. */
  status: Type.Union([Type.Literal('FOUND'), Type.Literal('UNREACHABLE'), Type.Literal('OFF_NETWORK')]),
  metres: Type.Union([Type.Number(), Type.Null()]),
  seconds: Type.Union([Type.Number(), Type.Null()]),
  steps: Type.Array(
    Type.Object({ name: Type.Union([Type.String(), Type.Null()]), metres: Type.Number(), seconds: Type.Number() }),
  ),
  line: Type.Union([
    Type.Object({ type: Type.Literal('LineString'), coordinates: Type.Array(Type.Array(Type.Number())) }),
    Type.Null(),
  ]),
  attribution: Type.Array(Type.String()),
});

const nothing = (status: 'UNREACHABLE' | 'OFF_NETWORK', attribution: string[]): Static<typeof Found> => ({
  status,
  metres: null,
  seconds: null,
  steps: [],
  line: null,
  attribution,
});

/**
 * The quickest way between two places on foot, by bicycle or by car (路径规划). By POST: where somebody goes from and to must
 * not stand in addresses, which logs and proxies keep. Nothing of it is stored.
 */
export const routePlaces = route({
  method: 'POST',
  path: '/api/geo/route',
  summary: { zh: '两点间的步行、骑行或驾车路径', en: 'Quickest way between two places' },
  allow: 'public',
  repeatable: true,
  body: Type.Object({ crs: Crs, mode: ModeSchema, from: PositionSchema, to: PositionSchema }),
  reply: Found,
  errors: [DatumUndeclared],
  examples: {
    own: {
      as: 'anonymous',
      body: { crs: 'EPSG:4490', mode: 'walk', from: [121.4737, 31.2304], to: [121.4786, 31.2333] },
    },
  },
  prepare: async ({ body, services }): Promise<Static<typeof Found>> => {
    const datum = datumOf(body.crs);
    const network = await openRoadNetwork(services);
    const { graph } = network[body.mode];
    const [from, to] = [body.from, body.to].map((position) => snapIn(network, body.mode, position, datum));
    if (!from || !to) return nothing('OFF_NETWORK', network.attribution);
    const found = findRoute(graph, from, to);
    if (!found) return nothing('UNREACHABLE', network.attribution);
    return {
      status: 'FOUND',
      metres: rounded(found.metres),
      seconds: rounded(found.seconds),
      steps: found.steps.map((step) => ({
        name: step.name,
        metres: rounded(step.metres),
        seconds: rounded(step.seconds),
      })),
      line: {
        type: 'LineString',
        coordinates: found.line.map((position) => position.map((value) => Number(value.toFixed(7)))),
      },
      attribution: network.attribution,
    };
  },
  handler: async ({ prepared }) => prepared,
});

const MAX_PLACES = 100;
const Places = Type.Array(PositionSchema, { minItems: 1, maxItems: MAX_PLACES });
const Table = Type.Array(Type.Array(Type.Union([Type.Number(), Type.Null()])));

/** Time and distance from each of many places to each of many (出行时间矩阵), for plans of patrols and catchments. */
export const routeMatrix = route({
  method: 'POST',
  path: '/api/geo/route/matrix',
  summary: { zh: '多点间的出行时间与距离', en: 'Time and distance between many places' },
  allow: 'signed-in',
  repeatable: true,
  body: Type.Object({ crs: Crs, mode: ModeSchema, from: Places, to: Places }),
  reply: Type.Object({
    seconds: Table,
    metres: Table,
    attribution: Type.Array(Type.String()),
  }),
  errors: [DatumUndeclared],
  examples: {
    own: {
      as: 'street-clerk',
      body: { crs: 'EPSG:4490', mode: 'walk', from: [[121.4737, 31.2304]], to: [[121.4786, 31.2333]] },
    },
  },
  prepare: async ({ body, services }) => {
    const datum = datumOf(body.crs);
    const network = await openRoadNetwork(services);
    const rows = travelMatrix(network, {
      mode: body.mode,
      from: body.from.map((position) => snapIn(network, body.mode, position, datum)),
      to: body.to.map((position) => snapIn(network, body.mode, position, datum)),
    });
    return {
      seconds: rows.map((row) => row.map((cost) => cost && rounded(cost.seconds))),
      metres: rows.map((row) => row.map((cost) => cost && rounded(cost.metres))),
      attribution: network.attribution,
    };
  },
  handler: async ({ prepared }) => prepared,
});

/** The same for other modules, over a network that they opened; a row for each `from`, null where no way leads. */
export function travelMatrix(
  network: RoadNetwork,
  { mode, from, to }: { mode: Mode; from: readonly (Snap | null)[]; to: readonly (Snap | null)[] },
) {
  return from.map((start) => (start ? costsFrom(network[mode].graph, start, to) : to.map(() => null)));
}

function snapIn(network: RoadNetwork, mode: Mode, position: readonly [number, number], from: Datum): Snap | null {
  const [lon, lat] = convertPosition({ position: [...position], from, to: 'EPSG:4490' }) as [number, number];
  return network[mode].snap(lon, lat);
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
