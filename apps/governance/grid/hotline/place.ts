import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { addressBook } from '#platform/basedata/space/address-book.ts';
import { placesOf } from '#platform/basedata/space/answer.ts';
import { geocode } from '#platform/basedata/shared/address/geocode.ts';
import { openAreaLocator, type Whereabouts } from '#platform/geo/area-locator.ts';
import type { Placed } from './order.ts';

/** Where an order lies (定位): the pin before the address; an address only where one building is meant, never a guess. */
export type Place = { placed: Placed; lon: number | null; lat: number | null; where: Whereabouts | null };

const UNKNOWN: Place = { placed: 'unknown', lon: null, lat: null, where: null };

/** Opens transactions of its own. Without a register of buildings an address is not understood, and a person sets the pin. */
export async function placeOf(
  services: Services,
  of: { lon?: number; lat?: number; address?: string },
): Promise<Place> {
  const locator = await openAreaLocator(services);
  const at = (lon: number, lat: number): Place => {
    const where = locator.whereabouts(lon, lat);
    return { placed: where ? 'inside' : 'outside', lon, lat, where };
  };
  if (of.lon !== undefined && of.lat !== undefined) return at(of.lon, of.lat);
  if (of.address === undefined || !services.registry.modules.some(({ id }) => id === 'space')) return UNKNOWN;
  const text = of.address;
  const actor = systemActor({ name: 'hotline' });
  return services.database.tx({ module: 'space', actor, readOnly: true }, async (db) => {
    const { status, candidates } = geocode(text, await addressBook(services, db));
    if (status === 'outside') return { ...UNKNOWN, placed: 'outside' };
    const code = status === 'found' ? candidates[0]?.building : undefined;
    if (code === undefined) return UNKNOWN;
    const point = (await placesOf({ db, locator, codes: [code] })).get(code)?.location;
    return point ? at(point.lon, point.lat) : UNKNOWN;
  });
}
