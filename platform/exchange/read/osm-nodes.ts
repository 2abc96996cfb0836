/** Positions of OSM nodes in typed arrays: 16 bytes a node, so that an extract of a city stays small in memory. */

export type NodeStore = {
  add(node: { readonly id: number; readonly lon: number; readonly lat: number }): void;
  /** [lon, lat], or `undefined` if the extract does not hold the node. */
  get(id: number): readonly [number, number] | undefined;
};

/** OSM gives seven decimals. */
const SCALE = 1e7;

export function nodeStore(): NodeStore {
  let ids = new Float64Array(1024);
  let lons = new Int32Array(1024);
  let lats = new Int32Array(1024);
  let size = 0;
  let sorted = true;

  const grow = (): void => {
    const wider = ids.length * 2;
    const [nextIds, nextLons, nextLats] = [new Float64Array(wider), new Int32Array(wider), new Int32Array(wider)];
    nextIds.set(ids);
    nextLons.set(lons);
    nextLats.set(lats);
    [ids, lons, lats] = [nextIds, nextLons, nextLats];
  };
  /** Files of the main tools are sorted by id; editors write others. */
  const sort = (): void => {
    const order = Array.from({ length: size }, (_, index) => index).sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0));
    [ids, lons, lats] = [
      Float64Array.from(order, (index) => ids[index] ?? 0),
      Int32Array.from(order, (index) => lons[index] ?? 0),
      Int32Array.from(order, (index) => lats[index] ?? 0),
    ];
    sorted = true;
  };
  return {
    add({ id, lon, lat }) {
      if (!Number.isFinite(lon) || !Number.isFinite(lat)) return;
      if (size === ids.length) grow();
      if (size > 0 && id < (ids[size - 1] ?? 0)) sorted = false;
      ids[size] = id;
      lons[size] = Math.round(lon * SCALE);
      lats[size] = Math.round(lat * SCALE);
      size += 1;
    },
    get(id) {
      if (!sorted) sort();
      let low = 0;
      let high = size - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const found = ids[middle] ?? 0;
        if (found === id) return [(lons[middle] ?? 0) / SCALE, (lats[middle] ?? 0) / SCALE];
        if (found < id) low = middle + 1;
        else high = middle - 1;
      }
      return undefined;
    },
  };
}
