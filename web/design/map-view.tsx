import 'maplibre-gl/dist/maplibre-gl.css';
import type { FeatureCollection } from 'geojson';
import {
  type ExpressionSpecification,
  type GeoJSONSource,
  type LayerSpecification,
  LngLatBounds,
  Map as MapLibre,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';
import { night, paper } from './tokens.ts';

setWorkerUrl(workerUrl);

/** A layer of the map: ground (water, green, road, building) or areas, lines and points that may be chosen by `idField`. */
export type MapLayer = {
  id: string;
  kind: 'water' | 'green' | 'road' | 'building' | 'area' | 'point';
  data: FeatureCollection;
  idField?: string;
  nameField?: string;
};

const place = (feature: FeatureCollection['features'][number], field: string | undefined): string =>
  String(feature.properties?.[field ?? 'name'] ?? '');

function boundsOf(layers: readonly MapLayer[]): LngLatBounds | null {
  const bounds = new LngLatBounds();
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === 'number') bounds.extend([value[0], value[1] as number]);
    else value.forEach(walk);
  };
  for (const { data } of layers)
    for (const { geometry } of data.features) if ('coordinates' in geometry) walk(geometry.coordinates);
  return bounds.isEmpty() ? null : bounds;
}

function styled(layer: MapLayer, colours: typeof paper, selected: string | null): LayerSpecification[] {
  const base = { id: layer.id, source: layer.id };
  const chosen: ExpressionSpecification = ['==', ['to-string', ['get', layer.idField ?? 'id']], selected ?? ''];
  switch (layer.kind) {
    case 'water':
      return [{ ...base, type: 'fill', paint: { 'fill-color': colours.mapWater } }];
    case 'green':
      return [{ ...base, type: 'fill', paint: { 'fill-color': colours.mapGreen } }];
    case 'building':
      return [{ ...base, type: 'fill', paint: { 'fill-color': colours.mapBuilding } }];
    case 'road':
      return [{ ...base, type: 'line', paint: { 'line-color': colours.mapRoad, 'line-width': 2 } }];
    case 'point':
      return [
        {
          ...base,
          type: 'circle',
          paint: {
            'circle-color': colours.accent,
            'circle-radius': ['case', chosen, 8, 5],
            'circle-stroke-color': colours.panel,
            'circle-stroke-width': 1.5,
          },
        },
      ];
    case 'area':
      return [
        {
          ...base,
          type: 'fill',
          paint: {
            'fill-color': ['case', chosen, colours.accent, colours.mapLand],
            'fill-opacity': ['case', chosen, 0.3, 0.6],
          },
        },
        {
          ...base,
          id: `${layer.id}-edge`,
          type: 'line',
          paint: {
            'line-color': ['case', chosen, colours.accent, colours.mapLine],
            'line-width': ['case', chosen, 2.5, 1],
          },
        },
        {
          ...base,
          id: `${layer.id}-name`,
          type: 'symbol',
          layout: { 'text-field': ['get', layer.nameField ?? 'name'], 'text-size': 12 },
          paint: { 'text-color': colours.ink, 'text-halo-color': colours.ground, 'text-halo-width': 1.4 },
        },
      ];
  }
}

/** Map (地图) in our own style without outside tiles. The list beside it is the same selection, for keyboard and screen reader. */
export function MapView({
  label,
  layers,
  selected,
  onSelect,
  ground = 'paper',
  full = false,
}: {
  label: string;
  layers: readonly MapLayer[];
  selected: string | null;
  onSelect: (id: string) => void;
  ground?: 'paper' | 'night';
  full?: boolean;
}) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibre | null>(null);
  const choose = useRef(onSelect);
  choose.current = onSelect;
  const [failed, setFailed] = useState(false);
  const [ready, setReady] = useState(false);
  const pickable = layers.filter(({ kind, idField }) => idField && (kind === 'area' || kind === 'point'));
  const colours = ground === 'night' ? night : paper;

  useEffect(() => {
    if (!box.current) return;
    try {
      const made = new MapLibre({
        container: box.current,
        attributionControl: false,
        fadeDuration: 0,
        style: {
          version: 8,
          sources: {},
          layers: [{ id: 'ground', type: 'background', paint: { 'background-color': colours.ground } }],
        },
      });
      made.on('load', () => setReady(true));
      map.current = made;
      return () => {
        map.current = null;
        setReady(false);
        made.remove();
      };
    } catch {
      setFailed(true);
    }
  }, [colours]);

  useEffect(() => {
    const drawn = map.current;
    if (!drawn || !ready) return;
    const wanted = new Set(layers.map(({ id }) => id));
    for (const { id, source } of drawn
      .getStyle()
      .layers.map((entry) => ({ id: entry.id, source: 'source' in entry ? entry.source : undefined })))
      if (source) drawn.removeLayer(id);
    for (const id of Object.keys(drawn.getStyle().sources)) if (!wanted.has(id)) drawn.removeSource(id);
    for (const layer of layers) {
      const source = drawn.getSource<GeoJSONSource>(layer.id);
      if (source) source.setData(layer.data);
      else drawn.addSource(layer.id, { type: 'geojson', data: layer.data });
      for (const style of styled(layer, colours, selected)) drawn.addLayer(style);
    }
  }, [layers, selected, ready, colours]);

  const whole = () => {
    const bounds = boundsOf(layers);
    if (bounds) map.current?.fitBounds(bounds, { padding: 32, duration: 0 });
  };
  // The view follows new places, not a new selection within them.
  useEffect(() => {
    if (ready) whole();
  }, [layers, ready]);

  useEffect(() => {
    const drawn = map.current;
    if (!drawn || !ready) return;
    const click = (event: { point: { x: number; y: number } }) => {
      for (const layer of [...pickable].reverse()) {
        const id = drawn.queryRenderedFeatures([event.point.x, event.point.y], { layers: [layer.id] })[0]?.properties?.[
          layer.idField ?? 'id'
        ];
        if (id !== undefined) return choose.current(String(id));
      }
    };
    drawn.on('click', click);
    return () => void drawn.off('click', click);
  }, [layers, ready]);

  return (
    <section className="map" data-full={full} aria-label={label}>
      {failed ? <EmptyState title={t('map.label')} text={t('map.failed')} /> : <div className="map-canvas" ref={box} />}
      <div className="map-tools">
        <button type="button" aria-label={t('map.zoomIn')} onClick={() => map.current?.zoomIn()}>
          ＋
        </button>
        <button type="button" aria-label={t('map.zoomOut')} onClick={() => map.current?.zoomOut()}>
          －
        </button>
        <button type="button" onClick={whole}>
          {t('map.whole')}
        </button>
      </div>
      <details className="map-list">
        <summary>{t('map.list')}</summary>
        <ul>
          {pickable.flatMap((layer) =>
            layer.data.features.map((feature) => {
              const id = place(feature, layer.idField);
              return (
                <li key={`${layer.id} ${id}`}>
                  <button type="button" aria-pressed={id === selected} onClick={() => onSelect(id)}>
                    {place(feature, layer.nameField)}
                  </button>
                </li>
              );
            }),
          )}
        </ul>
      </details>
    </section>
  );
}
