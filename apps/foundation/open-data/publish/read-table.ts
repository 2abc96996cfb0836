import type { Field, Kind, Role, Table, Value } from '../schema.ts';
import { TableUnreadable } from '../errors.ts';

export type DeclaredColumn = { name: string; zh?: string; en?: string; role?: Role };
const NAME = /^[a-z][a-z0-9_]{0,59}$/;
/** Most rows that are typed in or uploaded by hand; larger sets are derived. */
const MOST_ROWS = 200_000;

/** Reads an uploaded CSV (RFC 4180, UTF-8, names in the first line) as a table; types are found in the values. */
export function readTable(options: { csv: string; about: Table['about']; columns: readonly DeclaredColumn[] }): Table {
  const { csv, about, columns } = options;
  const [header, ...lines] = recordsOf(csv.replace(/^\ufeff/, ''));
  if (
    !header ||
    header.length === 0 ||
    header.some((name) => !NAME.test(name)) ||
    new Set(header).size !== header.length
  )
    throw TableUnreadable.with({ extra: { at: 'header' } });
  const wrong = lines.findIndex((line) => line.length !== header.length);
  if (wrong >= 0) throw TableUnreadable.with({ extra: { line: wrong + 2 } });
  if (lines.length === 0 || lines.length > MOST_ROWS) throw TableUnreadable.with({ extra: { rows: lines.length } });
  const fields = header.map((name, at): Field => {
    const declared = columns.find((column) => column.name === name);
    const title = { zh: declared?.zh ?? name, en: declared?.en ?? name };
    return {
      name,
      title,
      type: kindOf(
        lines.map((line) => line[at] ?? ''),
        name,
      ),
      ...(declared?.role ? { role: declared.role } : {}),
    };
  });
  return {
    about,
    fields,
    rows: lines.map((line) => line.map((text, at) => valueOf(text, fields[at]?.type ?? 'string'))),
  };
}

function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  const end = () => {
    record.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === ',') end();
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[at + 1] === '\n') at += 1;
      end();
      if (record.length > 1 || record[0] !== '') records.push(record);
      record = [];
    } else cell += sign;
  }
  if (quoted) throw TableUnreadable.with({ extra: { at: 'quote' } });
  if (cell !== '' || record.length > 0) {
    end();
    records.push(record);
  }
  return records;
}

function kindOf(values: readonly string[], name: string): Kind {
  const filled = values.filter((value) => value !== '');
  if (filled.length === 0) return 'string';
  if (name === 'geometry' && filled.every((value) => value.startsWith('{"type"'))) return 'geometry';
  // Codes with leading zeros are text, and so is what a number could not hold.
  if (filled.every((value) => /^-?(0|[1-9]\d{0,14})$/.test(value))) return 'integer';
  if (filled.every((value) => /^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(value))) return 'number';
  if (filled.every((value) => /^\d{4}-\d{2}-\d{2}$/.test(value))) return 'date';
  return 'string';
}

function valueOf(text: string, kind: Kind): Value {
  if (text === '') return null;
  return kind === 'integer' || kind === 'number' ? Number(text) : text;
}
