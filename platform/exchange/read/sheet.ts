import { excelSerialToDate } from '#platform/kernel/dates.ts';
import { columnIndex } from '#platform/exchange/read/merges.ts';
import { ReadError } from '#platform/exchange/read/read-error.ts';
import { bareName, type Workbook, xmlParser } from '#platform/exchange/read/workbook.ts';

/** A row of a sheet; `cells` has holes where the file has none. */
export type SheetRow = { readonly line: number; readonly cells: (string | undefined)[] };

/** Streams the rows of a worksheet part, those of one piece of XML at a time. ReadError `too-many-rows` beyond `maxRows`. */
export async function* sheetRows(input: {
  xml: AsyncIterable<Buffer>;
  workbook: Workbook;
  maxRows: number;
}): AsyncGenerator<SheetRow[]> {
  const { workbook, maxRows } = input;
  const parser = xmlParser('sheet');
  let rows: SheetRow[] = [];
  let cells: (string | undefined)[] = [];
  let line = 0;
  let column = -1;
  let type = '';
  let style = 0;
  let text = '';
  let collecting = false;
  let phonetic = false;
  parser.on('opentag', (tag) => {
    const attributes = tag.attributes as Readonly<Record<string, string>>;
    switch (bareName(tag.name)) {
      case 'row': {
        line = attributes['r'] === undefined ? line + 1 : Number(attributes['r']);
        column = -1;
        cells = [];
        if (!(line <= maxRows)) throw tooManyRows(maxRows, line);
        break;
      }
      case 'c': {
        const letters = /^[A-Z]{1,3}/.exec(attributes['r'] ?? '')?.[0];
        column = letters === undefined ? column + 1 : columnIndex(letters);
        type = attributes['t'] ?? 'n';
        style = Number(attributes['s'] ?? 0);
        text = '';
        break;
      }
      case 'v':
        collecting = true;
        break;
      case 't':
        collecting = !phonetic;
        break;
      case 'rPh':
        phonetic = true;
        break;
      default:
    }
  });
  parser.on('text', (piece) => {
    if (collecting) text += piece;
  });
  parser.on('closetag', (tag) => {
    switch (bareName(tag.name)) {
      case 'v':
      case 't':
        collecting = false;
        break;
      case 'rPh':
        phonetic = false;
        break;
      case 'c':
        if (column >= 0 && column < 16_384) cells[column] = cellText({ type, style, text, workbook });
        break;
      case 'row':
        rows.push({ line, cells });
        break;
      default:
    }
  });
  const decoder = new TextDecoder('utf-8');
  for await (const piece of input.xml) {
    parser.write(decoder.decode(piece, { stream: true }));
    if (rows.length > 0) {
      yield rows;
      rows = [];
    }
  }
  parser.close();
  if (rows.length > 0) yield rows;
}

function tooManyRows(maxRows: number, line: number): ReadError {
  return new ReadError({
    code: 'too-many-rows',
    line,
    text: { zh: `工作表超过 ${maxRows} 行`, en: `the sheet has more than ${maxRows} rows` },
  });
}

function cellText(input: { type: string; style: number; text: string; workbook: Workbook }): string {
  const { type, style, text, workbook } = input;
  switch (type) {
    case 's':
      return workbook.strings[Number(text)] ?? '';
    case 'n': {
      if (text === '') return '';
      const kind = workbook.dateStyles[style];
      if (kind !== undefined) return serialText(Number(text), kind, workbook.dateSystem) ?? text;
      return plainNumber(text);
    }
    // str (formula text), inlineStr, b, e (#N/A …), d (ISO date): as written.
    default:
      return text;
  }
}

/** 0.10000000000000001 and 1.3E10 as people would write them; long integers keep all digits that the file has. */
function plainNumber(text: string): string {
  if (/^-?[0-9]+$/.test(text)) return text;
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  return String(value);
}

function serialText(serial: number, kind: 'date' | 'time', system: 1900 | 1904): string | undefined {
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400);
  // 23:59:59.9 rounds into the next day.
  const day = excelSerialToDate(seconds === 86_400 ? Math.floor(serial) + 1 : serial, system);
  if (!day.ok) return undefined;
  if (kind === 'date') return day.date;
  const time = new Date((seconds % 86_400) * 1000).toISOString().slice(11, 19);
  return time === '00:00:00' ? day.date : `${day.date} ${time}`;
}
