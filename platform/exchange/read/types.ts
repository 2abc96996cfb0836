import type { Text } from '#platform/kernel/text.ts';

/** Formats that a department file may have. */
export type FileFormat = 'csv' | 'xlsx' | 'json' | 'geojson' | 'osm-xml';
export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';
export type Delimiter = ',' | ';' | '\t' | '|';

/** A cell. Scalars are their text as written (long numbers keep every digit); `null` is "no value"; objects are JSON and geometry. */
export type SourceValue = string | null | { readonly [key: string]: unknown } | readonly unknown[];

/** One record of a file, whatever the format. */
export type SourceRecord = {
  /** 1-based number of the record, header and blank lines not counted: the same in every format. */
  readonly row: number;
  /** Where to look: line of a text file (the first of the record), row of a sheet. */
  readonly line?: number;
  readonly values: Record<string, SourceValue>;
  /** Number of cells, only where it differs from the header: the values may stand under wrong columns. */
  readonly cells?: number;
};

/** What the reader found out about the file. */
export type ReadInfo = {
  readonly format: FileFormat;
  readonly gzip: boolean;
  encoding?: TextEncoding;
  delimiter?: Delimiter;
  /** Columns in file order; for JSON, GeoJSON and OSM those of the first chunk (others may turn up later). */
  columns: string[];
  /** Name of the sheet read, and of those left aside. */
  sheet?: string;
  otherSheets?: string[];
  /** Date system of the workbook. */
  dateSystem?: 1900 | 1904;
  /** Coordinate reference as the GeoJSON file states it. */
  crs?: string;
  /** Things a person should know, complete when reading has ended. */
  warnings: Text[];
};

/** Records in chunks. Iterate once; leaving the loop early closes the file. */
export type RecordReader = AsyncIterable<SourceRecord[]> & {
  /** What is known of the file; reads its beginning if nothing has been read yet. Rejects with `ReadError`. */
  info(): Promise<ReadInfo>;
};

/** What each format's reader gets and gives. */
export type FormatReader = (input: {
  readonly bytes: ByteSource;
  readonly info: ReadInfo;
  readonly chunkSize: number;
}) => AsyncGenerator<SourceRecord[]>;

/** Decompressed bytes, with the first of them to look at. */
export type ByteSource = AsyncIterable<Buffer> & {
  readonly head: Buffer;
  readonly gzip: boolean;
  /** Path of an uncompressed local file, where the format needs random access. */
  readonly path?: string;
};
