import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { useMemo } from 'react';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { hectares } from '#web/design/map-style.ts';

type Counts = Reply<'/api/population/counts'>;
export type Level = 'streets' | 'committees' | 'cells' | 'buildings';
export type Shape = Feature<MultiPolygon | Polygon, Record<string, string | number | null | boolean>>;
export type Shapes = FeatureCollection<MultiPolygon | Polygon, Record<string, string | number | null | boolean>>;

/** What stands below a place, by the length of its code: street 9, committee 12, cell 14 digits. */
export function levelBelow(code: string): Level {
  if (code.length >= 14) return 'buildings';
  if (code.length === 12) return 'cells';
  return code.length === 9 ? 'committees' : 'streets';
}

const ownLevel = (place: string): Level => {
  if (place.length >= 14) return 'cells';
  return place.length === 12 ? 'committees' : 'streets';
};

const everything = (collection: Level, box: readonly number[] | null, signal: AbortSignal) =>
  call<Shapes>(`/ogc/collections/${collection}/items?limit=3000${box ? `&bbox=${box.join()}` : ''}`, { signal });

/** Whether a shape of a level lies in the place; cells know their committee by code, buildings name theirs. */
const inside = (shape: Shape, level: Level, place: string): boolean => {
  const { code, committeeCode, cellCode } = shape.properties;
  if (level !== 'buildings') return String(code).startsWith(place);
  return String(place.length >= 14 ? cellCode : committeeCode).startsWith(place);
};

const area = ({ geometry }: Shape): number =>
  geometry.type === 'Polygon'
    ? hectares(geometry.coordinates)
    : geometry.coordinates.reduce((sum, rings) => sum + hectares(rings), 0);

export type Figures = { residents: number | null; households: number | null; over60: number | null };

/**
 * The shapes below one place with their figures: `density` in people a hectare and `old` in per cent, null where the
 * count behind them is withheld or unknown.
 */
export function useDistrict({
  place,
  box,
  mayCount,
}: {
  place: string;
  box: readonly number[] | null;
  mayCount: boolean;
}) {
  const level = levelBelow(place);
  const shapes = useApi(`shapes ${level} ${box?.join() ?? ''}`, (signal) => everything(level, box, signal));
  const counted = level === 'streets' ? 'street' : 'committee';
  const counts = useApi(
    mayCount && (level === 'streets' || level === 'committees') ? `counts ${counted}` : null,
    (signal) => call<Counts>(`/api/population/counts?level=${counted}`, { signal }),
  );
  const found = useMemo((): Shapes | null => {
    if (!shapes.data) return null;
    const byCode = new Map(counts.data?.areas.map((entry) => [entry.code, entry]));
    const features = shapes.data.features
      .filter((shape) => inside(shape, level, place))
      .map((shape) => {
        const {
          residents = null,
          households = null,
          over60 = null,
        } = byCode.get(String(shape.properties['code'])) ?? {};
        return {
          ...shape,
          properties: {
            ...shape.properties,
            residents,
            households,
            over60,
            density: residents === null ? null : residents / area(shape),
            old: residents === null || over60 === null ? null : (over60 / residents) * 100,
          },
        };
      });
    return { type: 'FeatureCollection', features };
  }, [shapes.data, counts.data, level, place]);
  // Below a committee the ground would be empty: the neighbouring buildings and the edge of the place give it a context.
  const near = useApi(place.length >= 12 && box ? `around ${box.join()}` : null, (signal) =>
    everything('buildings', box, signal),
  );
  const own = useApi(place.length >= 9 ? `outline ${place}` : null, (signal) =>
    call<Shape>(`/ogc/collections/${ownLevel(place)}/items/${place}`, { signal }),
  );
  const outline = useMemo(
    (): Shapes | null => (own.data ? { type: 'FeatureCollection', features: [own.data] } : null),
    [own.data],
  );
  return {
    level,
    found,
    around: near.data ?? null,
    outline,
    loading: shapes.loading,
    problem: shapes.problem ?? counts.problem,
    asOf: counts.data?.asOf ?? null,
    reload: shapes.reload,
  };
}

/** Four breaks that part the values into five classes of about equal number (分位数), rounded for people. */
export function quantileBreaks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const round = (value: number) => (value >= 20 ? Math.round(value) : Math.round(value * 10) / 10);
  const breaks = [0.2, 0.4, 0.6, 0.8].map((share) => round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0));
  return [...new Set(breaks)];
}
