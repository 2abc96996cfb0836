import { Readable } from 'node:stream';
import { setting, SourceProblem } from './connector.ts';

/** One declared table or view of a source database: nothing else is read, and no text of SQL is taken from anybody. */
export type SourceTable = {
  table: string[];
  columns: string[];
  /** Column that grows with every change, and the key that orders rows of one moment. */
  watermark: string;
  key: string[];
};

/** How far a table was read: the values of watermark and key of the last row, as text. */
export type TablePlace = string[];

const NAME = /^[\p{L}_][\p{L}\p{N}_$ -]{0,62}$/u;
/** Rows that are asked for at once. */
export const PAGE = 5_000;

export function readTable(settings: Record<string, unknown>): SourceTable {
  const names = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  const table = {
    table: setting(settings, 'table').split('.'),
    columns: names(settings.columns),
    watermark: setting(settings, 'watermark'),
    key: names(settings.key),
  };
  const all = [...table.table, ...table.columns, table.watermark, ...table.key];
  if (
    table.columns.length === 0 ||
    table.key.length === 0 ||
    table.table.length > 2 ||
    !all.every((name) => NAME.test(name))
  )
    throw new SourceProblem('SETTING_WRONG', {
      zh: '表名、列名、水位列或主键列不合规',
      en: 'Table, columns, watermark column or key are not as they must be',
    });
  return table;
}

export function readPlace(watermark: string | null, table: SourceTable): TablePlace | undefined {
  if (watermark === null) return undefined;
  const place = JSON.parse(watermark) as TablePlace;
  return place.length === 1 + table.key.length ? place : undefined;
}

/** Columns of the select list: what was declared, then watermark and key once more under names of their own. */
export function selectList(
  table: SourceTable,
  quote: (name: string) => string,
  text: (column: string) => string,
): string {
  return [
    ...table.columns.map(quote),
    ...[table.watermark, ...table.key].map((column, at) => `${text(quote(column))} as ${quote(`__place${at}`)}`),
  ].join(', ');
}

/** Takes the place out of a row. */
export function splitRow(
  row: Record<string, unknown>,
  table: SourceTable,
): { row: Record<string, unknown>; place: TablePlace } {
  const place = [table.watermark, ...table.key].map((_column, at) => {
    const value = row[`__place${at}`];
    if (value === null || value === undefined)
      throw new SourceProblem('WATERMARK_EMPTY', {
        zh: '水位列或主键列有空值，无法增量读取',
        en: 'The watermark or key column holds empty values: changes cannot be followed',
      });
    return String(value);
  });
  return { row: Object.fromEntries(table.columns.map((column) => [column, row[column]])), place };
}

/** Says which declared columns a table does not have, where a query failed because of one. */
export function lostColumns(table: SourceTable, there: readonly string[], cause: unknown): SourceProblem {
  const have = new Set(there);
  const lost = [...new Set([...table.columns, table.watermark, ...table.key])].filter((column) => !have.has(column));
  return new SourceProblem(
    'COLUMNS_CHANGED',
    { zh: `来源表少了列：${lost.join('、')}`, en: `The source table has lost columns: ${lost.join(', ')}` },
    cause,
    lost,
  );
}

/**
 * What a query gives, as bytes. A query that fails while nobody listens (the reader has just stopped for another reason) must not end
 * the process; whoever reads is told all the same.
 */
export function rowStream(rows: AsyncIterable<string>): Readable {
  return Readable.from(rows, { objectMode: false, highWaterMark: 2 ** 18 }).on('error', () => undefined);
}
