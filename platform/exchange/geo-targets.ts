import type { Geometry, MultiPolygon, Polygon } from 'geojson';
import { storeAreas } from '#platform/geo/store-areas.ts';
import { storeDataset, storePlaces } from '#platform/geo/store-places.ts';
import { type Claim, type ImportTarget, plain } from './target.ts';

const CODE = { zh: '代码', en: 'Code' };
const NAME = { zh: '名称', en: 'Name' };
const GEOMETRY = { zh: '几何图形', en: 'Geometry' };

/** Districts, streets, committees and grid cells (区划与网格). Rows without a shape bring codes and names. */
export const areaTarget: ImportTarget = {
  id: 'geo.area',
  module: 'geo',
  title: { zh: '行政区划与网格', en: 'Areas and grid cells' },
  fields: [
    { name: 'areaCode', title: CODE, type: 'text', required: true, pattern: '^\\d{6}(\\d{3}(\\d{3}(\\d{2})?)?)?$' },
    { name: 'name', title: NAME, type: 'text', required: true, maxLength: 100 },
    { name: 'level', title: { zh: '层级', en: 'Level' }, type: 'text', required: true },
    { name: 'geometry', title: GEOMETRY, type: 'geometry' },
  ],
  async load({ db, claims, dataset }) {
    const areas = claims.map((claim) => ({
      code: plain(claim.payload, 'areaCode') ?? '',
      name: plain(claim.payload, 'name') ?? '',
      geometry: geometryOf(claim) as Polygon | MultiPolygon | undefined,
      generated: plain(claim.payload, 'geometry') !== undefined && dataset.badge === 'sample',
    }));
    const changed = await storeAreas(db, {
      areas,
      dataset: dataset.id,
      licence: dataset.licence,
      batch: claims[0]?.batch,
    });
    return { created: 0, changed, unchanged: claims.length - changed, conflicts: 0 };
  },
};

/** Places of open data (开放地理数据): each data set keeps its licence; OpenStreetMap rows stand in a table of their own. */
export const placeTarget: ImportTarget = {
  id: 'geo.place',
  feeds: ['geo.place', 'geo.osm-place'],
  module: 'geo',
  title: { zh: '地点', en: 'Places' },
  fields: [
    { name: 'placeId', title: CODE, type: 'text', required: true, maxLength: 200 },
    { name: 'name', title: NAME, type: 'text', maxLength: 500 },
    { name: 'nameEn', title: { zh: '英文名', en: 'English name' }, type: 'text', maxLength: 500 },
    { name: 'kind', title: { zh: '类型', en: 'Kind' }, type: 'text', required: true, maxLength: 60 },
    { name: 'category', title: { zh: '分类', en: 'Category' }, type: 'text', maxLength: 200 },
    { name: 'geometry', title: GEOMETRY, type: 'geometry', required: true },
    { name: 'properties', title: { zh: '其他属性', en: 'Other properties' }, type: 'json' },
  ],
  async load({ db, claims, dataset }) {
    await storeDataset(db, {
      id: dataset.id,
      title: dataset.title,
      licence: dataset.licence ?? 'unknown',
      attribution: dataset.attribution ?? null,
      sourceUrl: dataset.sourceUrl ?? null,
      badge: dataset.badge,
      osm: (dataset.licence ?? '').startsWith('ODbL'),
    });
    const changed = await storePlaces(db, {
      dataset: dataset.id,
      batch: claims[0]?.batch,
      places: [...new Map(claims.map((claim) => [plain(claim.payload, 'placeId') ?? '', claim])).values()].flatMap(
        (claim) => {
          const geometry = geometryOf(claim);
          if (!geometry) return [];
          return [
            {
              placeId: plain(claim.payload, 'placeId') ?? '',
              name: plain(claim.payload, 'name'),
              nameEn: plain(claim.payload, 'nameEn'),
              kind: plain(claim.payload, 'kind') ?? 'place',
              category: plain(claim.payload, 'category'),
              geometry,
              properties: JSON.parse(plain(claim.payload, 'properties') ?? '{}') as Record<string, unknown>,
              claim: String(claim.id),
            },
          ];
        },
      ),
    });
    return { created: 0, changed, unchanged: claims.length - changed, conflicts: 0 };
  },
};

function geometryOf(claim: Claim): Geometry | undefined {
  const text = plain(claim.payload, 'geometry');
  return text === undefined ? undefined : (JSON.parse(text) as Geometry);
}
