import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firmSpace } from '../spaces/firm.ts';
import { personSpace } from '../spaces/person.ts';
import { bandOf, probabilityOf, weightOf } from './bands.ts';
import { estimate, type Pattern, ROUNDS } from './expectation.ts';
import { strengthOf } from './explain.ts';
import { digestOf, joinedNumber, keyNumber } from './parameters.ts';
import { sequence } from '#platform/kernel/random.ts';
import { compileRules, mustPart, ruleFor } from './rules.ts';
import { type Space, spaceFaults } from './space.ts';

describe('bands', () => {
  it.each([
    [1, 'automatic'],
    [0.99, 'automatic'],
    [0.9899, 'clerical'],
    [0.8, 'clerical'],
    [0.7999, 'apart'],
    [0, 'apart'],
  ])('%d is %s', (p, band) => expect(bandOf(p)).toBe(band));

  it('probability and weight are each other’s inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (weight) => {
        expect(weightOf(probabilityOf(weight))).toBeCloseTo(weight, 4);
      }),
    );
  });
});

describe('expectation–maximisation', () => {
  /** Draws pairs from two classes whose parameters are known. */
  const draw = (options: { m: number[][]; u: number[][]; share: number; pairs: number; seed: number }): Pattern[] => {
    const next = sequence(options.seed);
    const pick = (levels: readonly number[]): number => {
      let dice = next();
      return Math.max(
        0,
        levels.findIndex((p) => (dice -= p) < 0),
      );
    };
    const counts = new Map<string, number>();
    for (let i = 0; i < options.pairs; i += 1) {
      const from = next() < options.share ? options.m : options.u;
      const key = from.map((levels) => (next() < 0.1 ? -1 : pick(levels))).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].map(([key, pairs]) => ({ levels: key.split(',').map(Number), pairs }));
  };
  const u = [
    [0.01, 0.02, 0.97],
    [0.001, 0.999],
    [0.5, 0.5],
    [0.002, 0.998],
  ];

  it('finds the parameters from which the pairs were drawn', () => {
    fc.assert(
      fc.property(
        fc.record({
          share: fc.double({ min: 0.2, max: 0.9, noNaN: true }),
          agree: fc.double({ min: 0.75, max: 0.98, noNaN: true }),
          seed: fc.integer(),
        }),
        ({ share, agree, seed }) => {
          const m = [
            [agree, (1 - agree) / 2, (1 - agree) / 2],
            [agree, 1 - agree],
            [0.98, 0.02],
            [0.9, 0.1],
          ];
          const found = estimate({
            patterns: draw({ m, u, share, pairs: 20_000, seed }),
            u,
            learn: [true, true, true, true],
          });
          expect(found.rounds).toBeLessThanOrEqual(ROUNDS);
          expect(Math.abs(found.share - share)).toBeLessThan(0.03);
          found.m.forEach((levels, k) =>
            levels?.forEach((p, l) => expect(Math.abs(p - (m[k]?.[l] as number)), `${k}/${l}`).toBeLessThan(0.03)),
          );
        },
      ),
      { numRuns: 12 },
    );
  });

  it('every m is a distribution without zeros, whatever the pairs', () => {
    const pattern = fc.record({
      levels: fc.tuple(
        fc.integer({ min: -1, max: 2 }),
        fc.integer({ min: -1, max: 1 }),
        fc.integer({ min: -1, max: 1 }),
        fc.integer({ min: -1, max: 1 }),
      ),
      pairs: fc.integer({ min: 1, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 20 }), (patterns) => {
        const { m, share } = estimate({ patterns, u, learn: [true, false, true, true] });
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThan(1);
        expect(m[1]).toBeUndefined();
        for (const levels of m) {
          if (!levels) continue;
          expect(levels.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
          for (const p of levels) expect(p).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('rules', () => {
  const rules = compileRules(personSpace);
  const levelsOf = (stated: Record<string, string>): Int8Array =>
    Int8Array.from(personSpace.attributes, (a) => a.levels.findIndex((l) => l.id === stated[a.name]));
  const ruleOf = (stated: Record<string, string>): string | undefined => ruleFor(rules, levelsOf(stated))?.id;

  it('two valid identity numbers are two persons, whatever else agrees', () => {
    const all = { name: 'same', birth: 'same', sex: 'same', phone: 'same', home: 'same', kin: 'same' };
    expect(ruleOf({ ...all, identifier: 'different' })).toBe('two-identifiers');
    expect(ruleOf({ ...all, identifier: 'same' })).toBeUndefined();
    expect(ruleOf(all)).toBeUndefined();
  });

  it('another sex with another year of birth is another person', () => {
    expect(ruleOf({ name: 'same', sex: 'different', birth: 'different' })).toBe('sex-and-year');
    expect(ruleOf({ name: 'same', sex: 'different', birth: 'slipped-year' })).toBe('sex-and-year');
    expect(ruleOf({ name: 'same', sex: 'different', birth: 'same' })).toBeUndefined();
  });

  it('one birth and one home with another given name may be twins', () => {
    for (const name of ['sound', 'character', 'surname'])
      for (const birth of ['same', 'swapped', 'lunar', 'slip']) {
        expect(ruleOf({ name, birth, home: 'same' })).toBe('twins-home');
        expect(ruleOf({ name, birth, phone: 'same' })).toBe('twins-phone');
        expect(ruleOf({ name, birth, kin: 'same' })).toBe('twins-kin');
        expect(ruleOf({ name, birth, home: 'same', identifier: 'same' })).toBeUndefined();
      }
  });

  it('one number on two persons calls for a person', () => {
    expect(ruleOf({ identifier: 'same', name: 'different', birth: 'different' })).toBe('one-identifier-two-persons');
    expect(ruleOf({ identifier: 'same', name: 'different', birth: 'same' })).toBeUndefined();
  });

  it('a rule that parts a pair is never weaker than one that asks', () => {
    const anyLevels = fc.tuple(...personSpace.attributes.map((a) => fc.integer({ min: -1, max: a.levels.length - 1 })));
    fc.assert(
      fc.property(anyLevels, (levels) => {
        const pair = Int8Array.from(levels);
        if (mustPart(rules, pair)) expect(ruleFor(rules, pair)?.effect).toBe('apart');
      }),
    );
  });
});

describe('spaces', () => {
  it.each([personSpace, firmSpace])('$id names only what there is', (space) => expect(spaceFaults(space)).toEqual([]));

  it('names that nothing bears are found', () => {
    const broken: Space = {
      ...personSpace,
      passes: [{ name: 'p', keys: [['name', 'none']], split: [] }],
      training: ['p', 'q'],
      rules: [{ id: 'r', title: { zh: '', en: '' }, effect: 'apart', when: { name: ['nearly'] } }],
    };
    expect(spaceFaults(broken)).toEqual([
      'pass p: no part name.none',
      'training: no pass q',
      'rule r: no level name.nearly',
    ]);
  });

  it('comparing is symmetric', () => {
    const raws: Record<string, string[]> = {
      name: ['张伟', '张玮', '张威', '王伟', '张大伟', '张伟明', '欧阳伟', '张芳(原名张伟)', 'ZHANG WEI', '伟'],
      birth: ['1985-03-11', '1985-11-03', '1985-03-12', '1986-03-11', '1985-04-30', '1971-07-07'],
      home: [
        '瑞金二路118弄12号301室',
        '瑞金二路118弄12号',
        '瑞金二路118弄12号302室',
        '瑞金二路1号',
        '步高里12号',
        '建国西路步高里12号',
      ],
      phone: ['13912345678', '13912345679', '13698765432'],
      kin: ['李丽', '李莉', '王芳'],
    };
    for (const attribute of personSpace.attributes) {
      const values = (raws[attribute.name] ?? []).flatMap((raw) => attribute.read(raw) ?? []);
      for (const a of values) for (const b of values) expect(attribute.compare(a, b)).toBe(attribute.compare(b, a));
    }
  });

  it.each([
    ['张伟', '张玮', 'sound'],
    ['张伟明', '张卫民', 'surname'],
    ['张伟明', '张伟强', 'character'],
    ['张伟', '张伟明', 'character'],
    ['张伟', '张芳', 'surname'],
    ['张伟明', '王伟明', 'given'],
    ['张伟', '王芳', 'different'],
    ['张芳(原名张伟)', '张伟', 'former'],
    ['張偉', '张 伟', 'same'],
    ['张伟', 'Zhang Wei', 'sound'],
  ])('%s and %s: %s', (a, b, level) => {
    const name = personSpace.attributes.find((each) => each.name === 'name');
    const [x, y] = [name?.read(a), name?.read(b)];
    expect(name?.levels[name.form(x) === name.form(y) ? 0 : name.compare(x, y)]?.id).toBe(level);
  });
});

describe('words', () => {
  it('says how strongly a weight speaks', () => {
    expect(strengthOf(14).zh).toBe('极有力支持同一主体');
    expect(strengthOf(-4).en).toBe('speaks clearly for two different ones');
    expect(strengthOf(0.1).zh).toBe('几乎不说明问题');
  });
  it('a digest of several parts knows their order', () => {
    const parts = fc.array(fc.string({ maxLength: 4 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const [x, y] = [a, b].map((texts) => joinedNumber(texts.map(keyNumber))) as [number, number];
        expect(x === y).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(Number.isSafeInteger(x)).toBe(true);
      }),
    );
  });
  it('a digest tells texts apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(digestOf(a) === digestOf(b)).toBe(a === b);
        expect(Number.parseInt(digestOf(a), 36)).toBe(keyNumber(a));
      }),
    );
  });
});
