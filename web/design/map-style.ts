import type { FeatureCollection } from 'geojson';
import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  SourceSpecification,
} from 'maplibre-gl';
import { night, type Palette, sequentialRamp } from './tokens.ts';

/** Colour by class (分级设色): `property` holds a number or null; value < breaks[0] is the first of the colours. */
export type Classes = { property: string; breaks: readonly number[]; colours: readonly string[] };

/** A layer of the map: GeoJSON `data`, or vector `tiles` whose inner layer has the id of this one. */
export type MapLayer = {
  id: string;
  kind: 'area' | 'building' | 'line' | 'point' | 'cluster' | 'heat';
  data?: FeatureCollection;
  tiles?: string;
  /** Property that identifies what may be chosen. */
  idField?: string;
  /** Property written on the map. */
  nameField?: string;
  /** A colour of the ground, or one of the categorical colours of the tokens. */
  colour?: keyof Palette | `#${string}`;
  width?: number;
  classes?: Classes;
  /** Of `cluster` and `heat`: property that says how much a point counts; absent = 1. In clusters a point with `act` true makes its cluster red. */
  weightField?: string;
  /** Outline only: what lies below is chosen through it. */
  hollow?: boolean;
};

/** Points nearer than so many px are one cluster (聚合). */
const CLUSTER_PX = 46;

export function sourceOf(layer: MapLayer): SourceSpecification {
  if (layer.tiles) return { type: 'vector', tiles: [`${location.origin}${layer.tiles}`], minzoom: 8, maxzoom: 16 };
  if (layer.kind === 'cluster')
    return {
      type: 'geojson',
      data: layer.data ?? { type: 'FeatureCollection', features: [] },
      cluster: true,
      clusterRadius: CLUSTER_PX,
      clusterMaxZoom: 16,
      clusterProperties: { act: ['any', ['to-boolean', ['get', 'act']]] },
    };
  return { type: 'geojson', data: layer.data ?? { type: 'FeatureCollection', features: [] } };
}

export function chosenFilter(layer: MapLayer, selected: string | null): FilterSpecification {
  const chosen: FilterSpecification = ['==', ['to-string', ['get', layer.idField ?? 'id']], selected ?? ''];
  // A cluster has no id: it is never the one that is chosen.
  return layer.kind === 'cluster' ? (['all', ['!', ['has', 'point_count']], chosen] as FilterSpecification) : chosen;
}

const classed = (classes: Classes, missing: string): ExpressionSpecification => {
  const value: ExpressionSpecification = ['to-number', ['get', classes.property], -1];
  const steps = classes.breaks.flatMap((from, index) => [from, classes.colours[index + 1] ?? missing]);
  return [
    'case',
    ['==', ['get', classes.property], null],
    missing,
    ['step', value, classes.colours[0] ?? missing, ...steps] as ExpressionSpecification,
  ];
};

/** The style layers of one map layer: fill or line, edge, the chosen one, names. */
export function stylesOf(layer: MapLayer, colours: Palette): LayerSpecification[] {
  const base = { source: layer.id, ...(layer.tiles ? { 'source-layer': layer.id } : {}) };
  const named = layer.colour;
  const colour = named === undefined || named.startsWith('#') ? named : colours[named as keyof Palette];
  const name = (placement: 'point' | 'line'): LayerSpecification[] =>
    layer.nameField
      ? [
          {
            ...base,
            // An area is cut by tiles, its name is not: it stands at a point that the tiles carry beside.
            ...(layer.tiles && layer.kind === 'area' ? { 'source-layer': `${layer.id}-names` } : {}),
            id: `${layer.id}-name`,
            type: 'symbol',
            layout: {
              'text-field': ['get', layer.nameField],
              'text-size': 12,
              'symbol-placement': placement,
              'text-padding': 4,
              ...(layer.kind === 'point' ? { 'text-offset': [0, 1.1] as [number, number] } : {}),
              // Beside what lies there already, rather than not at all.
              ...(layer.kind === 'area'
                ? {
                    'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'] as (
                      | 'center'
                      | 'top'
                      | 'bottom'
                      | 'left'
                      | 'right'
                    )[],
                    'text-radial-offset': 1.2,
                  }
                : {}),
            },
            paint: {
              'text-color': layer.kind === 'area' || layer.kind === 'building' ? colours.ink : colours.inkSoft,
              'text-halo-color': colours.mapLand,
              'text-halo-width': 1.4,
            },
          },
        ]
      : [];
  const chosen = (width: number): LayerSpecification[] =>
    layer.idField
      ? [
          {
            ...base,
            id: `${layer.id}-chosen`,
            type: 'line',
            filter: chosenFilter(layer, null),
            paint: { 'line-color': colours.soon, 'line-width': width },
          },
        ]
      : [];
  switch (layer.kind) {
    case 'area':
      return [
        {
          ...base,
          id: layer.id,
          type: 'fill',
          paint: layer.classes
            ? { 'fill-color': classed(layer.classes, colours.mapLand), 'fill-opacity': 0.9 }
            : { 'fill-color': colour ?? colours.mapLand, 'fill-opacity': layer.hollow ? 0 : 1 },
        },
        ...(layer.classes
          ? [
              {
                ...base,
                id: `${layer.id}-missing`,
                type: 'fill' as const,
                filter: ['==', ['get', layer.classes.property], null] as FilterSpecification,
                paint: { 'fill-pattern': 'hatch' },
              },
            ]
          : []),
        {
          ...base,
          id: `${layer.id}-edge`,
          type: 'line',
          paint: { 'line-color': colours.mapLine, 'line-width': layer.width ?? 1 },
        },
        ...chosen(3),
        ...name('point'),
      ];
    case 'building':
      return [
        {
          ...base,
          id: layer.id,
          type: 'fill',
          paint: { 'fill-color': colour ?? colours.mapBuilding, 'fill-outline-color': colours.mapLine },
        },
        ...chosen(2.5),
        ...name('point'),
      ];
    case 'line':
      return [
        {
          ...base,
          id: layer.id,
          type: 'line',
          filter: ['!=', ['geometry-type'], 'Point'],
          paint: { 'line-color': colour ?? colours.mapRoad, 'line-width': layer.width ?? 1.5 },
        },
        ...name('line'),
      ];
    case 'point':
      return [
        {
          ...base,
          id: layer.id,
          type: 'circle',
          filter: ['==', ['geometry-type'], 'Point'],
          paint: {
            'circle-color': colour ?? colours.accent,
            'circle-radius': layer.width ?? 5,
            'circle-stroke-color': colours.mapLand,
            'circle-stroke-width': 1.5,
          },
        },
        ...name('point'),
      ];
    case 'cluster':
      return clusterStyles(layer, base, colours, colour);
    case 'heat':
      return [
        {
          ...base,
          id: layer.id,
          type: 'heatmap',
          paint: {
            'heatmap-weight': layer.weightField ? ['to-number', ['get', layer.weightField], 1] : 1,
            'heatmap-radius': ['interpolate', ['linear'], ['zoom'], 11, 22, 16, 60],
            // Some dozens of points are what a district has: they have to be seen as well as thousands.
            'heatmap-intensity': ['interpolate', ['linear'], ['zoom'], 11, 1.4, 16, 2.4],
            'heatmap-opacity': 0.75,
            'heatmap-color': heatColours(colours),
          },
        },
      ];
  }
}

