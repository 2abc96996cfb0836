/**
 * On which side of a directed line a point lies, without rounding error.
 * Source of the error bound: J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic" (1997), ccwerrboundA.
 */
const EPSILON = 2 ** -53;
const ERROR_BOUND = (3 + 16 * EPSILON) * EPSILON;

/** +1 if c lies left of a → b, -1 if right, 0 if exactly on the line. Doubles in, exact answer out. */
export function orientation(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): -1 | 0 | 1 {
  const left = (ax - cx) * (by - cy);
  const right = (ay - cy) * (bx - cx);
  const determinant = left - right;
  if (Math.abs(determinant) > ERROR_BOUND * (Math.abs(left) + Math.abs(right))) return determinant > 0 ? 1 : -1;
  return exactOrientation(ax, ay, bx, by, cx, cy);
}

/** The same by whole numbers: each double is a 53-bit integer times a power of two, so a common scale loses nothing. */
export function exactOrientation(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): -1 | 0 | 1 {
  const parts = [ax, ay, bx, by, cx, cy].map(decompose);
  const scale = parts.reduce((least, part) => Math.min(least, part.exponent), Number.POSITIVE_INFINITY);
  const [iax, iay, ibx, iby, icx, icy] = parts.map((part) => part.mantissa << BigInt(part.exponent - scale)) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const determinant = (iax - icx) * (iby - icy) - (iay - icy) * (ibx - icx);
  return determinant > 0n ? 1 : determinant < 0n ? -1 : 0;
}

const bits = new DataView(new ArrayBuffer(8));

function decompose(value: number): { mantissa: bigint; exponent: number } {
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const biased = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const magnitude = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: word >> 63n ? -magnitude : magnitude, exponent: (biased === 0 ? 1 : biased) - 1075 };
}
