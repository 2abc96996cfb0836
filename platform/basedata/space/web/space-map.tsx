import type { FeatureCollection } from 'geojson';
import { useMemo, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { MapLayer } from '#web/design/map-style.ts';
import { useSpaceTexts } from './texts.ts';

/** Half the window in degrees: about 250 m each way. */
const REACH = { lon: 0.0028, lat: 0.0022 };
const FIRST_YEAR = 1900;
const THIS_YEAR = new Date().getFullYear();
const LAYERS = ['committees', 'cells', 'roads'] as const;
type LayerId = (typeof LAYERS)[number];

/** Map of the buildings around a place (房屋地图), as they stood in the year of the slider; layers can be put on and off. */
export function SpaceMap({
  location,
  building,
}: {
  location: { lon: number; lat: number } | null;
  building: string | null;
}) {
  const { t } = useSpaceTexts();
  const navigate = useNavigate();
  const cards = useLocation().pathname.startsWith('/citizen') ? '/citizen/buildings' : '/data/space';
  const [year, setYear] = useState(THIS_YEAR);
  const [shown, setShown] = useState<ReadonlySet<LayerId>>(new Set(['committees', 'roads']));
  const key = location && `${location.lon},${location.lat}`;
  const box = useMemo(
    () =>
      location &&
      ([location.lon - REACH.lon, location.lat - REACH.lat, location.lon + REACH.lon, location.lat + REACH.lat] as [
        number,
        number,
        number,
        number,
      ]),
    [key],
  );
  const { data } = useApi(box && `space map ${key} ${year}`, (signal) => {
    const [west, south, east, north] = (box ?? []).map(String);
    return call<FeatureCollection>(
      `/api/space/map?west=${west}&south=${south}&east=${east}&north=${north}&year=${year}`,
      { signal },
    );
  });
  const layers = useMemo((): MapLayer[] => {
    const point: FeatureCollection = {
      type: 'FeatureCollection',
      features: location
        ? [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [location.lon, location.lat] } }]
        : [],
    };
    const areas = (id: 'committees' | 'cells'): MapLayer[] =>
      shown.has(id)
        ? [
            {
              id,
              kind: 'area',
              tiles: `/tiles/${id}/{z}/{x}/{y}.mvt`,
              hollow: true,
              ...(id === 'committees' ? { nameField: 'name' } : {}),
            },
          ]
        : [];
    return [
      ...(shown.has('roads')
        ? [
            {
              id: 'places-osm-roads',
              kind: 'line' as const,
              tiles: '/tiles/places-osm-roads/{z}/{x}/{y}.mvt',
              colour: 'mapRoad' as const,
              width: 3,
              nameField: 'name',
            },
          ]
        : []),
      { id: 'buildings', kind: 'building', data, idField: 'code' },
      ...areas('committees'),
      ...areas('cells'),
      { id: 'here', kind: 'point', data: point, colour: 'accent', width: 6 },
    ];
  }, [data, key, shown]);
  if (!location) return null;
  const toggle = (id: LayerId) =>
    setShown((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  return (
    <figure className="sp-map">
      <LazyMap
        label={t('mapTitle')}
        layers={layers}
        bounds={box}
        selected={building}
        onSelect={(id, layer) => layer === 'buildings' && void navigate(`${cards}/${id}`)}
      />
      <label className="sp-slider">
        <span>
          {t('yearLabel')} · {t('year', { year })}
        </span>
        <input
          type="range"
          min={FIRST_YEAR}
          max={THIS_YEAR}
          value={year}
          onChange={(event) => setYear(Number(event.target.value))}
        />
      </label>
      <fieldset className="sp-layers">
        <legend>{t('layers')}</legend>
        {LAYERS.map((id) => (
          <label key={id}>
            <input type="checkbox" checked={shown.has(id)} onChange={() => toggle(id)} />
            {t(`layer.${id}`)}
          </label>
        ))}
      </fieldset>
      <figcaption className="soft">{t('sample')} · © OpenStreetMap contributors</figcaption>
    </figure>
  );
}
