import type { Space, Stated } from '../model/space.ts';
import { partReader, readTable } from '../engine/table.ts';
import { digestOf, keyNumber, type Parameters } from '../model/parameters.ts';

export type BlockKey = { readonly at: number; readonly pass: number; readonly key: number };

/** Block keys of some records (`at` = place in the list) as numbers: the same that the engine makes in memory for the same model. */
export function blockKeys(options: { space: Space; parameters: Parameters; stated: readonly Stated[] }): BlockKey[] {
  const { space, parameters, stated } = options;
  const table = readTable(space, stated);
  const part = partReader(table);
  return space.passes.flatMap((pass, number) => {
    const crowded = new Set(parameters.crowded[pass.name]);
    const keys = pass.keys.map(part);
    const split = pass.split.map(part);
    return stated.flatMap((_, at): BlockKey[] => {
      const texts = (columns: typeof keys): string[] | undefined => {
        const found = columns.map(({ ids, texts: all }) => all[ids[at] as number]);
        return found.includes(undefined) ? undefined : (found as string[]);
      };
      const own = texts(keys);
      if (own === undefined) return [];
      const text = own.join(SEPARATOR);
      if (!crowded.has(digestOf(text))) return [{ at, pass: number, key: keyNumber(text) }];
      const finer = texts(split);
      return finer === undefined ? [] : [{ at, pass: number, key: keyNumber([text, ...finer].join(SEPARATOR)) }];
    });
  });
}

/** As the engine joins the parts of a key. */
const SEPARATOR = '\u001f';
