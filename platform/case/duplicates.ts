/** What is compared of two reports. */
export type Seen = {
  class: string;
  lon: number;
  lat: number;
  reportedAt: Date;
  description: string;
  picture: string | null;
};
/** Limits of the rulebook. */
export type DuplicateLimits = { metres: number; hours: number; bits: number };

/** Why two reports may be one (疑似重复的理由). Numbers, so that a person sees how near they are. */
export type Likeness = {
  metres: number;
  minutes: number;
  sameClass: boolean;
  /** Share of two-character pieces that both texts have, 0 to 1. */
  text: number;
  /** Bits in which the hashes of the first photos differ; null without two photos. */
  bits: number | null;
};

const EARTH_M = 6_371_008.8;
const rad = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres; at this scale the earth is a sphere. */
export function metresBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Sørensen–Dice coefficient over two-character pieces: needs no word list, so it reads Chinese and names alike. */
export function textLikeness(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)];
  if (left.size === 0 || right.size === 0) return 0;
  let both = 0;
  for (const piece of left) if (right.has(piece)) both += 1;
  return (2 * both) / (left.size + right.size);
}

function pieces(text: string): Set<string> {
  const plain = [...text.normalize('NFKC').toLowerCase()].filter((c) => /[\p{L}\p{N}]/u.test(c));
  return new Set(plain.slice(1).map((c, i) => `${plain[i]}${c}`));
}

/** Bits in which two 64-bit hashes in hex differ. */
export function bitsBetween(a: string, b: string): number {
  let rest = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; rest > 0n; rest &= rest - 1n) count += 1;
  return count;
}

/**
 * Whether two reports may be one (疑似重复): near in place and time, and of one class; a picture or a text that says the same stands for the
 * class where a reporter chose another. Undefined where they are not. A person confirms; nothing is merged by itself.
 */
export function likenessOf(one: Seen, other: Seen, limits: DuplicateLimits): Likeness | undefined {
  const metres = metresBetween(one, other);
  const minutes = Math.abs(one.reportedAt.getTime() - other.reportedAt.getTime()) / 60_000;
  if (metres > limits.metres || minutes > limits.hours * 60) return undefined;
  const sameClass = one.class === other.class;
  const text = textLikeness(one.description, other.description);
  const bits = one.picture && other.picture ? bitsBetween(one.picture, other.picture) : null;
  const samePicture = bits !== null && bits <= limits.bits;
  if (!sameClass && !samePicture && text < SAME_WORDS) return undefined;
  return {
    metres: Math.round(metres),
    minutes: Math.round(minutes),
    sameClass,
    text: Math.round(text * 100) / 100,
    bits,
  };
}
/** Texts of different classes that share this much tell of one thing. */
const SAME_WORDS = 0.5;

/** The likelier first: one picture, then one class, then words, then nearness. */
export function likelierFirst(a: Likeness, b: Likeness): number {
  const rank = ({ bits, sameClass, text, metres }: Likeness): number =>
    (bits === null ? 0 : 64 - bits) / 32 + Number(sameClass) + text - metres / 1000;
  return rank(b) - rank(a);
}
