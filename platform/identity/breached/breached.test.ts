import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHORTEST } from '../password-rules.ts';
import { assertBreachList, isBreached } from './breach-list.ts';
import { breachListCommand } from './command.ts';
import { makeBreachList } from './make-breach-list.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'breached-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const none = { breachList: undefined };
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();
const file = async (name: string, lines: readonly string[]): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, lines.join('\r\n'));
  return path;
};

describe('the shipped list', () => {
  it('finds frequent passwords in any width and case, and those that were only made longer by a few digits or signs', async () => {
    for (const password of [
      'basketball',
      'Terminator',
      'ｍａｎｃｈｅｓｔｅｒ',
      'christopher1!',
      'qwerty123456',
      'voxstrange',
    ]) {
      expect(await isBreached(password, none), password).toBe(true);
    }
    for (const password of [
      '四只白鹭过江看潮水涨',
      'basketball under the bridge',
      'manchester84713',
      'Xk9-vQ2r-LmP4',
    ]) {
      expect(await isBreached(password, none), password).toBe(false);
    }
  });

  it('holds more than 3,000 passwords that the rule of length would let through', async () => {
    const note = await readFile(join(import.meta.dirname, 'ATTRIBUTION.md'), 'utf8');
    expect(note).toMatch(/ten characters 3,530 of them match/);
    expect(SHORTEST).toBe(10);
    expect((await readFile(join(import.meta.dirname, 'common.bin'))).length).toBe(16 + 50_024 * 8);
  });
});

describe('the operator’s list', () => {
  it('finds what is in it and nothing else, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 60 }), async (texts) => {
        const [absent = '', ...present] = texts;
        const source = await file('any.txt', present.map((text) => `${sha1(text)}:3`).sort());
        const breachList = join(folder, 'any.bin');
        expect(await makeBreachList({ source, target: breachList })).toBe(present.length);
        for (const text of present) expect(await isBreached(text, { breachList })).toBe(true);
        const forms = [absent, absent.normalize('NFKC'), absent.normalize('NFKC').toLowerCase()];
        // Among random strings are words like "key", which the list that ships holds by itself.
        if (forms.some((form) => present.includes(form)) || (await isBreached(absent, none))) return;
        expect(await isBreached(absent, { breachList })).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('is made of a folder of ranges as well, and keeps only what was seen often enough', async () => {
    const ranges = join(folder, 'ranges');
    await mkdir(ranges);
    for (const [text, count] of [
      ['四只白鹭过江', 12],
      ['seen once only', 1],
    ] as const) {
      await writeFile(join(ranges, `${sha1(text).slice(0, 5)}.txt`), `${sha1(text).slice(5)}:${count}\r\n`);
    }
    const breachList = join(folder, 'ranges.bin');
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    expect(await breachListCommand({ args: [ranges, '--least', '5'], config: { breachList }, say })).toBe(0);
    expect(await isBreached('四只白鹭过江', { breachList })).toBe(true);
    expect(await isBreached('seen once only', { breachList })).toBe(false);
    expect(lines[0]).toContain('1 entries');
    expect(await breachListCommand({ args: [ranges], config: none, say })).toBe(1);
  });

  it('is not made of what is no list or out of order, and the former one stays', async () => {
    const breachList = join(folder, 'kept.bin');
    await makeBreachList({ source: await file('good.txt', [sha1('kept password')]), target: breachList });
    for (const [lines, says] of [
      [['password', 'letmein'], /第 1 行.*Line 1/],
      [[`${'F'.repeat(40)}:1`, `${'0'.repeat(40)}:1`], /第 2 行.*Line 2/],
      [[''], /没有/],
    ] as const) {
      await expect(makeBreachList({ source: await file('bad.txt', lines), target: breachList })).rejects.toThrow(says);
    }
    expect(await isBreached('kept password', { breachList })).toBe(true);
  });

  it('stops the start where it is named and missing, or was cut', async () => {
    await expect(assertBreachList({ breachList: join(folder, 'absent.bin') })).rejects.toThrow(/BREACH_LIST/);
    const breachList = join(folder, 'cut.bin');
    await makeBreachList({ source: await file('whole.txt', [sha1('a'), sha1('b')].sort()), target: breachList });
    await assertBreachList({ breachList });
    await truncate(breachList, 20);
    await expect(assertBreachList({ breachList })).rejects.toThrow(/damaged/);
    await assertBreachList(none);
  });
});
