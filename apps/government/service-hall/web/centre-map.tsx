import type { FeatureCollection } from 'geojson';
import { useMemo } from 'react';
import { call, useApi } from '#web/client/index.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { MapLayer } from '#web/design/map-style.ts';
import type { Palette } from '#web/design/tokens.ts';
import type { Centres } from './centres.tsx';
import { useRunTexts } from './run-texts.ts';

type Centre = Centres['centres'][number];
type Band = 'quick' | 'some' | 'long' | 'closed';
/** Minutes from which waiting is noticed, and from which it is long: classes of the map, not limits of anything. */
const SOME = 10;
const LONG = 30;
const COLOURS: Readonly<Record<Band, keyof Palette>> = { quick: 'done', some: 'soon', long: 'actNow', closed: 'stale' };
const BANDS = Object.keys(COLOURS) as Band[];
/** Degrees around the outermost centres. */
const ROOM = 0.008;

export function bandOf({ open, waitMinutes }: Pick<Centre, 'open' | 'waitMinutes'>): Band {
  if (!open || waitMinutes === null) return 'closed';
  if (waitMinutes > LONG) return 'long';
  return waitMinutes > SOME ? 'some' : 'quick';
}

/** A name short enough to stand on a map: without the words that all of them share. */
const shortName = (title: string) =>
  title
    .replace(/街道社区事务受理服务中心$|^Community Affairs Centre /, '')
    .replace('区行政服务中心', '区中心')
    .replace('Administrative Service Centre', 'District');

/** Live map of the centres (大厅分布): each with how long it takes, as a word and a colour. The table beside it says the same. */
export function CentreMap({
  centres,
  selected,
  onSelect,
}: {
  centres: readonly Centre[];
  selected: string | null;
  onSelect: (code: string) => void;
}) {
  const { t, say } = useRunTexts();
  const streets = useApi('streets of the map', (signal) =>
    call<FeatureCollection>('/ogc/collections/streets/items?limit=100', { signal }),
  );
  const key = JSON.stringify(centres.map(({ code, open, waitMinutes }) => [code, open, waitMinutes]));
  const layers = useMemo((): MapLayer[] => {
    const points = (which: (centre: Centre) => boolean): FeatureCollection => ({
      type: 'FeatureCollection',
      features: centres.filter(which).map((centre) => {
        const { code, title, lon, lat, open, waitMinutes } = centre;
        const wait = !open
          ? t('short.closed')
          : waitMinutes === null
            ? t('short.none')
            : t('short.minutes', { n: waitMinutes });
        return {
          type: 'Feature',
          // Only the chosen one is named: eleven names would push each other off the map.
          properties: { code, label: code === selected ? `${shortName(say(title))} ${wait}` : wait },
          geometry: { type: 'Point', coordinates: [lon, lat] },
        };
      }),
    });
    return [
      { id: 'street', kind: 'area', data: streets.data ?? undefined },
      { id: 'chosen', kind: 'point', data: points(({ code }) => code === selected), colour: 'ink', width: 11 },
      ...BANDS.map(
        (band): MapLayer => ({
          id: band,
          kind: 'point',
          data: points((centre) => bandOf(centre) === band),
          idField: 'code',
          nameField: 'label',
          colour: COLOURS[band],
          width: 8,
        }),
      ),
    ];
  }, [key, streets.data, selected, say, t]);
  const bounds = useMemo((): [number, number, number, number] | null => {
    if (centres.length === 0) return null;
    const [lons, lats] = [centres.map(({ lon }) => lon), centres.map(({ lat }) => lat)];
    return [Math.min(...lons) - ROOM, Math.min(...lats) - ROOM, Math.max(...lons) + ROOM, Math.max(...lats) + ROOM];
  }, [centres.length]);
  return (
    <div className="hall-map">
      <LazyMap label={t('map')} layers={layers} bounds={bounds} onSelect={onSelect} />
      <ul className="hall-legend" aria-hidden="true">
        {BANDS.map((band) => (
          <li key={band} data-band={band}>
            {t(`bands.${band}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}
