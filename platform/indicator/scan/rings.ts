/** Circles round each place that differ in what they hold. */
export type Rings = {
  /** By place: the places near it, itself first, the nearest first. */
  neighbours: readonly Uint32Array[];
  /** By place and ring: how many of the neighbours lie within. */
  ends: readonly Uint32Array[];
  /** By place and ring: the radius, metres. */
  radii: readonly Float64Array[];
};

/** The rings of all places up to a radius. Places at the same distance come into the same ring. */
export function ringsOf(places: readonly { x: number; y: number }[], maxRadius: number): Rings {
  const cells = new Map<string, number[]>();
  const size = Math.max(maxRadius, 1);
  const cellOf = (x: number, y: number) => `${Math.floor(x / size)} ${Math.floor(y / size)}`;
  places.forEach(({ x, y }, number) => {
    const key = cellOf(x, y);
    const cell = cells.get(key);
    if (cell) cell.push(number);
    else cells.set(key, [number]);
  });
  const neighbours: Uint32Array[] = [];
  const ends: Uint32Array[] = [];
  const radii: Float64Array[] = [];
  for (const [number, { x, y }] of places.entries()) {
    const near: { place: number; distance: number }[] = [];
    for (const dx of [-size, 0, size])
      for (const dy of [-size, 0, size])
        for (const place of cells.get(cellOf(x + dx, y + dy)) ?? []) {
          const other = places[place];
          if (!other) continue;
          // Rounded to the centimetre, so that what is as far in the drawing is as far in the sum.
          const distance = Math.round(Math.hypot(other.x - x, other.y - y) * 100) / 100;
          if (distance <= maxRadius) near.push({ place, distance });
        }
    near.sort(
      (a, b) => a.distance - b.distance || Number(b.place === number) - Number(a.place === number) || a.place - b.place,
    );
    const starts = near.flatMap(({ distance }, at) => (near[at + 1]?.distance === distance ? [] : [at]));
    neighbours.push(Uint32Array.from(near, ({ place }) => place));
    ends.push(Uint32Array.from(starts, (at) => at + 1));
    radii.push(Float64Array.from(starts, (at) => near[at]?.distance ?? 0));
  }
  return { neighbours, ends, radii };
}
