import './grid.css';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import type { MapLayer } from '#web/design/map-style.ts';
import { useUnitName } from '#web/design/units.tsx';
import { useGridTexts } from './grid-texts.ts';

export type ClassFacts = Reply<'/api/incident/classes'>['classes'][number];
type Entry = Reply<'/api/incident/cases/{no}'>['timeline'][number];

/** Streets and roads below, cases above: the quiet ground of every map here. */
export const GROUND: readonly MapLayer[] = [
  {
    id: 'places-osm-roads',
    kind: 'line',
    tiles: '/tiles/places-osm-roads/{z}/{x}/{y}.mvt',
    colour: 'mapRoad',
    width: 2,
    nameField: 'name',
  },
  { id: 'streets', kind: 'area', tiles: '/tiles/streets/{z}/{x}/{y}.mvt', hollow: true, nameField: 'name' },
];

/** One or more places as a layer. */
export function pointLayer(
  id: string,
  points: readonly { id: string; lon: number; lat: number }[],
  colour: MapLayer['colour'] = 'accent',
): MapLayer {
  return {
    id,
    kind: 'point',
    idField: 'id',
    colour,
    width: 6,
    data: {
      type: 'FeatureCollection',
      features: points.map((point) => ({
        type: 'Feature',
        properties: { id: point.id },
        geometry: { type: 'Point', coordinates: [point.lon, point.lat] },
      })),
    },
  };
}

export function useClasses(): ReadonlyMap<string, ClassFacts> {
  const { data } = useApi('incident classes', (signal) =>
    call<Reply<'/api/incident/classes'>>('/api/incident/classes', { signal }),
  );
  return new Map((data?.classes ?? []).map((each) => [each.code, each]));
}

const NOW: ReadonlySet<string> = new Set(['reported', 'accepted', 'established', 'dispatched', 'ruling']);
const OVER: ReadonlySet<string> = new Set(['closed', 'evaluated', 'archived']);

/** Where a case stands, in a word. */
export function StateBadge({ state }: { state: string }) {
  const { t } = useGridTexts();
  const tone = OVER.has(state) ? ' grid-done' : NOW.has(state) ? ' grid-soon' : '';
  return <span className={`badge${tone}`}>{t(`states.${state as 'reported'}`, { defaultValue: state })}</span>;
}

/** Everything that happened, in order (时间线). */
export function Timeline({ entries }: { entries: readonly Entry[] }) {
  const { t, language } = useGridTexts();
  const unitName = useUnitName();
  return (
    <ol className="grid-timeline">
      {entries.map((entry, i) => (
        <li key={`${entry.at} ${i}`}>
          <time dateTime={entry.at}>{formatMoment(entry.at, { language })}</time>
          <div>
            <b>{t(`steps.${entry.kind as 'accept'}`, { defaultValue: entry.kind })}</b>
            {typeof entry.data.unit === 'string' && <span> {unitName(entry.data.unit)}</span>}
            {entry.text && <p>{entry.text}</p>}
            <small className="soft">
              {[entry.byName, unitName(entry.byUnit)].filter((each) => each !== '').join(' · ')}
            </small>
          </div>
        </li>
      ))}
    </ol>
  );
}
