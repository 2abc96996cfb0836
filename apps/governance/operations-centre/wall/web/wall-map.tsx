import type { FeatureCollection } from 'geojson';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { DaySlider } from '#web/design/day-slider.tsx';
import { formatMoment } from '#web/design/format.ts';
import { GROUND_LAYERS } from '#web/design/ground-layers.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { MapLayer } from '#web/design/map-style.ts';
import { useWallTexts } from './wall-texts.ts';
import type { WallLine } from './use-wall.ts';

const HOURS = 24;

/** Where it is (态势图): clusters or heat of what is open, at the hour that the slider names. The queue beside it is its list. */
export function WallMap({
  points,
  serverNow,
  chosen,
  bounds,
}: {
  points: readonly WallLine[];
  serverNow: number;
  chosen: string | null;
  bounds: readonly [number, number, number, number] | null;
}) {
  const { t, language } = useWallTexts();
  const go = useNavigate();
  const [heat, setHeat] = useState(false);
  const [back, setBack] = useState(0);
  // To the minute: a map that is drawn anew every few seconds is never still.
  const minute = Math.floor(serverNow / 60_000);
  const layers = useMemo((): MapLayer[] => {
    const until = minute * 60_000 + 60_000 - back * 3_600_000;
    const data: FeatureCollection = {
      type: 'FeatureCollection',
      features: points
        .filter(({ at, lon }) => lon !== null && Date.parse(at) <= until)
        .map(({ id, kind, state, dueAt, lon, lat }) => ({
          type: 'Feature',
          properties: {
            id,
            act: (dueAt !== null && Date.parse(dueAt) <= until) || (kind === 'alert' && state === 'open'),
          },
          geometry: { type: 'Point', coordinates: [lon as number, lat as number] },
        })),
    };
    return [
      ...GROUND_LAYERS,
      heat ? { id: 'heat', kind: 'heat', data } : { id: 'cases', kind: 'cluster', idField: 'id', data },
    ];
  }, [points, minute, back, heat]);
  return (
    <section className="wall-map" aria-label={t('map')}>
      <LazyMap
        label={t('map')}
        ground="night"
        full={false}
        layers={layers}
        bounds={bounds}
        selected={chosen}
        onSelect={(id) => {
          const found = points.find((point) => point.id === id);
          if (found) void go(found.path);
        }}
      />
      <div className="wall-map-tools">
        <div role="group" aria-label={t('map')}>
          <button type="button" aria-pressed={!heat} onClick={() => setHeat(false)}>
            {t('clusters')}
          </button>
          <button type="button" aria-pressed={heat} onClick={() => setHeat(true)}>
            {t('heat')}
          </button>
        </div>
        <DaySlider hours={HOURS} back={back} onBack={setBack} />
        <small>
          {t(heat ? 'heatLegend' : 'legend')}
          {back > 0 && ` · ${t('backNote', { when: formatMoment(minute * 60_000 - back * 3_600_000, { language }) })}`}
        </small>
      </div>
    </section>
  );
}
