import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance } from './distance.ts';
import { plain, runsOf, wordsOfQuery, wordsOfText } from './segment.ts';
import { initialsOf, soundOf } from './sound.ts';
import { quoted, vectorOf } from './vector.ts';

describe('words', () => {
  it('parts Chinese from letters, and names of fields at their humps', () => {
    expect(runsOf('居民idNumber（18位）')).toEqual(['居民', 'id', 'number', '18', '位']);
    expect(runsOf('ＧＢ／Ｔ　２２６０')).toEqual(['gb', 't', '2260']);
    expect(runsOf('——，。')).toEqual([]);
  });

  it('keeps long words and the short ones within them', () => {
    expect(wordsOfText('城镇职工基本医疗保险')).toEqual(expect.arrayContaining(['医疗', '保险']));
    expect(wordsOfText('人户分离情况')).toContain('人户分离');
  });

  it('leaves out of a question what says nothing, unless nothing remains', () => {
    expect(wordsOfQuery('请问老人的数据')).toEqual(['老人']);
    expect(wordsOfQuery('数据')).toEqual(['数据']);
    expect(wordsOfQuery('人口 人口')).toEqual(['人口']);
  });

  it('writes full and half width alike', () => {
    expect(plain('Ａ座１２')).toBe('a座12');
  });
});

describe('sounds', () => {
  it('are without tones; first letters of each syllable', () => {
    expect(soundOf('人口')).toBe('renkou');
    expect(initialsOf('常住人口')).toBe('czrk');
    expect(soundOf('女')).toBe('nv');
    expect(soundOf('重庆')).toBe('chongqing');
  });
});

describe('distance', () => {
  /** The textbook's recursion, written anew. */
  const oracle = (a: string, b: string): number => {
    if (a === '' || b === '') return a.length + b.length;
    const same = a.at(-1) === b.at(-1) ? 0 : 1;
    const [x, y] = [a.slice(0, -1), b.slice(0, -1)];
    const choices = [oracle(x, b) + 1, oracle(a, y) + 1, oracle(x, y) + same];
    if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
      choices.push(oracle(a.slice(0, -2), b.slice(0, -2)) + 1);
    return Math.min(...choices);
  };

  it('is that of optimal string alignment, and stops beyond what is asked', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
    fc.assert(
      fc.property(short, short, fc.nat(4), (a, b, most) => {
        expect(distance(a, b, most)).toBe(Math.min(oracle(a, b), most + 1));
      }),
    );
  });
});

describe('vectors', () => {
  it('quote what PostgreSQL would read as its own', () => {
    expect(quoted(`a'b\\c`)).toBe(`'a''b\\\\c'`);
  });

  it('hold words by weight, pairs by order, sound and first letters', () => {
    const vector = vectorOf({ title: ['常住人口'], parts: ['姓名'], rest: ['每月更新'] });
    expect(vector).toMatch(/'w:人口':\d+A/);
    expect(vector).toMatch(/'w:姓名':\d+B/);
    expect(vector).toMatch(/'w:更新':\d+C/);
    expect(vector).toMatch(/'g:住人':\d+D/);
    expect(vector).toMatch(/'p:changzhurenkou':\d+D/);
    expect(vector).toMatch(/'i:czrk':\d+D/);
  });
});
