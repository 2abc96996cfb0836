/**
 * Numbers whole numbers below 2^53 in the order in which they are first met: a hash table of two typed arrays, several times
 * faster than a Map once there are a million keys, because no key becomes an object.
 */
export type Numbering = {
  /** The number of a key; a new key gets the next. */
  of(key: number): number;
  count(): number;
};

export function numbering(expected: number): Numbering {
  const capacity = 1 << Math.max(8, Math.ceil(Math.log2(expected * 2 + 1)));
  const mask = capacity - 1;
  const keys = new Float64Array(capacity).fill(-1);
  const numbers = new Int32Array(capacity);
  let count = 0;
  return {
    of(key) {
      const high = Math.floor(key / 4_294_967_296);
      let place = (Math.imul(key | 0, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 0;
      place = (place ^ (place >>> 15)) & mask;
      for (;;) {
        const held = keys[place] as number;
        if (held === key) return numbers[place] as number;
        if (held === -1) {
          keys[place] = key;
          numbers[place] = count;
          count += 1;
          return count - 1;
        }
        place = (place + 1) & mask;
      }
    },
    count: () => count,
  };
}
