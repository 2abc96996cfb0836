import { neutralise } from '#platform/kernel/neutralise.ts';
import type { Field, Value } from '../schema.ts';

/** Formats of a download (下载格式) and what they are on the wire. */
export const FORMATS = {
  csv: { type: 'text/csv; charset=utf-8', extension: 'csv', name: 'CSV' },
  'csv-bom': { type: 'text/csv; charset=utf-8', extension: 'bom.csv', name: 'CSV (Excel)' },
  json: { type: 'application/json', extension: 'json', name: 'JSON' },
  jsonl: { type: 'application/x-ndjson', extension: 'jsonl', name: 'JSON Lines' },
  geojson: { type: 'application/geo+json', extension: 'geojson', name: 'GeoJSON' },
} as const;
export type Format = keyof typeof FORMATS;

export const isFormat = (text: string): text is Format => Object.hasOwn(FORMATS, text);

/** Writes a table as it comes, a lot of rows at a time: nothing but the lot stands in memory. */
export type Writer = { open: string; lot(rows: readonly (readonly Value[])[], first: boolean): string; close: string };

export function writerOf(format: Format, fields: readonly Field[]): Writer {
  switch (format) {
    case 'csv':
    case 'csv-bom':
      return {
        open: `${format === 'csv-bom' ? '\ufeff' : ''}${fields.map(({ name }) => cell(name)).join(',')}\r\n`,
        lot: (rows) => {
          let text = '';
          for (const row of rows) text += `${row.map(cell).join(',')}\r\n`;
          return text;
        },
        close: '',
      };
    case 'json':
      return {
        open: '[\n',
        lot: (rows, first) =>
          `${first ? '' : ',\n'}${rows.map((row) => JSON.stringify(recordOf(fields, row))).join(',\n')}`,
        close: '\n]\n',
      };
    case 'jsonl':
      return {
        open: '',
        lot: (rows) => rows.map((row) => `${JSON.stringify(recordOf(fields, row))}\n`).join(''),
        close: '',
      };
    case 'geojson':
      return {
        open: '{"type":"FeatureCollection","features":[\n',
        lot: (rows, first) => `${first ? '' : ',\n'}${rows.map((row) => feature(fields, row)).join(',\n')}`,
        close: '\n]}\n',
      };
  }
}

/** RFC 4180; a text that a spreadsheet would run is made harmless, a number stays a number. */
export function cell(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = neutralise(value);
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function recordOf(fields: readonly Field[], row: readonly Value[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ name, type }, at) => [name, type === 'geometry' ? shape(row[at]) : (row[at] ?? null)]),
  );
}

const shape = (value: Value | undefined): unknown =>
  typeof value === 'string' ? (JSON.parse(value) as unknown) : null;

function feature(fields: readonly Field[], row: readonly Value[]): string {
  const at = fields.findIndex(({ type }) => type === 'geometry');
  const properties = Object.fromEntries(
    fields.flatMap(({ name }, place) => (place === at ? [] : [[name, row[place] ?? null]])),
  );
  return JSON.stringify({ type: 'Feature', geometry: shape(row[at]), properties });
}
