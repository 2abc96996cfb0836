import { expect, it } from 'vitest';
import { believe, judgeValue } from './vital-quality.ts';

it('a figure outside of what is possible is code S and no figure', () => {
  const percent = { min: 0, max: 100 };
  expect(judgeValue(100, percent)).toEqual({ value: 100, quality: 'N' });
  expect(judgeValue(100.5, percent)).toEqual({ value: null, quality: 'S' });
  expect(judgeValue(-1, percent)).toEqual({ value: null, quality: 'S' });
  expect(judgeValue(Number.NaN, undefined)).toEqual({ value: null, quality: 'S' });
  expect(judgeValue(null, percent)).toEqual({ value: null, quality: 'M' });
});

it('a clock more than five minutes ahead is replaced by ours and flagged; one that is behind is only silent', () => {
  const now = new Date('2026-11-27T06:00:00Z');
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  expect(believe(at(5), now, 5)).toEqual({ heard: at(5), skewed: false });
  expect(believe(at(5.1), now, 5)).toEqual({ heard: now, skewed: true });
  expect(believe(at(-600), now, 5)).toEqual({ heard: at(-600), skewed: false });
  expect(believe(null, now, 5)).toEqual({ heard: null, skewed: false });
});
