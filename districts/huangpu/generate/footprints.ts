/** Rectangles for buildings inside one grid cell. */
import type { Random } from './random.ts';

/** Longitude and latitude in degrees. */
export type Point = [number, number];
/** cos of the district's latitude: one degree east is shorter than one degree north. */
export const SHRINK = Math.cos((31.217 * Math.PI) / 180);
/** Degrees of latitude in a metre. */
export const METRE = 1 / 111_320;

function inside(ring: readonly Point[], [x, y]: Point): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i] as Point;
    const [bx, by] = ring[j] as Point;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** A rectangle of lon/lat around a centre; sizes in metres, `angle` in radians from east. Rounded to 1e-7 degree. */
function rectangle(options: { centre: Point; width: number; depth: number; angle: number }): Point[] {
  const { centre, width, depth, angle } = options;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return (
    [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as Point[]
  ).map(([u, v]) => {
    const [dx, dy] = [(u * width) / 2, (v * depth) / 2];
    const lon = centre[0] + ((dx * c - dy * s) * METRE) / SHRINK;
    const lat = centre[1] + (dx * s + dy * c) * METRE;
    return [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
  });
}

/** Up to `count` footprints on a small grid turned to the cell's longest edge; each lies wholly inside and none overlap. */
export function footprints(options: { ring: Point[]; count: number; random: Random }): Point[][] {
  const { ring, count, random } = options;
  let longest = 0;
  let angle = 0;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] as Point;
    const [dx, dy] = [(b[0] - a[0]) * SHRINK, b[1] - a[1]];
    if (Math.hypot(dx, dy) > longest) [longest, angle] = [Math.hypot(dx, dy), Math.atan2(dy, dx)];
  });
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const origin = ring[0] as Point;
  const local = ring.map((p): Point => {
    const [dx, dy] = [((p[0] - origin[0]) * SHRINK) / METRE, (p[1] - origin[1]) / METRE];
    return [dx * c + dy * s, -dx * s + dy * c];
  });
  const [us, vs] = [local.map((p) => p[0]), local.map((p) => p[1])];
  const [u0, v0, u1, v1] = [Math.min(...us), Math.min(...vs), Math.max(...us), Math.max(...vs)];
  for (let rows = Math.max(2, Math.ceil(Math.sqrt(count))); ; rows++) {
    const [du, dv] = [(u1 - u0) / rows, (v1 - v0) / rows];
    const slots: Point[][] = [];
    for (let i = 0; i < rows * rows; i++) {
      const [u, v] = [u0 + ((i % rows) + 0.5) * du, v0 + (Math.floor(i / rows) + 0.5) * dv];
      const centre: Point = [origin[0] + ((u * c - v * s) * METRE) / SHRINK, origin[1] + (u * s + v * c) * METRE];
      const shape = rectangle({
        centre,
        width: Math.min(du * 0.8, 16 + 30 * random.next()),
        depth: Math.min(dv * 0.8, 10 + 12 * random.next()),
        angle,
      });
      const edges = shape.flatMap((p, k): Point[] => {
        const q = shape[(k + 1) % 4] as Point;
        return [p, [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]];
      });
      if (edges.every((p) => inside(ring, p))) slots.push(shape);
    }
    if (slots.length >= count) return random.shuffle(slots).slice(0, count);
    if (rows > 40) throw new Error('a cell too thin for its buildings');
  }
}
