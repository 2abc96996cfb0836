/** Merged ranges of a sheet. They stand behind the rows, so they are looked for in a first pass over the bytes, without parsing. */

/** Inclusive; rows 1-based, columns 0-based. */
export type Merge = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number };

const MAX_MERGES = 100_000;
const REF = /<(?:[a-z]+:)?mergeCell [^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"/g;

/** Finds the merged ranges in the XML of a sheet, at most 100,000 of them. */
export async function findMerges(xml: AsyncIterable<Buffer>): Promise<Merge[]> {
  const merges: Merge[] = [];
  let rest = Buffer.alloc(0);
  for await (const piece of xml) {
    const joined = Buffer.concat([rest, piece]);
    if (joined.includes('mergeCell ')) {
      for (const match of joined.toString('latin1').matchAll(REF)) {
        const [, left = '', top, right = '', bottom] = match;
        merges.push({ top: Number(top), left: columnIndex(left), bottom: Number(bottom), right: columnIndex(right) });
        if (merges.length >= MAX_MERGES) return merges;
      }
      // What stands before the last tag was counted.
      const last = joined.lastIndexOf('<');
      rest = joined.indexOf('>', last) >= 0 ? Buffer.alloc(0) : joined.subarray(last);
    } else {
      rest = joined.subarray(Math.max(0, joined.length - 64));
    }
  }
  return merges;
}

/** Puts the first cell's value into the other cells of each range; called for each row in order. */
export function mergedFiller(merges: readonly Merge[]): (line: number, cells: (string | undefined)[]) => void {
  const pending = [...merges].sort((a, b) => a.top - b.top);
  let next = 0;
  let open: { merge: Merge; value: string | undefined }[] = [];
  return (line, cells) => {
    open = open.filter(({ merge }) => merge.bottom >= line);
    for (; next < pending.length && (pending[next]?.top ?? 0) <= line; next += 1) {
      const merge = pending[next];
      if (merge === undefined || merge.bottom < line) continue;
      open.push({ merge, value: merge.top === line ? cells[merge.left] : undefined });
    }
    for (const { merge, value } of open) {
      if (value === undefined) continue;
      for (let column = merge.left; column <= Math.min(merge.right, 16_383); column += 1) {
        if (!cells[column]) cells[column] = value;
      }
    }
  };
}

/** 0 for A, 25 for Z, 26 for AA. */
export function columnIndex(letters: string): number {
  let index = 0;
  for (let i = 0; i < letters.length; i += 1) index = index * 26 + letters.charCodeAt(i) - 64;
  return index - 1;
}
