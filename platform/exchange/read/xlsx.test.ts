import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReadError, readRecords, type ReadInfo, type SourceRecord } from '#platform/exchange/read/read-records.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'xlsx-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function read(stream: string | Readable): Promise<{ records: SourceRecord[]; info: ReadInfo }> {
  const reader = readRecords({ stream, fileName: 'x.xlsx' });
  const records: SourceRecord[] = [];
  for await (const chunk of reader) records.push(...chunk);
  return { records, info: await reader.info() };
}
const codeOf = (bytes: Buffer): Promise<string> =>
  read(Readable.from([bytes])).then(
    () => 'none',
    (error: unknown) => (error instanceof ReadError ? error.code : String(error)),
  );

async function sample(date1904: boolean): Promise<string> {
  const book = new ExcelJS.Workbook();
  book.properties.date1904 = date1904;
  const sheet = book.addWorksheet('人员');
  sheet.addRow(['瑞金二路街道人员表']);
  sheet.mergeCells('A1:D1');
  sheet.addRow(['姓名', '出生日期', '身份证号', '合计']);
  sheet.addRow(['张三', new Date(Date.UTC(1985, 1, 1)), '310101198502011234', { formula: '1+1', result: 2 }]);
  sheet.addRow(['李四', new Date(Date.UTC(1990, 11, 31, 8, 30)), 12345678901, 0.1]);
  sheet.addRow([{ richText: [{ text: '王' }, { text: '五', font: { bold: true } }] }, '1985-02-30', null, true]);
  sheet.addRow([null, null, 'x', null]);
  sheet.mergeCells('A5:A6');
  sheet.getCell('B3').numFmt = 'yyyy"年"m"月"d"日"';
  sheet.getCell('B4').numFmt = 'yyyy-mm-dd hh:mm';
  book.addWorksheet('说明');
  const file = join(dir, `${date1904}.xlsx`);
  await book.xlsx.writeFile(file);
  return file;
}

const XML = '<?xml version="1.0"?>';
function handmade(sheetData: string): Buffer {
  return Buffer.from(
    zipSync({
      'xl/workbook.xml': strToU8(
        `${XML}<workbook xmlns:r="r"><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ),
      'xl/worksheets/sheet1.xml': strToU8(`${XML}<worksheet><sheetData>${sheetData}</sheetData></worksheet>`),
    }),
  );
}

describe('reading XLSX', () => {
  it.each([false, true])(
    'reads dates, formulas, merged cells, rich text below a title (1904: %s)',
    async (date1904) => {
      const file = await sample(date1904);
      for (const stream of [file, createReadStream(file)]) {
        const { records, info } = await read(stream);
        expect(info).toMatchObject({
          format: 'xlsx',
          sheet: '人员',
          otherSheets: ['说明'],
          columns: ['姓名', '出生日期', '身份证号', '合计'],
        });
        expect(info.dateSystem).toBe(date1904 ? 1904 : 1900);
        expect(records).toEqual([
          {
            row: 1,
            line: 3,
            values: { 姓名: '张三', 出生日期: '1985-02-01', 身份证号: '310101198502011234', 合计: '2' },
          },
          {
            row: 2,
            line: 4,
            values: { 姓名: '李四', 出生日期: '1990-12-31 08:30:00', 身份证号: '12345678901', 合计: '0.1' },
          },
          { row: 3, line: 5, values: { 姓名: '王五', 出生日期: '1985-02-30', 身份证号: null, 合计: '1' } },
          { row: 4, line: 6, values: { 姓名: '王五', 出生日期: null, 身份证号: 'x', 合计: null } },
        ]);
      }
    },
  );

  it('keeps the row numbers of the sheet over empty rows, and reads cells without references', async () => {
    const bytes = handmade(
      '<row r="2"><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row><row r="9"><c><v>1.3800000000E10</v></c><c t="e"><v>#N/A</v></c></row>',
    );
    const { records } = await read(Readable.from([bytes]));
    expect(records).toEqual([{ row: 1, line: 9, values: { a: '13800000000', b: '#N/A' } }]);
  });

  it('warns when the sheet is full and refuses rows beyond', async () => {
    const head = '<row r="1"><c t="str"><v>a</v></c></row>';
    const full = await read(Readable.from([handmade(`${head}<row r="1048576"><c><v>1</v></c></row>`)]));
    expect(full.info.warnings).toHaveLength(1);
    expect(await codeOf(handmade(`${head}<row r="1048577"><c><v>1</v></c></row>`))).toBe('too-many-rows');
  });
});

describe('workbooks that cannot be read', () => {
  it('name the reason', async () => {
    const good = readFileSync(await sample(false));
    expect(await codeOf(good.subarray(0, good.length - 200))).toBe('truncated');
    expect(await codeOf(Buffer.from('a,b\n1,2'))).toBe('not-a-zip');
    expect(await codeOf(Buffer.alloc(0))).toBe('empty');
    expect(await codeOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('encrypted');
    expect(await codeOf(Buffer.from(zipSync({ 'a.txt': strToU8('a') })))).toBe('corrupt');
    expect(await codeOf(handmade('<row><c></row>'))).toBe('corrupt');
  });

  it('a ZIP bomb is refused by its stated size, nothing unpacked', async () => {
    const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(100 * 2 ** 20) }, { level: 9 });
    const file = join(dir, 'bomb.xlsx');
    writeFileSync(file, bomb);
    expect(bomb.length).toBeLessThan(200_000);
    expect(await codeOf(Buffer.from(bomb))).toBe('zip-bomb');
  });
});
