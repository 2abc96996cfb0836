import { describe, expect, it } from 'vitest';
import { ageOn, dayText, valueText } from './value-text.ts';

describe('values as people read them', () => {
  it('coded values become words, absent ones a dash', () => {
    expect(valueText('sex', '2', 'zh')).toBe('女');
    expect(valueText('insured', 'yes', 'en')).toBe('Yes');
    expect(valueText('name', null, 'zh')).toBe('—');
    expect(valueText('floors', '6', 'zh')).toBe('6');
  });

  it('days are written out', () => {
    expect(dayText('2026-11-03', 'zh')).toBe('2026年11月3日');
    expect(dayText('2026-11-03', 'en')).toBe('3 Nov 2026');
    expect(dayText('十一月', 'zh')).toBe('十一月');
  });

  it('age counts birthdays, not years', () => {
    expect(ageOn('1940-11-24', '2026-11-23')).toBe(85);
    expect(ageOn('1940-11-23', '2026-11-23')).toBe(86);
    expect(ageOn(null)).toBeNull();
  });
});
