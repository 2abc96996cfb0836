import type { MapLayer } from './map-style.ts';

/** The quiet ground of a map (底图), drawn from our own tiles: streets of the district with their names, roads, and the metro. */
export const GROUND_LAYERS: readonly MapLayer[] = [
  { id: 'streets', kind: 'area', tiles: '/tiles/streets/{z}/{x}/{y}.mvt', colour: 'mapLand', nameField: 'name' },
  {
    id: 'places-osm-roads',
    kind: 'line',
    tiles: '/tiles/places-osm-roads/{z}/{x}/{y}.mvt',
    colour: 'mapRoad',
    width: 1.4,
    nameField: 'name',
  },
  {
    id: 'places-osm-metro',
    kind: 'line',
    tiles: '/tiles/places-osm-metro/{z}/{x}/{y}.mvt',
    colour: 'lineStrong',
    width: 1,
  },
];
