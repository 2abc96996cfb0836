import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, forPeriod, type Mapping, shapeFaults, stateOf, wordsOf } from './mapping.ts';
import { boundsOf, periodBefore, periodOf, PERIODS } from './period.ts';

describe('a period', () => {
  it.each([
    ['month', '2026-12', '2026-12-01', '2027-01-01', '2026-11'],
    ['month', '2026-01', '2026-01-01', '2026-02-01', '2025-12'],
    ['quarter', '2026-Q1', '2026-01-01', '2026-04-01', '2025-Q4'],
    ['year', '2026', '2026-01-01', '2027-01-01', '2025'],
  ] as const)('of a %s, %s, goes from %s to before %s and follows %s', (kind, text, start, end, before) => {
    expect(boundsOf(kind, text)).toEqual({ start, end });
    expect(periodBefore(kind, text)).toBe(before);
  });

  it('holds each day once: the one that a day lies in begins on or before it and ends after it', () => {
    const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...PERIODS), day, (kind, date) => {
        const text = date.toISOString().slice(0, 10);
        const bounds = boundsOf(kind, periodOf(kind, text));
        expect(bounds && bounds.start <= text && text < bounds.end).toBe(true);
        const before = boundsOf(kind, periodBefore(kind, periodOf(kind, text)) ?? '');
        expect(before?.end).toBe(bounds?.start);
      }),
    );
  });

  it.each([
    ['month', '2026-13'],
    ['month', '2026-Q1'],
    ['quarter', '2026-Q5'],
    ['year', '26'],
  ] as const)('of a %s is not %s', (kind, text) => expect(boundsOf(kind, text)).toBeUndefined());
});

describe('a mapping', () => {
  const mapping: Mapping = {
    resource: 'a.b',
    measure: 'count',
    filters: [{ field: 'day', op: 'from', values: ['@start'] }],
  };
  const title = { zh: '日期', en: 'Day' };
  const fields = [
    { name: 'day', title, type: { type: 'string', format: 'date' } },
    { name: 'other', title, type: { type: 'string' } },
  ];
  const digest = digestOf(mapping, fields) ?? '';
  const state = (now: typeof fields | undefined) => stateOf({ mapping, digest, fields: now });

  it('stands while what it uses is there as it was, in whatever order the database keeps it', () => {
    expect(state(fields)).toBe('ok');
    const [day, other] = fields;
    expect(state([other!, { ...day!, type: { format: 'date', type: 'string' } }])).toBe('ok');
    expect(state([...fields, { name: 'new', title, type: { type: 'string' } }])).toBe('ok');
  });

  it('breaks visibly where the item, the field or its type has gone', () => {
    expect(state(undefined)).toBe('item-gone');
    expect(state(fields.slice(1))).toBe('field-gone');
    expect(state([{ ...fields[0]!, type: { type: 'integer' } }] as never)).toBe('retyped');
  });

  it('takes the days of the period, and says in words what it counts', () => {
    expect(forPeriod(mapping, { start: '2026-10-01', end: '2026-11-01' }).filters[0]?.values).toEqual(['2026-10-01']);
    expect(wordsOf(mapping, { resource: { zh: '登记', en: 'Register' }, field: () => title })).toEqual({
      zh: '“登记”中“日期”不早于（不小于）报告期首日的记录数',
      en: 'number of rows of “Register” where “Day” is from the first day of the period on',
    });
  });

  it('says what is missing in it', () => {
    expect(shapeFaults({ ...mapping, measure: 'sum' }).map(({ pointer }) => pointer)).toEqual(['/mapping/field']);
    expect(
      shapeFaults({ ...mapping, measure: 'share', filters: [{ field: 'day', op: 'in' }] }).map((f) => f.pointer),
    ).toEqual(['/mapping/of', '/mapping/filters/0/values']);
  });
});
