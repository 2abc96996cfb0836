import type { Readable } from 'node:stream';
import { openBytes } from '#platform/exchange/read/bytes.ts';
import { readCsv } from '#platform/exchange/read/csv.ts';
import { readGeojson, readJson } from '#platform/exchange/read/json.ts';
import { readOsmXml } from '#platform/exchange/read/osm-xml.ts';
import type { FileFormat, FormatReader, ReadInfo, RecordReader, SourceRecord } from '#platform/exchange/read/types.ts';
import { readXlsx } from '#platform/exchange/read/xlsx.ts';

export { ReadError, type ReadFault } from '#platform/exchange/read/read-error.ts';
export type * from '#platform/exchange/read/types.ts';

export type ReadInput = {
  /** A stream of bytes, or the path of a local file. */
  readonly stream: Readable | string;
  /** As the uploader called it; its ending is one hint at the format. */
  readonly fileName?: string;
  readonly format?: FileFormat;
  /** Records in a chunk; default 500. */
  readonly chunkSize?: number;
  /** Limit of the unpacked size in bytes; default 8 GiB. */
  readonly maxBytes?: number;
};

const READERS: Readonly<Record<FileFormat, FormatReader>> = {
  csv: readCsv,
  xlsx: readXlsx,
  json: readJson,
  geojson: readGeojson,
  'osm-xml': readOsmXml,
};

/**
 * Reads a department file of any format, packed with gzip or not, in bounded memory: the next chunk is read when the last one
 * has been taken. Faults of the file throw `ReadError`; chunks before the fault have been given already, so a caller loads
 * into an invisible batch and publishes it at the end.
 */
export function readRecords(input: ReadInput): RecordReader {
  let state: { info: ReadInfo; chunks: AsyncGenerator<SourceRecord[]> } | undefined;
  let opening: Promise<NonNullable<typeof state>> | undefined;
  let first: Promise<IteratorResult<SourceRecord[]>> | undefined;

  const open = (): Promise<NonNullable<typeof state>> => {
    opening ??= (async () => {
      const bytes = await openBytes({ source: input.stream, maxBytes: input.maxBytes ?? 8 * 2 ** 30 });
      const format = input.format ?? detectFormat({ head: bytes.head, fileName: input.fileName ?? bytes.path });
      const info: ReadInfo = { format, gzip: bytes.gzip, columns: [], warnings: [] };
      return { info, chunks: READERS[format]({ bytes, info, chunkSize: input.chunkSize ?? 500 }) };
    })();
    return opening;
  };
  const start = (): Promise<IteratorResult<SourceRecord[]>> => {
    first ??= open().then(({ chunks }) => chunks.next());
    return first;
  };
  async function* iterate(): AsyncGenerator<SourceRecord[]> {
    let next = await start();
    const { chunks } = await open();
    try {
      for (; next.done !== true; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return(undefined);
    }
  }
  return {
    async info() {
      await start();
      return (await open()).info;
    },
    [Symbol.asyncIterator]: iterate,
  };
}

/** By content where that is certain (ZIP, XML, JSON), by the ending for the rest; CSV if nothing speaks against it. */
export function detectFormat(input: { head: Buffer; fileName?: string }): FileFormat {
  const name = (input.fileName ?? '').toLowerCase().replace(/\.gz$/, '');
  if (input.head[0] === 0x50 && input.head[1] === 0x4b && input.head[2] === 3 && input.head[3] === 4) return 'xlsx';
  if (/\.xlsx?$/.test(name)) return 'xlsx';
  if (name.endsWith('.csv') || name.endsWith('.tsv') || name.endsWith('.txt')) return 'csv';
  const start = input.head
    .toString('latin1', 0, 65_536)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (name.endsWith('.osm') || (start.startsWith('<') && /<osm[\s>]/.test(start))) return 'osm-xml';
  if (name.endsWith('.geojson') || /^[[{][\s\S]*?"type"\s*:\s*"Feature(?:Collection)?"/.test(start)) return 'geojson';
  return /^[[{]/.test(start) || /\.(?:json|ndjson|jsonl)$/.test(name) ? 'json' : 'csv';
}