type Base = { source: string };

/** A cluster says how many it holds; one with something to act on now has a ring of its own as well as the colour. */
function clusterStyles(layer: MapLayer, base: Base, colours: Palette, colour?: string): LayerSpecification[] {
  const many: FilterSpecification = ['has', 'point_count'];
  const fill: ExpressionSpecification = [
    'case',
    ['to-boolean', ['get', 'act']],
    colours.actNow,
    colour ?? colours.accent,
  ];
  return [
    {
      ...base,
      id: layer.id,
      type: 'circle',
      filter: many,
      paint: {
        'circle-color': colours.panel,
        'circle-radius': ['step', ['get', 'point_count'], 13, 10, 17, 50, 21, 200, 26],
        'circle-stroke-color': fill,
        'circle-stroke-width': ['case', ['to-boolean', ['get', 'act']], 4, 2],
      },
    },
    {
      ...base,
      id: `${layer.id}-single`,
      type: 'circle',
      filter: ['!', many] as FilterSpecification,
      paint: {
        'circle-color': fill,
        'circle-radius': layer.width ?? 5,
        'circle-stroke-color': colours.mapLand,
        'circle-stroke-width': 1.5,
      },
    },
    {
      ...base,
      id: `${layer.id}-chosen`,
      type: 'circle',
      filter: chosenFilter(layer, null),
      paint: {
        'circle-color': colours.soon,
        'circle-radius': (layer.width ?? 5) + 3,
        'circle-stroke-color': colours.ink,
        'circle-stroke-width': 2,
      },
    },
    {
      ...base,
      id: `${layer.id}-count`,
      type: 'symbol',
      filter: many,
      layout: { 'text-field': ['get', 'point_count_abbreviated'], 'text-size': 13, 'text-allow-overlap': true },
      paint: { 'text-color': colours.ink },
    },
  ];
}

/** From nothing to strong in one hue (热力). */
function heatColours(colours: Palette): ExpressionSpecification {
  const ramp = sequentialRamp[colours === night ? 'night' : 'paper'];
  const steps = ramp.flatMap((colour, at) => [(at + 1) / ramp.length, colour]);
  return ['interpolate', ['linear'], ['heatmap-density'], 0, 'rgba(0, 0, 0, 0)', ...steps] as ExpressionSpecification;
}

/** Bounds of all GeoJSON layers, null when they hold nothing. */
export function boundsOf(layers: readonly MapLayer[]): [number, number, number, number] | null {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] !== 'number') return value.forEach(walk);
    const [x, y] = value as [number, number];
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  };
  for (const { data } of layers)
    for (const { geometry } of data?.features ?? [])
      if (geometry && 'coordinates' in geometry) walk(geometry.coordinates);
  return Number.isFinite(box[0]) ? box : null;
}

/** Slanting lines that stand for "no data" (缺失), as an image of 16 × 16 px. */
export function hatch(colour: string): { width: number; height: number; data: Uint8Array } {
  const size = 16;
  const data = new Uint8Array(size * size * 4);
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) if ((x + y) % 8 < 2) data.set([r, g, b, 190], (y * size + x) * 4);
  return { width: size, height: size, data };
}

/** Polygon area in hectares on the sphere's local plane, good to 1 % for areas of a city. */
export function hectares(rings: readonly (readonly (readonly number[])[])[]): number {
  const [outer = [], ...holes] = rings;
  return ringArea(outer) - holes.reduce((sum, ring) => sum + ringArea(ring), 0);
}

const METRES = 111_320;
function ringArea(ring: readonly (readonly number[])[]): number {
  const scale = Math.cos(((ring[0]?.[1] ?? 0) * Math.PI) / 180);
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    const [x2 = 0, y2 = 0] = ring[(i + 1) % ring.length] ?? [];
    sum +=
      (x1 - (ring[0]?.[0] ?? 0)) * (y2 - (ring[0]?.[1] ?? 0)) - (x2 - (ring[0]?.[0] ?? 0)) * (y1 - (ring[0]?.[1] ?? 0));
  }
  return (Math.abs(sum / 2) * METRES * METRES * scale) / 10_000;
}
