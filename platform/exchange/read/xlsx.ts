/** XLSX (ECMA-376), streamed: ZIP by `yauzl`, sheet by `saxes`; only shared strings and the list of merged ranges stand in memory. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { headerColumns } from '#platform/exchange/read/columns.ts';
import { findMerges, type Merge, mergedFiller } from '#platform/exchange/read/merges.ts';
import { ReadError } from '#platform/exchange/read/read-error.ts';
import { type SheetRow, sheetRows } from '#platform/exchange/read/sheet.ts';
import type { ByteSource, FormatReader, SourceRecord, SourceValue } from '#platform/exchange/read/types.ts';
import { readWorkbook } from '#platform/exchange/read/workbook.ts';
import { openZip, type Zip } from '#platform/exchange/read/zip.ts';

/** Last row that a sheet can have; a file that reaches it was probably cut by the spreadsheet. */
export const MAX_SHEET_ROWS = 1_048_576;

/**
 * Streams the first visible sheet. The first row with a value is the header; title rows above it (one cell merged across)
 * are left out. Dates come as `YYYY-MM-DD` (with ` HH:mm:ss` where the format shows a time), formulas as their stored value,
 * merged cells as the value of their first cell.
 */
export const readXlsx: FormatReader = async function* ({ bytes, info, chunkSize }) {
  refuseNoZip(bytes.head);
  const spool = bytes.path === undefined ? await mkdtemp(join(tmpdir(), 'sheet-')) : undefined;
  let zip: Zip | undefined;
  try {
    let path = bytes.path;
    if (path === undefined) {
      path = join(spool ?? '', 'upload.xlsx');
      await pipeline(bytes, createWriteStream(path, { mode: 0o600 }));
    }
    zip = await openZip(path);
    const workbook = await readWorkbook(zip);
    const sheet = workbook.sheets.find((each) => !each.hidden);
    if (sheet === undefined)
      throw new ReadError({ code: 'no-sheet', text: { zh: '没有可读的工作表', en: 'there is no visible sheet' } });
    info.sheet = sheet.name;
    info.otherSheets = workbook.sheets.filter((each) => each !== sheet).map((each) => each.name);
    info.dateSystem = workbook.dateSystem;
    const merges = await findMerges(zip.open(sheet.part));
    yield* toRecords({
      rows: sheetRows({ xml: zip.open(sheet.part), workbook, maxRows: MAX_SHEET_ROWS }),
      merges,
      info,
      chunkSize,
    });
  } finally {
    zip?.close();
    if (spool !== undefined) await rm(spool, { recursive: true, force: true });
  }
};

async function* toRecords(input: {
  rows: AsyncGenerator<SheetRow[]>;
  merges: readonly Merge[];
  info: { columns: string[]; warnings: { zh: string; en: string }[] };
  chunkSize: number;
}): AsyncGenerator<SourceRecord[]> {
  const { merges, info, chunkSize } = input;
  const fill = mergedFiller(merges);
  let columns: string[] | undefined;
  let row = 0;
  let lastLine = 0;
  let chunk: SourceRecord[] = [];
  for await (const rows of input.rows) {
    for (const { line, cells } of rows) {
      lastLine = line;
      const title = columns === undefined && isTitle({ cells, line, merges });
      fill(line, cells);
      if (title || cells.every((cell) => cell === undefined || cell === '')) continue;
      if (columns === undefined) {
        columns = headerColumns(
          Array.from(cells, (cell) => cell ?? ''),
          line,
        );
        info.columns = columns;
        continue;
      }
      row += 1;
      const values: Record<string, SourceValue> = {};
      for (let i = 0; i < columns.length; i += 1) values[columns[i] as string] = cells[i] || null;
      const extra = cells.slice(columns.length).some((cell) => cell !== undefined && cell !== '');
      chunk.push(extra ? { row, line, values, cells: cells.length } : { row, line, values });
      if (chunk.length >= chunkSize) {
        yield chunk;
        chunk = [];
      }
    }
  }
  if (columns === undefined)
    throw new ReadError({ code: 'empty', text: { zh: '工作表是空的', en: 'the sheet is empty' } });
  if (lastLine >= MAX_SHEET_ROWS) {
    info.warnings.push({
      zh: '工作表已满 1,048,576 行，其后的数据可能在导出时丢失，请改用 CSV',
      en: 'the sheet is full (1,048,576 rows); what came after may have been lost on export, use CSV',
    });
  }
  if (chunk.length > 0) yield chunk;
}

/** A row whose only value is merged over two columns or more is the title above the header. */
function isTitle(input: { cells: readonly (string | undefined)[]; line: number; merges: readonly Merge[] }): boolean {
  const filled = input.cells.flatMap((cell, index) => (cell === undefined || cell === '' ? [] : [index]));
  if (filled.length !== 1) return false;
  return input.merges.some((merge) => merge.top === input.line && merge.left === filled[0] && merge.right > merge.left);
}

function refuseNoZip(head: ByteSource['head']): void {
  if (head.length === 0) throw new ReadError({ code: 'empty', text: { zh: '文件是空的', en: 'the file is empty' } });
  if (head[0] === 0x50 && head[1] === 0x4b) return;
  // The compound file of old .xls, which also wraps a workbook with a password.
  if (head.readUInt32BE(0) === 0xd0cf11e0) {
    throw new ReadError({
      code: 'encrypted',
      text: {
        zh: '这是旧版 .xls 或加密的表格，请另存为不加密的 .xlsx',
        en: 'this is an old .xls or a workbook with a password; save it as plain .xlsx',
      },
    });
  }
  throw new ReadError({ code: 'not-a-zip', text: { zh: '这不是 XLSX 表格文件', en: 'this is not an XLSX file' } });
}
