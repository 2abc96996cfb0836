/**
 * CSV (RFC 4180 and what spreadsheets make of it). Own parser on decoded text: `indexOf` finds line ends and delimiters, and only
 * records with a quote are walked through by character; measured against csv-parse in `bench/parse-large.ts`.
 */
import { decodeText } from '#platform/exchange/read/decode.ts';
import { headerColumns } from '#platform/exchange/read/columns.ts';
import { ReadError } from '#platform/exchange/read/read-error.ts';
import type { Delimiter, FormatReader, SourceRecord, SourceValue } from '#platform/exchange/read/types.ts';

/** A record longer than this is a quote that never closes, or no CSV. */
const MAX_RECORD = 8 * 1024 * 1024;

/** Streams records; the first record is the header, blank lines are skipped, empty cells are `null`. */
export const readCsv: FormatReader = async function* ({ bytes, info, chunkSize }) {
  if (bytes.head.subarray(0, 4096).includes(0) && bytes.head[0] !== 0xff && bytes.head[0] !== 0xfe) {
    throw new ReadError({ code: 'binary', text: { zh: '这不是文本文件（CSV）', en: 'this is not a text file (CSV)' } });
  }
  let columns: string[] | undefined;
  let row = 0;
  let chunk: SourceRecord[] = [];
  const texts = decodeText(bytes, (encoding) => {
    info.encoding = encoding;
  });
  for await (const records of splitRecords(texts, (delimiter) => {
    info.delimiter = delimiter;
  })) {
    for (const { cells, line } of records) {
      if (columns === undefined) {
        columns = headerColumns(cells, line);
        info.columns = columns;
        continue;
      }
      row += 1;
      chunk.push(toRecord({ columns, cells, row, line }));
      if (chunk.length >= chunkSize) {
        yield chunk;
        chunk = [];
      }
    }
  }
  if (columns === undefined)
    throw new ReadError({ code: 'empty', text: { zh: '文件是空的', en: 'the file is empty' } });
  if (chunk.length > 0) yield chunk;
};

function toRecord(input: { columns: string[]; cells: string[]; row: number; line: number }): SourceRecord {
  const { columns, cells, row, line } = input;
  const values: Record<string, SourceValue> = {};
  for (let i = 0; i < columns.length; i += 1) {
    const cell = cells[i];
    values[columns[i] as string] = cell === undefined || cell === '' ? null : cell;
  }
  if (cells.length === columns.length) return { row, line, values };
  // Empty cells behind the last column are what a spreadsheet leaves when a column was cleared: no fault.
  const extra = cells.slice(columns.length).some((cell) => cell !== '');
  return cells.length < columns.length || extra ? { row, line, values, cells: cells.length } : { row, line, values };
}

type RawRecord = { readonly cells: string[]; readonly line: number };

/** Splits text into records, one batch for each piece of text. */
async function* splitRecords(
  texts: AsyncIterable<string>,
  found: (delimiter: Delimiter) => void,
): AsyncGenerator<RawRecord[]> {
  let delimiter: Delimiter | undefined;
  let newline = '\n';
  let rest = '';
  let line = 1;
  for await (const piece of texts) {
    const text = rest === '' ? piece : rest + piece;
    if (delimiter === undefined) {
      if (text === '') continue;
      if (!text.includes('\n') && text.includes('\r')) newline = '\r';
      delimiter = detectDelimiter(text, newline);
      found(delimiter);
    }
    const part = parse({ text, delimiter, newline, line, last: false });
    rest = part.rest;
    line = part.line;
    if (rest.length > MAX_RECORD) throw tooLong(rest, line);
    if (part.records.length > 0) yield part.records;
  }
  if (rest === '' || delimiter === undefined) return;
  const part = parse({ text: rest, delimiter, newline, line, last: true });
  if (part.records.length > 0) yield part.records;
}

function tooLong(rest: string, line: number): ReadError {
  if (rest.includes('"')) return unterminated(line);
  return new ReadError({
    code: 'record-too-long',
    line,
    text: { zh: `第 ${line} 行过长，不像 CSV`, en: `line ${line} is too long for CSV` },
  });
}

