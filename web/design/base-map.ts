import type { MapLayer } from './map-style.ts';

const tiles = (id: string) => `/tiles/${id}/{z}/{x}/{y}.mvt`;

/**
 * The base map (底图) in our own style, from our own tiles only: streets and their borders, roads by class, elevated roads and
 * metro lines, stations. Drawn with the colours of the ground, by day and in the control room. No open extract holds the
 * river or the green, so none is drawn; a river is not invented.
 */
export const baseMap = (): MapLayer[] => [
  { id: 'streets', kind: 'area', tiles: tiles('streets'), width: 1.2, quietName: 'name' },
  { id: 'buildings', kind: 'building', tiles: tiles('buildings'), fromZoom: 14 },
  { id: 'places-osm-roads', kind: 'road', tiles: tiles('places-osm-roads'), nameField: 'name' },
  { id: 'places-osm-metro', kind: 'metro', tiles: tiles('places-osm-metro'), nameField: 'name' },
];

/** What the licence of the extract asks every map with it to say (ODbL 1.0, 4.3). */
export const BASE_ATTRIBUTION = '© OpenStreetMap contributors';
