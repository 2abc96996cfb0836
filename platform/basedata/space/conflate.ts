/**
 * Which outline of a new survey is which building of the register (轮廓匹配). Pure: it sees how much outlines share, never the outlines.
 * One building may be measured as several parts, several as one whole; both are kept as such, nothing is thrown away.
 */
export type Overlap = {
  before: string;
  after: string;
  /** Shared area over joint area (交并比), 0…1. */
  iou: number;
  /** Shared area over the area of each, 0…1. */
  ofBefore: number;
  ofAfter: number;
  /** Between the centroids, metres. */
  metres: number;
  /** Both have an address and it is the same; false where they differ; undefined where one has none. */
  sameAddress: boolean | undefined;
};

export type Link = { before: string; after: string; relation: 'same' | 'part' | 'whole' };
export type Conflation = {
  links: Link[];
  /** Outlines for people, with the buildings that they touch. */
  open: { after: string; near: string[] }[];
};

/** Outlines with this intersection over union are one house. */
const SAME_IOU = 0.6;
/** Centroids nearer than this, and one address, are one house; metres. */
const SAME_METRES = 5;
/** An outline that lies in another by this share is a part of it; parts that cover it by this share are the whole of it. */
const COVER = 0.6;

export function conflate(options: { after: readonly string[]; overlaps: readonly Overlap[] }): Conflation {
  const { overlaps } = options;
  const links: Link[] = [];
  const done = { before: new Set<string>(), after: new Set<string>() };
  const link = (one: Link): void => {
    links.push(one);
    done.before.add(one.before);
    done.after.add(one.after);
  };
  // Groups first: the largest of three parts may by itself be like the whole.
  for (const [before, parts] of groupBy(
    overlaps.filter((o) => o.ofAfter >= COVER),
    (o) => o.before,
  ))
    if (parts.length > 1 && sum(parts, (o) => o.ofBefore) >= COVER)
      for (const { after } of parts) if (!done.after.has(after)) link({ before, after, relation: 'part' });
  for (const [after, parts] of groupBy(
    overlaps.filter((o) => o.ofBefore >= COVER),
    (o) => o.after,
  ))
    if (!done.after.has(after) && parts.length > 1 && sum(parts, (o) => o.ofAfter) >= COVER)
      for (const { before } of parts) if (!done.before.has(before)) link({ before, after, relation: 'whole' });
  const alike = overlaps.filter((o) => o.iou >= SAME_IOU || (o.metres < SAME_METRES && o.sameAddress === true));
  for (const { before, after } of [...alike].sort((a, b) => b.iou - a.iou || a.metres - b.metres))
    if (!done.before.has(before) && !done.after.has(after)) link({ before, after, relation: 'same' });
  const open = options.after
    .filter((after) => !done.after.has(after))
    .map((after) => ({ after, near: overlaps.filter((o) => o.after === after).map((o) => o.before) }));
  return { links, open };
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((total, item) => total + value(item), 0);
