import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { isMobile } from '#platform/kernel/codes/mobile.ts';
import { isCalendarDate } from '#platform/kernel/dates.ts';
import { writeFaultyUpload } from './faulty-upload.ts';
import { generatePlace } from './place.ts';

const out = mkdtempSync(join(tmpdir(), 'faulty-upload-'));
afterAll(() => rmSync(out, { recursive: true }));
const upload = writeFaultyUpload({ profile: 'small', out });
const [header = [], ...rows] = readFileSync(upload.path, 'utf8')
  .trimEnd()
  .split('\r\n')
  .map((line) => line.split(';'));
const cell = (row: string[], column: string): string => row[header.indexOf(column)] ?? '';

/** An independent check of one row: what is wrong, or undefined. */
function fault(row: string[], seen: Set<string>, buildings: Set<string>): string | undefined {
  const id = parseCitizenId(cell(row, '公民身份号码'), { allowSample: true });
  const line = row.join(';');
  if (seen.has(line)) return 'duplicate-row';
  seen.add(line);
  if (!id.ok) return /\d{17}/.test(cell(row, '姓名')) ? 'swapped-columns' : 'wrong-check-digit';
  if (cell(row, '姓名') === '') return 'missing-name';
  if (cell(row, '姓名').length > 100) return 'text-too-long';
  if (!isCalendarDate(cell(row, '出生日期'))) return 'impossible-date';
  if (cell(row, '出生日期') !== id.id.birthDate) return 'birth-date-not-id';
  if (!['男', '女'].includes(cell(row, '性别'))) return 'unknown-sex';
  if (cell(row, '联系电话') !== '' && !isMobile(cell(row, '联系电话'))) return 'bad-phone';
  if (!buildings.has(cell(row, '房屋编码'))) return 'unknown-building';
  if (cell(row, '居住起始日期') > '2026-06-30') return 'future-date';
  if (cell(row, '居住起始日期') < cell(row, '出生日期')) return 'residence-before-birth';
  return undefined;
}

test('has 5,000 rows and exactly the 37 listed faults of at least 8 kinds', () => {
  const buildings = new Set(
    generatePlace({ profile: 'small', seed: 310101 }).buildings.map((building) => building.code),
  );
  const seen = new Set<string>();
  const found = rows.flatMap((row, i) => {
    const kind = fault(row, seen, buildings);
    return kind === undefined ? [] : [{ row: i + 1, kind }];
  });
  expect(rows).toHaveLength(5000);
  expect(upload.faults).toHaveLength(37);
  expect(new Set(upload.faults.map((planted) => planted.kind)).size).toBeGreaterThanOrEqual(8);
  expect(found).toEqual(upload.faults.map(({ row, kind }) => ({ row, kind })));
});

test('no person stands twice but for the two planted duplicates', () => {
  const numbers = rows.map((row) => cell(row, '公民身份号码'));
  expect(numbers.length - new Set(numbers).size).toBe(2);
});

test('the demo household has moved within its street', () => {
  const household = upload.movedRows.map((row) => rows[row - 1] ?? []);
  expect(household).toHaveLength(4);
  for (const row of household) {
    expect(cell(row, '户编号')).toBe('HP0000001');
    expect(cell(row, '居住起始日期')).toBe('2026-06-15');
    expect(cell(row, '房屋编码')).toMatch(/^310101023B/);
  }
});
