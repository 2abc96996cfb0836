/** A place in degrees, EPSG:4490. */
export type Place = { lon: number; lat: number };

export type CentreLoad = Place & {
  code: string;
  open: boolean;
  /** Whether it handles what is asked for. */
  handles: boolean;
  /** Minutes that somebody who comes now waits. */
  waitMinutes: number;
};

/** Another centre where somebody is served sooner, the way there counted. */
export type Shift = { code: string; travelMinutes: number; waitMinutes: number; savesMinutes: number };

/** Mean radius of the earth, metres (IUGG R1). */
const EARTH_M = 6_371_008.8;
/** Streets are no straight lines: ways on foot and by bus in a dense city are about this much longer. */
const DETOUR = 1.3;
/** Metres a minute on foot, somebody of seventy in mind. */
const WALK_M_MIN = 60;
/** From this distance on people take a bus or the metro: metres a minute, and minutes until it comes. */
const RIDE = { from: 1_500, perMinute: 250, wait: 8 };
/** Nobody is sent away for less. */
const WORTH_MINUTES = 10;
const MOST = 3;

/** Metres along the great circle (haversine). */
export function distance(a: Place, b: Place): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const [dLat, dLon] = [rad(b.lat - a.lat), rad(b.lon - a.lon)];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Minutes from door to door, rounded up. An estimate by distance: it knows no lines and no stops. */
export function travelMinutes(a: Place, b: Place): number {
  const way = distance(a, b) * DETOUR;
  return Math.ceil(way < RIDE.from ? way / WALK_M_MIN : RIDE.wait + way / RIDE.perMinute);
}

/**
 * Neighbour centres that are worth the way (就近分流): what is asked for is handled there, and way and wait together are at least ten
 * minutes shorter than the wait here. Best first, three at most. An offer, never a refusal here.
 */
export function offerShift(options: { here: CentreLoad; others: readonly CentreLoad[] }): Shift[] {
  const { here, others } = options;
  return others
    .filter(({ code, open, handles }) => open && handles && code !== here.code)
    .map((centre): Shift => {
      const way = travelMinutes(here, centre);
      const { code, waitMinutes } = centre;
      return { code, travelMinutes: way, waitMinutes, savesMinutes: here.waitMinutes - way - waitMinutes };
    })
    .filter(({ savesMinutes }) => savesMinutes >= WORTH_MINUTES)
    .toSorted((a, b) => b.savesMinutes - a.savesMinutes || (a.code < b.code ? -1 : 1))
    .slice(0, MOST);
}
