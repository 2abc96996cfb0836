/**
 * A planar subdivision made by cutting rings in two, again and again. Vertices are whole numbers of 1e-7 degree, and
 * an edge that is cut remembers its new vertex, so both neighbours get it: shapes share vertices exactly, without gap or overlap.
 */

/** A closed ring as vertex numbers, counter-clockwise, first not repeated. */
export type Ring = readonly number[];

export interface Plane {
  /** Vertex number of a position given in units of 1e-7 degree. */
  vertex(x: number, y: number): number;
  /** The ring with every vertex that a neighbour put on its edges. */
  expand(ring: Ring): number[];
  /** Twice the signed area in units². */
  area(ring: Ring): number;
  x(vertex: number): number;
  y(vertex: number): number;
  /** Cut so that about `ratio` of the area lies on the side against the normal; undefined where no single clean chord does it. */
  cut(options: { ring: Ring; normal: readonly [number, number]; ratio: number }): [number[], number[]] | undefined;
}

/** Cuts closer than this to an existing vertex (2 m) use that vertex. */
const SNAP = 200;

export function createPlane(): Plane {
  const xs: number[] = [];
  const ys: number[] = [];
  const index = new Map<string, number>();
  const splits = new Map<number, number>();
  const edge = (a: number, b: number): number => Math.min(a, b) * 0x4000000 + Math.max(a, b);
  const x = (vertex: number): number => xs[vertex] as number;
  const y = (vertex: number): number => ys[vertex] as number;

  const vertex = (px: number, py: number): number => {
    const key = `${px},${py}`;
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, xs.length);
    xs.push(px);
    ys.push(py);
    return xs.length - 1;
  };
  const pushEdge = (a: number, b: number, into: number[]): void => {
    const middle = splits.get(edge(a, b));
    if (middle === undefined) into.push(a);
    else {
      pushEdge(a, middle, into);
      pushEdge(middle, b, into);
    }
  };
  const expand = (ring: Ring): number[] => {
    const result: number[] = [];
    for (let i = 0; i < ring.length; i++) pushEdge(ring[i] as number, ring[(i + 1) % ring.length] as number, result);
    return result;
  };
  const area = (ring: Ring): number => {
    let sum = 0;
    const origin = ring[0] as number;
    for (let i = 1; i + 1 < ring.length; i++) {
      const a = ring[i] as number;
      const b = ring[i + 1] as number;
      sum += (x(a) - x(origin)) * (y(b) - y(origin)) - (x(b) - x(origin)) * (y(a) - y(origin));
    }
    return sum;
  };

  /** Twice the area of the part of the ring where distance < offset. */
  const areaBelow = (ring: Ring, distance: readonly number[], offset: number): number => {
    const points: [number, number][] = [];
    for (let i = 0; i < ring.length; i++) {
      const j = (i + 1) % ring.length;
      const [a, b] = [ring[i] as number, ring[j] as number];
      const [da, db] = [(distance[i] as number) - offset, (distance[j] as number) - offset];
      if (da < 0) points.push([x(a), y(a)]);
      if (da < 0 !== db < 0) {
        const t = da / (da - db);
        points.push([x(a) + t * (x(b) - x(a)), y(a) + t * (y(b) - y(a))]);
      }
    }
    let sum = 0;
    const [ox, oy] = points[0] ?? [0, 0];
    for (let i = 1; i + 1 < points.length; i++) {
      const [ax, ay] = points[i] as [number, number];
      const [bx, by] = points[i + 1] as [number, number];
      sum += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
    }
    return sum;
  };

  const cross = (o: number, a: number, b: number): number =>
    (x(a) - x(o)) * (y(b) - y(o)) - (x(b) - x(o)) * (y(a) - y(o));
  const chordIsClean = (ring: Ring, from: number, to: number): boolean => {
    for (let i = 0; i < ring.length; i++) {
      const [a, b] = [ring[i] as number, ring[(i + 1) % ring.length] as number];
      if (a !== from && a !== to && cross(from, to, a) === 0) return false;
      if (a === from || a === to || b === from || b === to) continue;
      if (cross(from, to, a) > 0 !== cross(from, to, b) > 0 && cross(a, b, from) > 0 !== cross(a, b, to) > 0)
        return false;
    }
    return true;
  };

  const cut: Plane['cut'] = ({ ring: given, normal: [nx, ny], ratio }) => {
    const ring = expand(given);
    const distance = ring.map((v) => nx * x(v) + ny * y(v));
    const target = area(ring) * ratio;
    let [low, high] = [Math.min(...distance), Math.max(...distance)];
    for (let step = 0; step < 45; step++) {
      const middle = (low + high) / 2;
      if (areaBelow(ring, distance, middle) < target) low = middle;
      else high = middle;
    }
    const crossings: { after: number; vertex: number; place?: readonly [number, number] }[] = [];
    for (let i = 0; i < ring.length; i++) {
      const j = (i + 1) % ring.length;
      const [da, db] = [(distance[i] as number) - low, (distance[j] as number) - low];
      if (da < 0 === db < 0) continue;
      const [a, b] = [ring[i] as number, ring[j] as number];
      const t = da / (da - db);
      const place = [Math.round(x(a) + t * (x(b) - x(a))), Math.round(y(a) + t * (y(b) - y(a)))] as const;
      const near = [a, b].find((v) => Math.hypot(x(v) - place[0], y(v) - place[1]) < SNAP);
      if (near === undefined && index.has(`${place[0]},${place[1]}`)) return undefined;
      crossings.push(
        near === undefined ? { after: i, vertex: -1, place } : { after: near === a ? i : j, vertex: near },
      );
    }
    const [first, second] = crossings;
    if (crossings.length !== 2 || first === undefined || second === undefined) return undefined;
    const undo = splits.size;
    const added: number[] = [];
    for (const crossing of [first, second]) {
      if (crossing.place === undefined) continue;
      const [a, b] = [ring[crossing.after] as number, ring[(crossing.after + 1) % ring.length] as number];
      crossing.vertex = vertex(...crossing.place);
      splits.set(edge(a, b), crossing.vertex);
      added.push(edge(a, b));
    }
    const whole = expand(ring);
    const [p, q] = [whole.indexOf(first.vertex), whole.indexOf(second.vertex)];
    const size = whole.length;
    const gap = (q - p + size) % size;
    const turn = (from: number, count: number): number[] =>
      Array.from({ length: count }, (_, k) => whole[(from + k) % size] as number);
    const [one, two] = [turn(p, gap + 1), turn(q, size - gap + 1)];
    const clean =
      p !== q &&
      gap > 1 &&
      gap < size - 1 &&
      chordIsClean(whole, first.vertex, second.vertex) &&
      area(one) > 0 &&
      area(two) > 0;
    if (!clean) {
      if (splits.size > undo) for (const key of added) splits.delete(key);
      return undefined;
    }
    const side = (part: number[]): number => part.reduce((sum, v) => sum + nx * x(v) + ny * y(v), 0) / part.length;
    return side(one) < side(two) ? [one, two] : [two, one];
  };

  return { vertex, expand, area, x, y, cut };
}
