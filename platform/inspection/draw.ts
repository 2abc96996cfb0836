import { hash } from 'node:crypto';

/** What a draw is made from (双随机、一公开): all of it can be published. */
export type DrawInput = {
  /** 64 hexadecimal digits, fixed before the pools are known to whoever draws, or made public afterwards. */
  seed: string;
  targets: readonly string[];
  howMany: number;
  inspectors: readonly string[];
  /** Inspectors of one task: two at least (行政处罚法 第四十二条). */
  perTask: number;
  /** Who may not inspect whom (回避): target → inspectors. */
  apart?: Readonly<Record<string, readonly string[]>>;
};
export type Drawn = { target: string; inspectors: string[] }[];

/** Order by SM3 over seed, pool and name: nobody can choose it, and anybody can compute it again. */
const rank = (seed: string, pool: string, name: string): string => hash('sm3', `${seed}\n${pool}\n${name}`, 'hex');
const ordered = (seed: string, pool: string, names: readonly string[]): string[] =>
  names
    .map((name) => ({ name, at: rank(seed, pool, name) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ name }) => name);

/** Digest of a pool, independent of the order in which it was listed. */
export const poolDigest = (names: readonly string[]): string =>
  hash('sm3', [...new Set(names)].sort().join('\n'), 'hex');

/**
 * Draws targets and inspectors (随机抽取检查对象、随机选派检查人员). Pure: the same input gives the same result on any machine. RangeError where
 * the pools do not hold enough.
 */
export function draw(input: DrawInput): Drawn {
  const { seed, howMany, perTask, apart = {} } = input;
  if (!/^[0-9a-f]{64}$/.test(seed)) throw new RangeError('a seed has 64 hexadecimal digits');
  const targets = [...new Set(input.targets)];
  const inspectors = [...new Set(input.inspectors)];
  if (howMany < 1 || howMany > targets.length) throw new RangeError(`cannot draw ${howMany} of ${targets.length}`);
  return ordered(seed, 'targets', targets)
    .slice(0, howMany)
    .map((target) => {
      const free = inspectors.filter((name) => !apart[target]?.includes(name));
      if (free.length < perTask) throw new RangeError(`too few inspectors for ${target}`);
      return { target, inspectors: ordered(seed, `inspectors\n${target}`, free).slice(0, perTask) };
    });
}
