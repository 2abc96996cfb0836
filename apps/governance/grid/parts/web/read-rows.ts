/** A row of a file of parts; numbers as they stand, so that the server names what is wrong with them. */
export type PartLine = { code: string; lon: number; lat: number; owner: string; keeper: string; installed?: string };

const WANTED = ['code', 'lon', 'lat', 'owner', 'keeper'] as const;

/** Reads a CSV of parts (部件表): names in the first line, quotes as in RFC 4180 within a line. Undefined without the columns that it must have. */
export function readPartLines(text: string): PartLine[] | undefined {
  const [head = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const names = cells(head).map((name) => name.trim().toLowerCase());
  if (!WANTED.every((name) => names.includes(name))) return undefined;
  return lines.map((line) => {
    const values = cells(line);
    const of = (name: string): string => (values[names.indexOf(name)] ?? '').trim();
    const installed = names.includes('installed') ? of('installed') : '';
    return {
      code: of('code'),
      lon: Number(of('lon') || Number.NaN),
      lat: Number(of('lat') || Number.NaN),
      owner: of('owner'),
      keeper: of('keeper'),
      ...(installed ? { installed } : {}),
    };
  });
}

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'),
  );
}
