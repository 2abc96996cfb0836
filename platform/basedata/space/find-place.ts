import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { geocode } from '../shared/address/geocode.ts';
import { addressBook } from './address-book.ts';
import { placesOf } from './answer.ts';

/**
 * Where an address, or a building by its code, lies (地址定位): degrees, EPSG:4490. Undefined where it is not sure, unknown, or hidden: never a guess. Opens its
 * own transaction.
 */
export async function findPlace(
  services: Services,
  of: { text?: string; code?: string },
): Promise<{ code: string; address: string; lon: number; lat: number } | undefined> {
  const locator = await openAreaLocator(services);
  return services.database.tx(
    { module: 'space', actor: systemActor({ name: 'geocode' }), readOnly: true },
    async (db) => {
      const read = of.text === undefined ? undefined : geocode(of.text, await addressBook(services, db));
      const code = read?.status === 'found' ? read.candidates[0]?.building : of.code;
      if (code === undefined) return undefined;
      const place = (await placesOf({ db, locator, codes: [code] })).get(code);
      return place?.location ? { code, address: place.address ?? of.text ?? code, ...place.location } : undefined;
    },
  );
}
