import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, answerFaults, checklistFaults, type Item, verdictOf } from './checklist.ts';
import { draw, poolDigest } from './draw.ts';
import { outcomeOf } from './sync-rules.ts';

const item = (more: Partial<Item> = {}): Item => ({
  id: 'exit',
  title: { zh: '出口畅通', en: 'Exits free' },
  kind: 'check',
  basis: '消防法 第二十八条',
  required: true,
  photo: 'failed',
  severity: 'major',
  ...more,
});
const pointers = (items: Item[], answers: Answer[]) => answerFaults(items, answers).map(({ pointer }) => pointer);
const PHOTO = '0190a0a0-0000-7000-8000-000000000001';

describe('a filled form', () => {
  it('needs what is required, words and a photo of what fails, and a reason for what does not apply', () => {
    expect(pointers([item()], [])).toEqual(['/answers/exit/value']);
    expect(pointers([item()], [{ item: 'exit', value: true }])).toEqual([]);
    expect(pointers([item()], [{ item: 'exit', value: false }])).toEqual([
      '/answers/exit/note',
      '/answers/exit/photos',
    ]);
    expect(pointers([item()], [{ item: 'exit', value: false, note: '堆物', photos: [PHOTO] }])).toEqual([]);
    expect(pointers([item()], [{ item: 'exit', value: null }])).toEqual(['/answers/exit/note']);
    expect(pointers([item({ photo: 'always' })], [{ item: 'exit', value: true }])).toEqual(['/answers/exit/photos']);
    expect(pointers([item({ required: false })], [])).toEqual([]);
  });
  it('refuses other kinds of values, options that are none, and items that the list does not have', () => {
    expect(pointers([item()], [{ item: 'exit', value: 'yes' }])).toContain('/answers/exit/value');
    const choice = item({
      kind: 'choice',
      options: [
        { id: 'a', title: { zh: '甲', en: 'A' }, conforms: true },
        { id: 'b', title: { zh: '乙', en: 'B' }, conforms: false },
      ],
    });
    expect(pointers([choice], [{ item: 'exit', value: 'c' }])).toContain('/answers/exit/value');
    expect(verdictOf(choice, { item: 'exit', value: 'b' })).toBe('fails');
    expect(verdictOf(item({ kind: 'number', max: 55 }), { item: 'exit', value: 56 })).toBe('fails');
    expect(
      pointers(
        [item()],
        [
          { item: 'exit', value: true },
          { item: 'other', value: true },
        ],
      ),
    ).toEqual(['/answers/other/item']);
    expect(
      pointers(
        [item()],
        [
          { item: 'exit', value: true },
          { item: 'exit', value: true },
        ],
      ),
    ).toEqual(['/answers']);
  });
  it('a checklist that cannot be meant is told at its item', () => {
    expect(
      checklistFaults([item(), item({ id: 'x', kind: 'choice' }), item({ kind: 'number', min: 5, max: 1 })]).map(
        ({ pointer }) => pointer,
      ),
    ).toEqual(['/items/1/options', '/items/2/id', '/items/2/max']);
  });
});

describe('a draw', () => {
  const names = (prefix: string, n: number) => Array.from({ length: n }, (_, at) => `${prefix}${at}`);
  const SEED = 'ab'.repeat(32);
  it('is the same on any machine and in any order of the pools, and nobody inspects whom they may not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 3, max: 12 }),
        fc.nat(),
        fc.integer({ min: 1, max: 40 }),
        (t, i, salt, wanted) => {
          const seed = `${SEED.slice(8)}${(salt % 2 ** 31).toString(16).padStart(8, '0')}`;
          const [targets, inspectors] = [names('t', t), names('i', i)];
          const input = { seed, targets, howMany: Math.min(wanted, t), inspectors, perTask: 2, apart: { t0: ['i0'] } };
          const drawn = draw(input);
          expect(draw({ ...input, targets: [...targets].reverse(), inspectors: [...inspectors].reverse() })).toEqual(
            drawn,
          );
          expect(new Set(drawn.map(({ target }) => target)).size).toBe(input.howMany);
          for (const { target, inspectors: two } of drawn) {
            expect(new Set(two).size).toBe(2);
            if (target === 't0') expect(two).not.toContain('i0');
          }
        },
      ),
      { seed: 310101, numRuns: 200 },
    );
  });
  it('gives everybody the same chance', () => {
    const counts = new Map<string, number>();
    for (let n = 0; n < 2_000; n++) {
      const seed = n.toString(16).padStart(64, '0');
      for (const { target } of draw({
        seed,
        targets: names('t', 10),
        howMany: 3,
        inspectors: names('i', 4),
        perTask: 2,
      }))
        counts.set(target, (counts.get(target) ?? 0) + 1);
    }
    // Expected 600 each, standard deviation 20.5: five of them either way.
    for (const count of counts.values()) expect(Math.abs(count - 600)).toBeLessThan(103);
  });
  it('is refused where the pools do not hold enough, or the seed is none', () => {
    const input = { seed: SEED, targets: ['a'], howMany: 1, inspectors: ['x', 'y'], perTask: 2 };
    expect(() => draw({ ...input, seed: '1' })).toThrow(RangeError);
    expect(() => draw({ ...input, howMany: 2 })).toThrow(RangeError);
    expect(() => draw({ ...input, apart: { a: ['x'] } })).toThrow(RangeError);
    expect(poolDigest(['b', 'a', 'a'])).toBe(poolDigest(['a', 'b']));
  });
});

describe('what a device sends', () => {
  it('is saved once, known again, a conflict where another came between, and a fault where one id has two contents', () => {
    const record = { id: 'r', digest: 'd', task: 't', base: null };
    expect(outcomeOf({ record, known: undefined, current: null })).toBe('saved');
    expect(outcomeOf({ record, known: record, current: 'other' })).toBe('known');
    expect(outcomeOf({ record, known: { ...record, digest: 'e' }, current: 'r' })).toBe('reused');
    expect(outcomeOf({ record, known: undefined, current: 'other' })).toBe('conflict');
    expect(outcomeOf({ record: { ...record, base: 'other' }, known: undefined, current: 'other' })).toBe('saved');
  });
});