function unterminated(line: number): ReadError {
  return new ReadError({
    code: 'unterminated-quote',
    line,
    text: { zh: `第 ${line} 行开始的引号没有结束`, en: `a quote in the record at line ${line} is never closed` },
  });
}

type Parsed = { readonly records: RawRecord[]; readonly rest: string; readonly line: number };

function parse(input: { text: string; delimiter: Delimiter; newline: string; line: number; last: boolean }): Parsed {
  const { text, delimiter, newline, last } = input;
  const records: RawRecord[] = [];
  let line = input.line;
  let at = 0;
  let quote = text.indexOf('"');
  while (at < text.length) {
    let end = text.indexOf(newline, at);
    if (end < 0) {
      if (!last) break;
      end = text.length;
    }
    if (quote < at && quote >= 0) quote = text.indexOf('"', at);
    if (quote < 0 || quote > end) {
      const stop = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
      if (stop > at) records.push({ cells: splitPlain(text, delimiter, at, stop), line });
      line += 1;
      at = end + 1;
      continue;
    }
    const quoted = splitQuoted({ text, delimiter, newline, at, line, last });
    if (quoted === undefined) break;
    if (quoted.cells.length > 1 || quoted.cells[0] !== '') records.push({ cells: quoted.cells, line });
    line += quoted.lines;
    at = quoted.next;
  }
  return { records, rest: at < text.length ? text.slice(at) : '', line };
}

function splitPlain(text: string, delimiter: Delimiter, start: number, stop: number): string[] {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const next = text.indexOf(delimiter, at);
    if (next < 0 || next >= stop) break;
    cells.push(text.slice(at, next));
    at = next + 1;
  }
  cells.push(text.slice(at, stop));
  return cells;
}

/** One record with quotes; `undefined` if it does not end within the text and more may come. */
function splitQuoted(input: {
  text: string;
  delimiter: Delimiter;
  newline: string;
  at: number;
  line: number;
  last: boolean;
}): { cells: string[]; next: number; lines: number } | undefined {
  const { text, delimiter, newline, last } = input;
  const cells: string[] = [];
  let at = input.at;
  let lines = 1;
  for (;;) {
    let cell = '';
    if (text.charCodeAt(at) === 34) {
      let from = at + 1;
      for (;;) {
        const close = text.indexOf('"', from);
        if (close < 0 || (close + 1 >= text.length && !last)) {
          if (last) throw unterminated(input.line);
          return undefined;
        }
        cell += text.slice(from, close);
        at = close + 1;
        if (text.charCodeAt(at) !== 34) break;
        cell += '"';
        from = at + 1;
      }
      for (let nl = cell.indexOf('\n'); nl >= 0; nl = cell.indexOf('\n', nl + 1)) lines += 1;
    }
    // A quote inside a bare cell is a plain character, as spreadsheets read it; so is text behind a closing quote.
    const comma = text.indexOf(delimiter, at);
    let end = text.indexOf(newline, at);
    if (end < 0) {
      if (!last) return undefined;
      end = text.length;
    }
    if (comma >= 0 && comma < end) {
      cells.push(cell + text.slice(at, comma));
      at = comma + 1;
      continue;
    }
    const stop = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    cells.push(cell + text.slice(at, stop));
    return { cells, next: end + 1, lines };
  }
}

/** The candidate that splits the first lines most evenly; a comma if none does. */
export function detectDelimiter(text: string, newline = '\n'): Delimiter {
  const sample = text.slice(0, 64 * 1024).replace(/"(?:[^"]|"")*"/g, '');
  const all = sample.split(newline);
  // The last line of the sample may be cut.
  const lines = (all.length > 1 ? all.slice(0, -1) : all).filter((line) => line.trim() !== '').slice(0, 20);
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const candidate of [',', ';', '\t', '|'] as const) {
    const counts = lines.map((line) => line.split(candidate).length - 1);
    const header = counts[0] ?? 0;
    if (header === 0) continue;
    const even = counts.filter((count) => count === header).length / counts.length;
    const score = even * 100 + Math.min(header, 50) / 100;
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}
