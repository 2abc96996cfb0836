import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  ageOn,
  daysBetween,
  excelSerialToDate,
  formatDateZh,
  isCalendarDate,
  parseDate,
  shanghaiDate,
  shanghaiDateTime,
  shanghaiMidnight,
} from '#platform/kernel/dates.ts';

const date = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays('1900-01-01', days));

describe('reading dates', () => {
  it.each([
    '1985-02-01',
    '19850201',
    '1985/2/1',
    '1985.02.01',
    '1985年2月1日',
    ' 1985 年 2 月 1 日',
    '１９８５－０２－０１',
    '1985-02-01 08:30:00',
    '1985-02-01T08:30:00',
  ])('reads %s', (text) => expect(parseDate(text)).toEqual({ ok: true, date: '1985-02-01' }));

  it('takes the day in Shanghai of a time with zone', () => {
    expect(parseDate('2024-12-31T23:30:00Z')).toEqual({ ok: true, date: '2025-01-01' });
    expect(parseDate('2024-12-31T08:30:00+0800')).toEqual({ ok: true, date: '2024-12-31' });
  });

  it.each([
    ['1985-02-30', 'impossible'],
    ['19850230', 'impossible'],
    ['2023年2月29日', 'impossible'],
    ['1985-13-01', 'impossible'],
    ['1900-02-29', 'impossible'],
    ['01/02/1985', 'shape'],
    ['1985-2/1', 'shape'],
    ['1985', 'shape'],
    ['31079', 'shape'],
    ['1985-02-01 25:00', 'shape'],
    ['不详', 'shape'],
    [' 　', 'empty'],
  ])('refuses %s: %s', (text, reason) => expect(parseDate(text)).toEqual({ ok: false, reason }));

  it('agrees with the calendar of the engine on every day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (y, m, d) => {
          const text = `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
          const day = new Date(`${text}T00:00:00Z`);
          expect(isCalendarDate(text)).toBe(!Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text);
        },
      ),
    );
  });

  it('reads back its own forms', () => {
    fc.assert(
      fc.property(date, (day) => {
        expect(parseDate(formatDateZh(day))).toEqual({ ok: true, date: day });
      }),
    );
  });
});

describe('spreadsheet serial numbers', () => {
  it('knows both date systems and the day that never was', () => {
    expect(excelSerialToDate(1, 1900)).toEqual({ ok: true, date: '1900-01-01' });
    expect(excelSerialToDate(59, 1900)).toEqual({ ok: true, date: '1900-02-28' });
    expect(excelSerialToDate(60, 1900)).toEqual({ ok: false, reason: 'impossible' });
    expect(excelSerialToDate(61, 1900)).toEqual({ ok: true, date: '1900-03-01' });
    expect(excelSerialToDate(31079, 1900)).toEqual({ ok: true, date: '1985-02-01' });
    expect(excelSerialToDate(31079 - 1462, 1904)).toEqual({ ok: true, date: '1985-02-01' });
    expect(parseDate('31079.5', { excel: 1900 })).toEqual({ ok: true, date: '1985-02-01' });
  });
});

describe('days, ages and Shanghai time', () => {
  it('adds and counts days consistently', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -5000, max: 5000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
      }),
    );
  });
  it('counts a birthday from the day itself', () => {
    expect(ageOn('1985-02-01', '2025-01-31')).toBe(39);
    expect(ageOn('1985-02-01', '2025-02-01')).toBe(40);
  });
  it('shows instants in Shanghai, summer time of 1988 included', () => {
    expect(shanghaiDateTime(new Date('2025-01-01T00:00:00Z'))).toBe('2025-01-01 08:00:00');
    expect(shanghaiDateTime(new Date('1988-07-01T00:00:00Z'))).toBe('1988-07-01 09:00:00');
  });
  it('finds the first instant of every day', () => {
    fc.assert(
      fc.property(date, (day) => {
        const start = shanghaiMidnight(day).getTime();
        expect(shanghaiDate(start)).toBe(day);
        expect(shanghaiDate(start - 1000)).toBe(addDays(day, -1));
      }),
    );
  });
});
