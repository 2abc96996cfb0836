/** Ways to travel (出行方式). */
export const MODES = ['walk', 'cycle', 'car'] as const;
export type Mode = (typeof MODES)[number];

/** One line of the road network (道路) as its dataset describes it; the tags are those of OpenStreetMap. */
export type Road = {
  name: string | null;
  /** Tag `highway`: class of the road. */
  class: string;
  /** With the order of the coordinates, against it, or both ways. */
  oneway: 'no' | 'with' | 'against';
  access: string | null;
  /** km/h, where it is signed. */
  maxSpeed: number | null;
  /** Degrees. */
  line: readonly (readonly [number, number])[];
};

/** Travel speeds in km/h. Planning values of the platform for a dense inner district, stops at lights included: no law. */
const WALK = 4.8;
const CYCLE = 14;
const CAR: Record<string, number> = {
  motorway: 60,
  motorway_link: 40,
  trunk: 50,
  trunk_link: 35,
  primary: 32,
  primary_link: 25,
  secondary: 28,
  secondary_link: 22,
  tertiary: 24,
  tertiary_link: 20,
  unclassified: 20,
  residential: 16,
  living_street: 10,
  service: 10,
};
const FASTEST_CAR = Math.max(...Object.values(CAR));

/** Elevated and fast roads (高架、快速路), closed to whoever walks or cycles. */
const MOTOR_ONLY = /^(?:motorway|trunk)(?:_link)?$/;
const FOOT_ONLY = new Set(['footway', 'steps', 'path', 'pedestrian', 'corridor']);
const CLOSED = new Set(['no', 'private']);

/** Speed of a mode on a road in metres a second, 0 where it may not go. */
export function speedOn(road: Road, mode: Mode): number {
  if (road.access !== null && CLOSED.has(road.access)) return 0;
  switch (mode) {
    case 'walk':
      return MOTOR_ONLY.test(road.class) ? 0 : WALK / 3.6;
    case 'cycle':
      return MOTOR_ONLY.test(road.class) || FOOT_ONLY.has(road.class) ? 0 : CYCLE / 3.6;
    case 'car': {
      const usual = CAR[road.class] ?? 0;
      return (road.maxSpeed === null ? usual : Math.min(usual, road.maxSpeed)) / 3.6;
    }
  }
}

/** No road is faster: what makes the guess of the search never too long. */
export function fastest(mode: Mode): number {
  return { walk: WALK, cycle: CYCLE, car: FASTEST_CAR }[mode] / 3.6;
}

/** Whether a mode may use the road along (`with`) or against the order of its coordinates. */
export function mayGo(road: Road, mode: Mode, way: 'with' | 'against'): boolean {
  return mode === 'walk' || road.oneway === 'no' || road.oneway === way;
}
