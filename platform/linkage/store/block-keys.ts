import type { Space, Stated } from '../model/space.ts';
import { keyOf } from '../engine/blocks.ts';
import { partReader, readTable } from '../engine/table.ts';
import type { Parameters } from '../model/parameters.ts';

export type BlockKey = { readonly at: number; readonly pass: number; readonly key: number };

/** Block keys of some records (`at` = place in the list) as numbers: the same that the engine makes in memory for the same model. */
export function blockKeys(options: { space: Space; parameters: Parameters; stated: readonly Stated[] }): BlockKey[] {
  const { space, parameters, stated } = options;
  const table = readTable(space, stated);
  const part = partReader(table);
  return space.passes.flatMap((pass, number) => {
    const crowded = new Set(parameters.crowded[pass.name]);
    const keys = pass.keys.map(part);
    const finer = [...keys, ...pass.split.map(part)];
    const has = (columns: typeof keys, at: number): boolean => columns.every(({ ids }) => (ids[at] as number) >= 0);
    return stated.flatMap((_, at): BlockKey[] => {
      if (!has(keys, at)) return [];
      const key = keyOf(keys, at);
      if (!crowded.has(key)) return [{ at, pass: number, key }];
      return has(finer, at) ? [{ at, pass: number, key: keyOf(finer, at) }] : [];
    });
  });
}
