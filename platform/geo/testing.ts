import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { AppManifest } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { geo } from './app.ts';
import { type AreaInput, storeAreas } from './store-areas.ts';
import { storeDataset, storePlaces } from './store-places.ts';

/** A box in hundredths of a degree from 121.47 E 31.20 N. */
export const box = (x: number, y: number, w: number, h: number) => {
  const at = (i: number, j: number) => [121.47 + i / 100, 31.2 + j / 100];
  return {
    type: 'Polygon' as const,
    coordinates: [[at(x, y), at(x + w, y), at(x + w, y + h), at(x, y + h), at(x, y)]],
  };
};

export const sampleAreas: AreaInput[] = [
  { code: '310101', name: '黄浦区', nameEn: 'Huangpu', geometry: box(0, 0, 2, 2), generated: true },
  { code: '310101013', name: '瑞金二路街道', geometry: box(0, 0, 2, 2), generated: true },
  { code: '310101013001', name: '第一居委会', geometry: box(0, 0, 1, 2), generated: true },
  { code: '310101013002', name: '第二居委会', geometry: box(1, 0, 1, 2), generated: true },
  { code: '31010101300101', name: '网格01', geometry: box(0, 0, 1, 1), generated: true },
  { code: '31010101300102', name: '网格02', geometry: box(0, 1, 1, 1), generated: true },
  { code: '31010101300201', name: '网格03', geometry: box(1, 0, 1, 2), generated: true, validTo: '2999-01-01' },
];

/** Work under the role of geo. */
export const asGeo = <T>(house: TestHouse, work: (db: Db) => Promise<T>): Promise<T> =>
  house.services.database.tx({ module: 'geo', actor: systemActor({ name: 'test' }) }, work);

/** A house with seven areas, 25 places from OpenStreetMap and two from Wikidata. */
export async function openGeoHouse(more: Partial<AppManifest> = {}): Promise<TestHouse> {
  const house = await openHouse({
    manifests: [access, audit, search, rulebook, calendar, catalog, { ...geo, uses: [], ...more }],
    work: false,
  });
  await asGeo(house, async (db) => {
    await storeAreas(db, { areas: sampleAreas, dataset: 'test-areas' });
    const about = {
      licence: 'ODbL-1.0',
      attribution: '© OpenStreetMap contributors',
      sourceUrl: null,
      badge: 'real' as const,
    };
    await storeDataset(db, { id: 'osm-heritage', title: { zh: '历史建筑', en: 'Heritage' }, osm: true, ...about });
    await storeDataset(db, {
      id: 'wikidata',
      title: { zh: '维基数据地点', en: 'Wikidata places' },
      osm: false,
      ...about,
      licence: 'CC0-1.0',
    });
    const places = Array.from({ length: 25 }, (_, i) => ({
      placeId: `n/${i}`,
      name: `地点 ${i}`,
      kind: 'historic',
      geometry: { type: 'Point' as const, coordinates: [121.47 + i / 2000, 31.205] },
      properties: { wikidata: `Q${i}` },
    }));
    await storePlaces(db, { places, dataset: 'osm-heritage', batch: 'b1' });
    await storePlaces(db, { places: places.slice(0, 2), dataset: 'wikidata' });
  });
  return house;
}
