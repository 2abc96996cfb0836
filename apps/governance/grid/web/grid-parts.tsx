import './grid.css';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { DeviceTime, type DeviceTimeView } from '#web/design/device-time.tsx';
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

/** What a point of a patrol is called (点位名称): kinds of points are kept with the code of a class or the number of a task, people read words. */
export function usePointName(): (point: { kind: string; label: string }) => string {
  const { t, language } = useGridTexts();
  const classes = useClasses();
  return ({ kind, label }) => {
    if (kind === 'hotspot') return t('point.hotspot', { what: classes.get(label)?.name[language] ?? label });
    if (kind === 'root-cause') return t('point.rootCause', { no: label });
    return label;
  };
}

const NOW: ReadonlySet<string> = new Set(['reported', 'accepted', 'established', 'dispatched', 'ruling']);
const OVER: ReadonlySet<string> = new Set(['closed', 'evaluated', 'archived']);

/** Where a case stands, in a word. */
export function StateBadge({ state }: { state: string }) {
  const { t } = useGridTexts();
  const tone = OVER.has(state) ? ' grid-done' : NOW.has(state) ? ' grid-soon' : '';
  return <span className={`badge${tone}`}>{t(`states.${state as 'reported'}`, { defaultValue: state })}</span>;
}

/** To which rung a reminder went (催办到哪一级). */
function remindedWords(data: Entry['data'], t: ReturnType<typeof useGridTexts>['t']): string {
  const [post] = Array.isArray(data.posts) ? data.posts : [];
  return t(`remindTo.${(typeof post === 'string' ? post : 'nobody') as 'nobody'}`, { n: Number(data.step) });
}

const isDeviceTime = (said: unknown): said is DeviceTimeView =>
  typeof said === 'object' && said !== null && 'madeAt' in said && 'skewSeconds' in said && 'skewed' in said;

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
            {entry.kind === 'remind' && <span> · {remindedWords(entry.data, t)}</span>}
            {entry.text && <p>{entry.text}</p>}
            {isDeviceTime(entry.data.device) && (
              <p>
                <DeviceTime device={entry.data.device} />
              </p>
            )}
            <small className="soft">
              {[entry.byName, unitName(entry.byUnit)].filter((each) => each !== '').join(' · ')}
            </small>
          </div>
        </li>
      ))}
    </ol>
  );
}
