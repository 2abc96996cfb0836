/** Streaming writers for the formats that departments deliver. Memory stays at one buffer; no time stamp gets into a file. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Gzip, Zip, ZipDeflate } from 'fflate';

/** One row: column heading to cell text, or a number; for GeoJSON the key `geometry` holds the shape. */
export type Row = Record<string, unknown>;

export interface RowWriter {
  write(row: Row): void;
  close(): void;
}

interface Sink {
  push(bytes: Uint8Array): void;
  close(): void;
}

function fileSink(path: string): Sink {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  const put = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  };
  return { push: put, close: () => closeSync(file) };
}

function gzipSink(path: string): Sink {
  const file = fileSink(path);
  const gzip = new Gzip({ mtime: 0, level: 6 }, (chunk) => file.push(chunk));
  return {
    push: (bytes) => gzip.push(bytes),
    close: () => {
      gzip.push(new Uint8Array(0), true);
      file.close();
    },
  };
}

const utf8 = new TextEncoder();
let gbkTable: Map<string, number> | undefined;

/** Bytes of a text in GBK; Node decodes GBK but does not encode it, so the table is turned round once. */
export function encodeGbk(text: string): Uint8Array {
  if (gbkTable === undefined) {
    gbkTable = new Map();
    const decoder = new TextDecoder('gbk', { fatal: false });
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        if (trail === 0x7f) continue;
        const letter = decoder.decode(Uint8Array.of(lead, trail));
        if (letter.length === 1 && letter !== '\ufffd' && !gbkTable.has(letter))
          gbkTable.set(letter, lead * 256 + trail);
      }
    }
  }
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.charCodeAt(0);
    if (code < 0x80) bytes.push(code);
    else {
      const pair = gbkTable.get(letter);
      if (pair === undefined) throw new RangeError(`GBK has no ${letter}`);
      bytes.push(pair >> 8, pair & 255);
    }
  }
  return Uint8Array.from(bytes);
}

function buffered(sink: Sink, encode: (text: string) => Uint8Array): { text(part: string): void; close(): void } {
  let parts: string[] = [];
  let size = 0;
  const flush = (): void => {
    if (size > 0) sink.push(encode(parts.join('')));
    parts = [];
    size = 0;
  };
  return {
    text: (part) => {
      parts.push(part);
      size += part.length;
      if (size > 200_000) flush();
    },
    close: () => {
      flush();
      sink.close();
    },
  };
}

export interface CsvOptions {
  path: string;
  columns: readonly string[];
  separator?: ',' | ';';
  encoding?: 'utf8' | 'utf8-bom' | 'gbk';
  gzip?: boolean;
}

/** Comma- or semicolon-separated text, quoted where needed, CRLF line ends as office programs write them. */
export function csvWriter({ path, columns, separator = ',', encoding = 'utf8', gzip = false }: CsvOptions): RowWriter {
  const out = buffered(
    gzip ? gzipSink(path) : fileSink(path),
    encoding === 'gbk' ? encodeGbk : (text) => utf8.encode(text),
  );
  const cell = (value: unknown): string => {
    const text = value === undefined || value === null ? '' : String(value);
    return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  out.text(`${encoding === 'utf8-bom' ? '\ufeff' : ''}${columns.map(cell).join(separator)}\r\n`);
  return {
    write: (row) => out.text(`${columns.map((column) => cell(row[column])).join(separator)}\r\n`),
    close: out.close,
  };
}

/** A JSON array, one object a line. */
export function jsonWriter({ path }: { path: string }): RowWriter {
  const out = buffered(fileSink(path), (text) => utf8.encode(text));
  let first = true;
  out.text('[');
  return {
    write: (row) => {
      out.text(`${first ? '' : ','}\n${JSON.stringify(row)}`);
      first = false;
    },
    close: () => {
      out.text('\n]\n');
      out.close();
    },
  };
}

/** One JSON object a line. */
export function ndjsonWriter({ path }: { path: string }): RowWriter {
  const out = buffered(fileSink(path), (text) => utf8.encode(text));
  return { write: (row) => out.text(`${JSON.stringify(row)}\n`), close: out.close };
}

/** A GeoJSON FeatureCollection; the row's `geometry` becomes the geometry, all else properties. */
export function geojsonWriter({ path, gzip = false }: { path: string; gzip?: boolean }): RowWriter {
  const out = buffered(gzip ? gzipSink(path) : fileSink(path), (text) => utf8.encode(text));
  let first = true;
  out.text('{"type":"FeatureCollection","features":[');
  return {
    write: ({ geometry, ...properties }) => {
      out.text(`${first ? '' : ','}\n${JSON.stringify({ type: 'Feature', properties, geometry: geometry ?? null })}`);
      first = false;
    },
    close: () => {
      out.text('\n]}\n');
      out.close();
    },
  };
}

const xml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** One-sheet workbook with inline strings. A workbook library would stamp the clock into the archive. */
export function xlsxWriter({
  path,
  columns,
  sheet,
}: {
  path: string;
  columns: readonly string[];
  sheet: string;
}): RowWriter {
  const file = fileSink(path);
  const zip = new Zip((error, chunk, last) => {
    if (error) throw error;
    file.push(chunk);
    if (last) file.close();
  });
  const entry = (name: string): ZipDeflate => {
    const part = new ZipDeflate(name, { level: 6 });
    part.mtime = '2026-01-01T00:00:00';
    zip.add(part);
    return part;
  };
  const whole = (name: string, text: string): void =>
    entry(name).push(utf8.encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`), true);
  const types = 'http://schemas.openxmlformats.org';
  whole(
    '[Content_Types].xml',
    `<Types xmlns="${types}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  );
  whole(
    '_rels/.rels',
    `<Relationships xmlns="${types}/package/2006/relationships"><Relationship Id="rId1" Type="${types}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  whole(
    'xl/workbook.xml',
    `<workbook xmlns="${types}/spreadsheetml/2006/main" xmlns:r="${types}/officeDocument/2006/relationships"><sheets><sheet name="${xml(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  );
  whole(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${types}/package/2006/relationships"><Relationship Id="rId1" Type="${types}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  );
  const body = entry('xl/worksheets/sheet1.xml');
  const out = buffered({ push: (bytes) => body.push(bytes), close: () => body.push(new Uint8Array(0), true) }, (text) =>
    utf8.encode(text),
  );
  const letters = columns.map((_, i) => String.fromCharCode(65 + i));
  let line = 0;
  const put = (values: unknown[]): void => {
    line += 1;
    const cells = values.map((value, i) => {
      if (value === '' || value === undefined) return '';
      const place = `${letters[i]}${line}`;
      return typeof value === 'number'
        ? `<c r="${place}"><v>${value}</v></c>`
        : `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${xml(String(value))}</t></is></c>`;
    });
    out.text(`<row r="${line}">${cells.join('')}</row>`);
  };
  out.text(
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${types}/spreadsheetml/2006/main"><sheetData>`,
  );
  put([...columns]);
  return {
    write: (row) => put(columns.map((column) => row[column])),
    close: () => {
      out.text('</sheetData></worksheet>');
      out.close();
      zip.end();
    },
  };
}
