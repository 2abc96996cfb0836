import '#web/entrances/entrances.css';
import type { FeatureCollection } from 'geojson';
import { useMemo, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { api, call, read, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { BASE_ATTRIBUTION, baseMap } from '#web/design/base-map.ts';
import { formatNumber } from '#web/design/format.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { MapLayer } from '#web/design/map-style.ts';
import type { View } from '#web/design/map-view.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { TimeSlider } from '#web/design/time-slider.tsx';
import { useLayerTexts } from './texts.ts';

type Layers = Reply<'/api/geo/layers'>;
type Group = { id: string | null; lon: number; lat: number; count: number; bbox: number[] };
type Density = { matched: number; more: boolean; groups: Group[] };
type Collection = { extent?: { spatial: { bbox: number[][] }; temporal?: { interval: [string, string][] } } };
type Located = { located: { committee: { name: string } | null; street: { name: string } | null }[] };
const MODES = ['cluster', 'heat', 'shape'] as const;
type Mode = (typeof MODES)[number];
const FIRST_LAYER = 'buildings';
/** Rows of the list: what is read out; the map holds all. */
const LISTED = 40;

/** Any layer of the map (图层): gathered, as heat, or as it is, on one day; the list beside says the same in words. */
export default function LayersPage() {
  const { t, language } = useLayerTexts();
  const ground = useLocation().pathname.startsWith('/ops') ? 'night' : 'paper';
  const [search, setSearch] = useSearchParams();
  const [view, setView] = useState<View | null>(null);
  const [target, setTarget] = useState<[number, number, number, number] | null>(null);
  const all = useApi('geo layers', (signal) => read(api.GET('/api/geo/layers', { signal })) as Promise<Layers>);
  const layer = search.get('layer') ?? (all.data?.layers.some(({ id }) => id === FIRST_LAYER) ? FIRST_LAYER : 'cells');
  const mode = MODES.find((name) => name === search.get('as')) ?? 'cluster';
  const described = useApi(`geo collection ${layer}`, (signal) =>
    call<Collection>(`/ogc/collections/${layer}?f=json`, { signal }),
  );
  const days = described.data?.extent?.temporal?.interval[0]?.map((time) => time.slice(0, 10));
  const day = search.get('day') ?? days?.[1] ?? null;
  const counted = useCounted({ layer, mode, view, day: days ? day : null });
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    next.set(name, value);
    if (name === 'layer') {
      next.delete('day');
      setTarget(null);
    }
    setSearch(next, { replace: true });
  };
  const layers = useMemo(
    (): MapLayer[] => [
      ...baseMap().filter(({ id }) => mode !== 'shape' || id !== layer),
      ...drawn(layer, mode, counted.data),
    ],
    [layer, mode, counted.data],
  );
  const bounds = target ?? ((described.data?.extent?.spatial.bbox[0] as [number, number, number, number]) || null);
  const enter = ({ bbox: [west = 0, south = 0, east = 0, north = 0] }: Group) =>
    setTarget([west - 0.0004, south - 0.0004, east + 0.0004, north + 0.0004]);
  return (
    <div className="ops-map">
      <LazyMap
        label={t('title')}
        ground={ground}
        full
        layers={layers}
        bounds={bounds}
        onView={setView}
        onSelect={(index, from) => {
          const group = from === 'counted' && counted.data?.groups[Number(index)];
          if (group) enter(group);
        }}
      />
      <div className="ops-panel">
        <header>
          <h1>{t('title')}</h1>
        </header>
        <label className="layer-choice">
          {t('layer')}
          <select value={layer} onChange={(event) => choose('layer', event.target.value)}>
            {all.data?.layers.map((entry) => (
              <option key={entry.id} value={entry.id}>
                {entry.title[language]}
              </option>
            ))}
          </select>
        </label>
        <fieldset className="mode-choice">
          <legend>{t('shown')}</legend>
          {MODES.map((name) => (
            <label key={name}>
              <input type="radio" name="as" checked={mode === name} onChange={() => choose('as', name)} /> {t(name)}
            </label>
          ))}
        </fieldset>
        {days?.[0] && days[1] && day && (
          <TimeSlider
            label={t('day')}
            from={days[0]}
            to={days[1]}
            value={day}
            onChange={(value) => choose('day', value)}
          />
        )}
        {counted.problem && <RefusalPanel problem={counted.problem} onRetry={counted.reload} />}
        <GroupList density={counted.data ?? null} onEnter={enter} />
      </div>
      <div className="ops-side">
        <section>
          <p className="soft">{BASE_ATTRIBUTION}</p>
          <p className="soft">{t('noRiver')}</p>
          <p className="soft">{t('generated')}</p>
        </section>
      </div>
    </div>
  );
}

/** What is counted in the window: wide cells for clusters and for the list, narrow ones for heat. */
function useCounted({ layer, mode, view, day }: { layer: string; mode: Mode; view: View | null; day: string | null }) {
  const zoom = view ? Math.max(0, Math.min(22, Math.round(view.zoom))) : 0;
  const query = view && {
    west: Math.max(-180, view.bounds[0]),
    south: Math.max(-85, view.bounds[1]),
    east: Math.min(180, view.bounds[2]),
    north: Math.min(85, view.bounds[3]),
    zoom,
    pixels: mode === 'heat' ? 16 : 72,
    ...(day ? { at: day } : {}),
  };
  const key = query && `geo density ${layer} ${Object.values(query).join()}`;
  const asked = `${layer} ${mode} ${day}`;
  // While the window moves, what was counted last stays: a map that empties at every step cannot be followed.
  const held = useRef<{ asked: string; data: Density } | null>(null);
  const state = useApi(
    key,
    (signal) =>
      read(
        api.GET('/api/geo/layers/{layer}/density', {
          params: { path: { layer }, query: query as NonNullable<typeof query> },
          signal,
        }),
      ) as Promise<Density>,
  );
  if (state.data) held.current = { asked, data: state.data };
  return { ...state, data: state.data ?? (held.current?.asked === asked ? held.current.data : undefined) };
}

/** How the features of a layer are drawn as they are. */
function kindOf(layer: string): MapLayer['kind'] {
  const known: Record<string, MapLayer['kind']> = {
    buildings: 'building',
    facilities: 'point',
    'places-osm-roads': 'road',
    'places-osm-metro': 'metro',
  };
  return known[layer] ?? (layer.startsWith('places-') ? 'point' : 'area');
}

function drawn(layer: string, mode: Mode, density: Density | undefined | null): MapLayer[] {
  if (mode === 'shape') return [{ id: layer, kind: kindOf(layer), tiles: `/tiles/${layer}/{z}/{x}/{y}.mvt` }];
  const data: FeatureCollection = {
    type: 'FeatureCollection',
    features: (density?.groups ?? []).map(({ lon, lat, count }, index) => ({
      type: 'Feature',
      properties: { index, count },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  };
  return [{ id: 'counted', kind: mode, data, ...(mode === 'cluster' ? { idField: 'index' } : {}) }];
}

/** The groups in words, the largest first: for keyboard and screen reader, and for who reads faster than they look. */
function GroupList({ density, onEnter }: { density: Density | null; onEnter: (group: Group) => void }) {
  const { t } = useLayerTexts();
  const listed = density?.groups.slice(0, LISTED) ?? [];
  const points = listed.map(({ lon, lat }) => [lon, lat] as [number, number]);
  const named = useApi(points.length > 0 ? `geo named ${points.join(';')}` : null, (signal) =>
    call<Located>('/api/geo/locate', { method: 'POST', body: { crs: 'EPSG:4490', points }, signal }),
  );
  if (!density) return <p className="soft">{t('loading')}</p>;
  const nameOf = (index: number) => {
    const found = named.data?.located[index];
    const name = found?.committee?.name ?? found?.street?.name;
    return name ? t('near', { name }) : t('outside');
  };
  return (
    <section className="place-list" aria-label={t('list')}>
      <h2>
        {t('list')}{' '}
        <span className="soft" role="status">
          {t('matched', { n: formatNumber(density.matched), groups: formatNumber(density.groups.length) })}
        </span>
      </h2>
      {density.more && <p className="soft">{t('more')}</p>}
      {density.groups.length === 0 && <p className="soft">{t('empty')}</p>}
      <ul>
        {listed.map((group, index) => (
          <li key={`${group.lon},${group.lat}`}>
            <button type="button" title={t('go')} onClick={() => onEnter(group)}>
              <b>{formatNumber(group.count)}</b>
              <span>{nameOf(index)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
