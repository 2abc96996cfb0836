import { app } from '#platform/kernel/app.ts';
import { areaLayers } from './layers.ts';
import { listAreas } from './list-areas.ts';
import { listLayers } from './list-layers.ts';
import { locatePoint } from './locate-point.ts';
import { locatePoints } from './locate-points.ts';
import { ogcFeatures } from './ogc/mount.ts';
import { routeMatrix, routePlaces } from './route-places.ts';
import { areas, osmPlaces, places } from './resources.ts';
import { tiles } from './serve-tile.ts';

/** Places and tiles (时空信息): areas and grid cells, point location, features and vector tiles by standard protocols. */
export const geo = app({
  id: 'geo',
  kind: 'capability',
  folder: 'platform/geo',
  title: { zh: '时空信息', en: 'Places and tiles' },
  uses: ['exchange'],
  resources: [areas, places, osmPlaces],
  routes: [locatePoint, locatePoints, listAreas, listLayers, routePlaces, routeMatrix],
  provides: areaLayers,
  mounts: [ogcFeatures, tiles],
  pages: [
    {
      path: '/ops/map',
      entrance: 'ops',
      title: { zh: '全区地图', en: 'District map' },
      module: '#web/entrances/ops/map-page.tsx',
      order: 10,
    },
  ],
});
