import type { FeatureCollection } from 'geojson';
import { useMemo } from 'react';
import { call, useApi } from '#web/client/index.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { MapLayer } from '#web/design/map-style.ts';
import { useWords } from './texts.ts';

/** Half the width of the window in degrees: about 230 m each way. */
const REACH = 0.0024;

const features = (collection: string, box: readonly number[], signal: AbortSignal) =>
  call<FeatureCollection>(`/ogc/collections/${collection}/items?limit=400&bbox=${box.join()}`, { signal });

/** Small map of one place (位置): the building among its neighbours, committee lines and roads. */
export function PlaceMap({
  location,
  building,
}: {
  location: { lon: number; lat: number } | null;
  building: string | null;
}) {
  const { t } = useWords();
  const key = location && `${location.lon},${location.lat}`;
  const box = useMemo(
    () =>
      location &&
      ([location.lon - REACH, location.lat - REACH * 0.8, location.lon + REACH, location.lat + REACH * 0.8] as [
        number,
        number,
        number,
        number,
      ]),
    [key],
  );
  const { data } = useApi(key && `place ${key}`, async (signal) => {
    const at = box ?? [];
    const [buildings, committees] = await Promise.all([
      features('buildings', at, signal),
      features('committees', at, signal),
    ]);
    return { buildings, committees };
  });
  const layers = useMemo((): MapLayer[] => {
    const point: FeatureCollection = {
      type: 'FeatureCollection',
      features: location
        ? [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [location.lon, location.lat] } }]
        : [],
    };
    return [
      { id: 'committees', kind: 'area', data: data?.committees, nameField: 'name' },
      {
        id: 'places-osm-roads',
        kind: 'line',
        tiles: '/tiles/places-osm-roads/{z}/{x}/{y}.mvt',
        colour: 'mapRoad',
        width: 3,
        nameField: 'name',
      },
      { id: 'buildings', kind: 'building', data: data?.buildings, idField: 'code' },
      { id: 'here', kind: 'point', data: point, colour: 'accent', width: 6 },
    ];
  }, [data, key]);
  if (!location) return <p className="soft place-none">{t('mapNone')}</p>;
  return (
    <figure className="place">
      <LazyMap label={t('map')} layers={layers} bounds={box} selected={building} />
      <figcaption className="soft">{t('sampleShape')} · © OpenStreetMap contributors</figcaption>
    </figure>
  );
}
