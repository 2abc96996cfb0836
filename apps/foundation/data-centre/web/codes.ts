/** Reads a table of codes as an officer types it: `男=1，女=2`. Undefined when there is none; unfinished pairs are left out. */
export function readCodes(text: string): Record<string, string> | undefined {
  const pairs = text
    .split(/[,，;；\n]+/)
    .map((pair) => pair.split(/[=＝]/).map((part) => part.trim()))
    .filter((pair): pair is [string, string] => pair.length === 2 && pair[0] !== '' && pair[1] !== '');
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

/** The same, the other way round. */
export function writeCodes(values: Record<string, string> | undefined): string {
  return Object.entries(values ?? {})
    .map(([from, to]) => `${from}=${to}`)
    .join('，');
}
