import { decodeText, detectEncoding } from '#platform/exchange/read/decode.ts';
import { detectShape, scanRecords, syntax } from '#platform/exchange/read/json-scan.ts';
import { ReadError } from '#platform/exchange/read/read-error.ts';
import type { ByteSource, FormatReader, SourceRecord, SourceValue } from '#platform/exchange/read/types.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** JSON: an array of objects, an object holding one, or one object a line. Scalars become text, objects and arrays stay. */
export const readJson: FormatReader = (input) => readObjects({ ...input, toValues: (object) => cells(object) });

/** GeoJSON (RFC 7946) FeatureCollection, array or lines of features: properties are columns, beside `geometry` and `id`. */
export const readGeojson: FormatReader = (input) => {
  const crs = /"crs"\s*:\s*\{[^{}]*"properties"\s*:\s*\{\s*"name"\s*:\s*"([^"]+)"/.exec(
    input.bytes.head.toString('utf8'),
  )?.[1];
  if (crs !== undefined) input.info.crs = crs;
  return readObjects({
    ...input,
    toValues: (feature, line) => {
      if (feature['type'] !== 'Feature')
        throw syntax(line, { zh: `第 ${line} 行：不是 GeoJSON 要素`, en: `line ${line}: not a GeoJSON feature` });
      const properties = feature['properties'];
      const values = isObject(properties) ? cells(properties) : {};
      if (!('id' in values) && (typeof feature['id'] === 'string' || typeof feature['id'] === 'number'))
        values['id'] = String(feature['id']);
      const geometry = feature['geometry'];
      values['geometry'] = isObject(geometry) ? geometry : null;
      return values;
    },
  });
};

async function* readObjects(
  input: Parameters<FormatReader>[0] & { toValues: (object: JsonObject, line: number) => Record<string, SourceValue> },
): AsyncGenerator<SourceRecord[]> {
  const { bytes, info, chunkSize, toValues } = input;
  if (bytes.head.length === 0)
    throw new ReadError({ code: 'empty', text: { zh: '文件是空的', en: 'the file is empty' } });
  const shape = detectShape(decodeHead(bytes));
  const texts = decodeText(bytes, (encoding) => {
    info.encoding = encoding;
  });
  let row = 0;
  let chunk: SourceRecord[] = [];
  const announce = (): void => {
    if (info.columns.length === 0) info.columns = [...new Set(chunk.flatMap((record) => Object.keys(record.values)))];
  };
  for await (const pieces of scanRecords(texts, shape)) {
    for (const { text, line } of pieces) {
      row += 1;
      chunk.push({ row, line, values: toValues(parseObject(text, line), line) });
      if (chunk.length >= chunkSize) {
        announce();
        yield chunk;
        chunk = [];
      }
    }
  }
  announce();
  if (chunk.length > 0) yield chunk;
}

const LONG_NUMBER = /[0-9]{16}/;
/** Where such a number may stand outside quotes; the reviver is ten times slower, and most long numbers are quoted. */
const BARE_LONG_NUMBER = /[:,[]\s*-?[0-9]{16}/;
type SourceReviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;
/** Keeps a number that a double cannot hold (an identity number without quotes) as its text. */
const keepLongNumbers: SourceReviver = function (_key, value, context) {
  return typeof value === 'number' && context?.source !== undefined && LONG_NUMBER.test(context.source)
    ? context.source
    : value;
};

function parseObject(text: string, line: number): JsonObject {
  try {
    return JSON.parse(text, BARE_LONG_NUMBER.test(text) ? keepLongNumbers : undefined) as JsonObject;
  } catch (cause) {
    throw new ReadError({
      code: 'json-syntax',
      line,
      cause,
      text: { zh: `第 ${line} 行开始的记录不是有效的 JSON`, en: `the record at line ${line} is not valid JSON` },
    });
  }
}

function cells(object: JsonObject): Record<string, SourceValue> {
  const values: Record<string, SourceValue> = {};
  for (const key of Object.keys(object)) {
    // JSON.parse makes it an own property; assigning it would change the prototype.
    if (key === '__proto__') continue;
    const value = object[key];
    if (typeof value === 'string') values[key] = value === '' ? null : value;
    else if (value === null || value === undefined) values[key] = null;
    else values[key] = typeof value === 'object' ? (value as SourceValue) : String(value);
  }
  return values;
}

function decodeHead(bytes: ByteSource): string {
  const text = new TextDecoder(detectEncoding(bytes.head)).decode(bytes.head);
  return text;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
