import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReadError, readRecords, type ReadInput, type SourceRecord } from '#platform/exchange/read/read-records.ts';

/** "上海市,瑞金二路" and a few more in GB 18030; written as bytes because Node only decodes it. */
const GBK_LINE = Buffer.from([
  0xc9, 0xcf, 0xba, 0xa3, 0xca, 0xd0, 0x2c, 0xc8, 0xf0, 0xbd, 0xf0, 0xb6, 0xfe, 0xc2, 0xb7, 0x0a,
]);

function pieces(bytes: Buffer, size: number): Readable {
  const all: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) all.push(bytes.subarray(at, at + size));
  return Readable.from(all);
}

async function read(bytes: Buffer | string, options: Partial<ReadInput> = {}): Promise<SourceRecord[]> {
  const stream = pieces(Buffer.from(bytes), 7);
  const records: SourceRecord[] = [];
  for await (const chunk of readRecords({ stream, fileName: 'a.csv', chunkSize: 3, ...options }))
    records.push(...chunk);
  return records;
}

const faultOf = async (bytes: Buffer | string, options: Partial<ReadInput> = {}): Promise<ReadError> => {
  const error: unknown = await read(bytes, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ReadError)) throw new Error('no ReadError');
  return error;
};

describe('reading CSV', () => {
  it('gives rows, lines and values, and null for an empty cell', async () => {
    expect(await read('姓名,电话\r\n张三,\r\n\r\n"李,四","1""2"\r\n')).toEqual([
      { row: 1, line: 2, values: { 姓名: '张三', 电话: null } },
      { row: 2, line: 4, values: { 姓名: '李,四', 电话: '1"2' } },
    ]);
  });

  it('counts lines through quoted line breaks', async () => {
    const records = await read('a,b\n"x\ny",1\nz,2\n');
    expect(records.map((each) => each.line)).toEqual([2, 4]);
    expect(records[0]?.values).toEqual({ a: 'x\ny', b: '1' });
  });

  it.each([',', ';', '\t', '|'])('finds the delimiter %j', async (delimiter) => {
    const reader = readRecords({
      stream: Readable.from([
        Buffer.from(['a', 'b', 'c'].join(delimiter) + '\n"1,2;3",2,3'.replaceAll(',2,3', `${delimiter}2${delimiter}3`)),
      ]),
      fileName: 'x.csv',
    });
    expect(await reader.info()).toMatchObject({
      delimiter,
      columns: ['a', 'b', 'c'],
      encoding: 'utf-8',
      format: 'csv',
    });
  });

  it('reads a byte order mark, UTF-16, lone carriage returns, and gzip whatever the name', async () => {
    expect((await read('\ufeff甲,乙\n1,2'))[0]?.values).toEqual({ 甲: '1', 乙: '2' });
    expect((await read(Buffer.from('\ufeff甲\t乙\r\n1\t2\r\n', 'utf16le')))[0]?.values).toEqual({ 甲: '1', 乙: '2' });
    expect((await read('a,b\r1,2\r3,4'))[1]?.values).toEqual({ a: '3', b: '4' });
    expect((await read(gzipSync('a,b\n1,2\n'), { fileName: 'x.dat' }))[0]?.values).toEqual({ a: '1', b: '2' });
  });

  it('recognises GBK at the start and also when it turns up late', async () => {
    const head = Buffer.concat([GBK_LINE, GBK_LINE]);
    expect(await read(head)).toEqual([{ row: 1, line: 2, values: { 上海市: '上海市', 瑞金二路: '瑞金二路' } }]);
    const late = Buffer.concat([Buffer.from(`a,b\n${'1,2\n'.repeat(100_000)}`), GBK_LINE]);
    const reader = readRecords({ stream: pieces(late, 65_536), fileName: 'x.csv' });
    expect((await reader.info()).encoding).toBe('utf-8');
    let last: SourceRecord | undefined;
    for await (const chunk of reader) last = chunk.at(-1);
    expect(last?.values).toEqual({ a: '上海市', b: '瑞金二路' });
    expect((await reader.info()).encoding).toBe('gb18030');
  });

  it('keeps formula cells as they are', async () => {
    expect((await read("a\n=cmd|' /C calc'!A0\n"))[0]?.values).toEqual({ a: "=cmd|' /C calc'!A0" });
  });

  it('marks rows with too few or too many cells, and forgives empty cells behind the last column', async () => {
    const records = await read('a,b\n1\n1,2,3\n1,2,,\n');
    expect(records.map((each) => each.cells)).toEqual([1, 3, undefined]);
  });

  it('reads what a writer wrote, cut anywhere, exactly as csv-parse does', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '张', '"', ',', '\n', ' ', ';', '😀'), maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 20 }),
        async (rows, size) => {
          const text = [['h1', 'h2', 'h3'], ...rows]
            .map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))
            .join('\n');
          const records: SourceRecord[] = [];
          for await (const chunk of readRecords({ stream: pieces(Buffer.from(text), size), format: 'csv' }))
            records.push(...chunk);
          const expected = parse(text, { columns: true }) as Record<string, string>[];
          expect(records.map((each) => Object.values(each.values).map((value) => value ?? ''))).toEqual(
            expected.map((each) => Object.values(each)),
          );
        },
      ),
    );
  });
});

describe('CSV files that cannot be read', () => {
  it.each([
    ['', 'empty'],
    ['\n\n', 'empty'],
    [',,\n1,2,3', 'no-header'],
    ['a,b,a\n1,2,3', 'duplicate-column'],
    ['__proto__,b\n1,2', 'column-name'],
    ['a,b\n1,"2\n3,4\n', 'unterminated-quote'],
    [Buffer.from([0, 1, 2, 3]), 'binary'],
    [Buffer.concat([Buffer.from('甲,乙\n1,2\n'), Buffer.from([0xff, 0xff, 0x0a])]), 'encoding'],
    [gzipSync('a,b\n1,2\n'.repeat(1000)).subarray(0, 40), 'truncated'],
    [Buffer.concat([gzipSync('a,b\n').subarray(0, -8), Buffer.alloc(8, 0xee)]), 'corrupt'],
  ])('%j is %s', async (bytes, code) => {
    const error = await faultOf(bytes);
    expect(error.code).toBe(code);
    expect(error.text.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  it('name the line of the open quote and of the wrong byte', async () => {
    expect((await faultOf('a,b\n1,2\n3,"4\n5,6\n')).line).toBe(3);
    const wrong = await faultOf(
      Buffer.concat([Buffer.from('甲,乙\n1,2\n3,'), Buffer.from([0xff]), Buffer.from('\n5,6\n')]),
    );
    expect(wrong.line).toBe(3);
  });

  it('a gzip bomb ends at the limit', async () => {
    expect((await faultOf(gzipSync(Buffer.alloc(5_000_000, 'a,b\n')), { maxBytes: 1_000_000 })).code).toBe('too-large');
  });
});
