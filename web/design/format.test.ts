import { describe, expect, it } from 'vitest';
import { formatAge, formatExact, formatMoment, formatShort, instantFromField } from './format.ts';

const now = new Date('2026-11-23T02:42:00Z');

describe('dates as people read them', () => {
  it('writes month, day, weekday and time in the district’s zone', () => {
    expect(formatMoment(now, { now })).toBe('11月23日 周一 10:42');
    expect(formatMoment(now, { now, language: 'en' })).toBe('Mon 23 Nov 10:42');
    expect(formatMoment('2026-11-22T16:30:00Z', { now })).toBe('11月23日 周一 00:30');
  });

  it('names the year when it is another one', () => {
    expect(formatMoment('2025-03-01T00:00:00+08:00', { now, time: false })).toBe('2025年3月1日 周六');
  });

  it('is empty for no date and for nonsense', () => {
    expect(formatMoment(null)).toBe('');
    expect(formatMoment('soon')).toBe('');
  });

  it('reads a date field back as the instant that it shows', () => {
    expect(instantFromField('2026-11-23T10:42')).toBe('2026-11-23T02:42:00.000Z');
    expect(formatExact('2026-11-23T02:42:00Z')).toBe('2026-11-23 10:42');
    expect(instantFromField('')).toBeNull();
  });
});

describe('numbers and ages', () => {
  it('shortens with 万 in Chinese', () => {
    expect(formatShort(662_000)).toBe('66.2万');
    expect(formatShort(9_999)).toBe('9,999');
  });

  it('gives an age in its largest whole unit', () => {
    expect(formatAge(now.getTime() - 3 * 3_600_000, { now: now.getTime() })).toBe('3小时前');
  });
});
