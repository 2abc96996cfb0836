import { describe, expect, it } from 'vitest';
import { neutralise } from '#platform/kernel/neutralise.ts';

describe('texts for a spreadsheet', () => {
  it.each(["=cmd|' /C calc'!A0", '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1'])(
    '%j gets an apostrophe',
    (text) => {
      expect(neutralise(text)).toBe(`'${text}`);
    },
  );
  it.each(['', '张三', '-12.5', '1985-02-01', 'a=b', '13812345678'])('%j stays', (text) => {
    expect(neutralise(text)).toBe(text);
  });
});
