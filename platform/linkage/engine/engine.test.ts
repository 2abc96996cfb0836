import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personSpace } from '../spaces/person.ts';
import type { Stated } from '../model/space.ts';
import { blocksOf, CROWDED, crowdedKeys, eachPair } from './blocks.ts';
import { cluster, components } from './cluster.ts';
import { explain } from './explain.ts';
import { link, scorePairs } from './link.ts';
import { numbering } from './numbering.ts';
import { minCut, type WeightedEdge } from './min-cut.ts';
import { readTable } from './table.ts';
import { train } from './train.ts';

const SURNAMES = [...'张王李赵钱孙周吴郑陈林黄徐朱沈'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平'];
/** People whose claims are told apart by number: three claims each, the second with a slip, the third without a number. */
function town(people: number): { claims: Stated[]; truth: number[] } {
  const claims: Stated[] = [];
  const truth: number[] = [];
  for (let p = 0; p < people; p += 1) {
    const name = `${SURNAMES[p % 15]}${GIVEN[(p * 7) % 20]}${GIVEN[(p * 11 + 3) % 19]}`;
    const birth = `19${50 + (p % 50)}-0${1 + (p % 9)}-${10 + (p % 18)}`;
    const stated = {
      identifier: `id-${p}`,
      name,
      birth,
      sex: p % 2 === 0 ? '男' : '女',
      phone: `139${String(10_000_019 + p * 7919).slice(0, 8)}`,
      home: `瑞金二路${1 + (p % 300)}弄${1 + (p % 40)}号${101 + p}室`,
    };
    const slipped = p % 3 === 0 ? { ...stated, phone: '' } : stated;
    claims.push(stated, { ...slipped, home: '' }, { ...stated, identifier: undefined });
    truth.push(p, p, p);
  }
  return { claims, truth };
}
const shuffled = <T>(list: readonly T[], keys: readonly number[]): T[] =>
  list
    .map((item, i) => ({ item, key: keys[i % keys.length] as number, i }))
    .sort((a, b) => a.key - b.key || a.i - b.i)
    .map(({ item }) => item);
const groupsBy = (of: ArrayLike<number>, label: (i: number) => string): string[] => {
  const groups = new Map<number, string[]>();
  for (let i = 0; i < of.length; i += 1)
    groups.set(of[i] as number, [...(groups.get(of[i] as number) ?? []), label(i)]);
  return [...groups.values()].map((g) => g.sort().join('+')).sort();
};

describe('linking', () => {
  const { claims, truth } = town(300);
  const parameters = train(readTable(personSpace, claims), { randomPairs: 50_000 });

  it('finds who is who without being told', () => {
    const { clusters } = link(readTable(personSpace, claims), parameters);
    expect(groupsBy(clusters.of, (i) => `${i}`)).toEqual(groupsBy(truth, (i) => `${i}`));
  });

  it('learns the same model from the same records, and knows it by its version', () => {
    const again = train(readTable(personSpace, claims), { randomPairs: 50_000 });
    expect(again).toEqual(parameters);
    expect(train(readTable(personSpace, claims.slice(3)), { randomPairs: 50_000 }).version).not.toBe(
      parameters.version,
    );
    for (const { rounds } of parameters.trained.passes) expect(rounds).toBeLessThanOrEqual(25);
  });

  it('holds no name in its parameters', () => {
    const text = JSON.stringify(parameters);
    for (const { name, phone } of claims.slice(0, 50)) {
      expect(text).not.toContain(name);
      if (phone) expect(text).not.toContain(phone);
    }
  });

  it('gives the same clusters in any order of records', () => {
    const expected = groupsBy(link(readTable(personSpace, claims), parameters).clusters.of, (i) => `${i}`);
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 5, maxLength: 40 }), (keys) => {
        const order = shuffled(
          claims.map((_, i) => i),
          keys,
        );
        const table = readTable(
          personSpace,
          order.map((i) => claims[i] as Stated),
        );
        expect(groupsBy(link(table, parameters).clusters.of, (i) => `${order[i]}`)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  it('finds the same edges in batches as at once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 899 }), { maxLength: 4 }), (cuts) => {
        const ends = [...new Set([...cuts, claims.length])].sort((a, b) => a - b);
        const edgesOf = ({ automatic: e }: ReturnType<typeof scorePairs>): string[] =>
          Array.from({ length: e.count }, (_, i) => `${e.a[i]}-${e.b[i]}`);
        const found = ends.flatMap((end, i) =>
          edgesOf(
            scorePairs({ table: readTable(personSpace, claims.slice(0, end)), parameters, from: ends[i - 1] ?? 0 }),
          ),
        );
        const atOnce = edgesOf(scorePairs({ table: readTable(personSpace, claims), parameters }));
        expect(found.sort()).toEqual(atOnce.sort());
      }),
      { numRuns: 15 },
    );
  });

  it('never makes one of twins, of a father and his son, or of two numbers', () => {
    const base = { birth: '2015-06-01', phone: '13912345678', home: '思南路1弄2号301室', kin: '王丽', sex: '男' };
    const pairs: [Stated, Stated][] = [
      [
        { ...base, name: '李浩宇' },
        { ...base, name: '李浩然' },
      ],
      [
        { ...base, name: '李浩宇' },
        { ...base, name: '李皓宇' },
      ],
      [
        { ...base, name: '李宇' },
        { ...base, name: '李然', birth: '2015-01-06' },
      ],
      [
        { ...base, name: '李浩宇' },
        { ...base, name: '李浩', birth: '1985-06-01' },
      ],
      [
        { ...base, name: '李浩宇', identifier: 'x' },
        { ...base, name: '李浩宇', identifier: 'y' },
      ],
    ];
    for (const [a, b] of pairs) {
      const { clusters } = link(readTable(personSpace, [...claims, a, b]), parameters);
      expect(clusters.of[claims.length], JSON.stringify([a, b])).not.toBe(clusters.of[claims.length + 1]);
    }
  });

  it('does not believe a number that a twin’s row carries', () => {
    const base = { birth: '2013-05-04', phone: '18188296362', home: '西藏南路568弄6号2402室', sex: '女' };
    const one = { ...base, name: '江涵一', identifier: 'x' };
    const other = { ...base, name: '江涵桐', identifier: 'y' };
    const wrong = { ...other, identifier: 'x' };
    for (const third of [other, { ...other, identifier: undefined }]) {
      const rest = third.identifier === undefined ? [{ ...one, identifier: undefined }] : [];
      const { clusters, questions } = link(readTable(personSpace, [...claims, one, wrong, third, ...rest]), parameters);
      expect(clusters.of[claims.length]).not.toBe(clusters.of[claims.length + 1]);
      expect(questions.map(({ reason }) => reason)).toContain('number-of-a-twin');
    }
    // Without a third record it is a slip of the hand.
    const { clusters } = link(readTable(personSpace, [...claims, one, wrong]), parameters);
    expect(clusters.of[claims.length]).toBe(clusters.of[claims.length + 1]);
  });

  it('asks people about twins', () => {
    const base = { birth: '2015-06-01', phone: '13912345678', home: '思南路1弄2号301室', sex: '男' };
    const { questions } = link(
      readTable(personSpace, [...claims, { ...base, name: '李浩宇' }, { ...base, name: '李浩雨' }]),
      parameters,
    );
    expect(questions.map(({ reason }) => reason)).toContain('twins-home');
  });

  it('cuts a cluster in which two numbers meet, and asks about the cut', () => {
    const base = { name: '郯稷', birth: '1970-02-03', phone: '13912345678', home: '思南路1弄2号301室', sex: '男' };
    const three = [
      { ...base, identifier: 'x' },
      { ...base, home: '' },
      { ...base, identifier: 'y' },
    ];
    const { clusters, questions } = link(readTable(personSpace, [...claims, ...three]), parameters);
    const [x, , y] = [0, 1, 2].map((i) => clusters.of[claims.length + i]);
    expect(x).not.toBe(y);
    expect(questions.map(({ reason }) => reason)).toContain('cut');
  });

  it('agreement on a rare name weighs more than on a common one', () => {
    const many = [
      ...claims,
      ...Array.from({ length: 200 }, (_, i) => ({ name: '张伟', birth: `19${10 + (i % 80)}-01-02` })),
    ];
    const learnt = train(readTable(personSpace, many), { randomPairs: 20_000 });
    const weight = (name: string): number =>
      explain({ space: personSpace, parameters: learnt, a: { name }, b: { name } }).reasons.find(
        (r) => r.attribute === 'name',
      )?.weight as number;
    expect(weight('郯稷')).toBeGreaterThan(weight('张伟') + 2);
  });

  it('explains a score by the sum that decides', () => {
    const a = { name: '张伟', birth: '1985-03-11', sex: '男', phone: '13912345678', home: '思南路1弄2号301室' };
    const b = { name: '张玮', birth: '1985-11-03', sex: '男', phone: '13912345678', home: '思南路1弄2号301室' };
    const said = explain({ space: personSpace, parameters, a, b });
    const counted = said.reasons.filter((r) => r.counted).reduce((sum, r) => sum + r.weight, 0);
    expect(said.weight).toBeCloseTo(Math.log2(said.prior / (1 - said.prior)) + counted, 9);
    expect(said.rule?.id).toBe('twins-home');
    expect(said.reasons.map((r) => r.text.zh).join('\n')).toMatch(/姓名：同音.*\n出生日期：月日颠倒.*\n性别：一致/);
    expect(said.reasons.find((r) => r.attribute === 'identifier')?.text.zh).toContain('一方未提供');
    // Home and telephone agree together in a family: only one of them counts.
    expect(
      said.reasons
        .filter((r) => r.attribute === 'home' || r.attribute === 'phone')
        .map((r) => r.counted)
        .sort(),
    ).toEqual([false, true]);
  });

  it('is empty for nothing', () => {
    const table = readTable(personSpace, []);
    expect(link(table, train(table)).clusters.of).toHaveLength(0);
    const one = readTable(personSpace, [{ name: '张伟' }]);
    expect([...link(one, train(one)).clusters.of]).toEqual([0]);
  });
});

describe('blocks', () => {
  it('numbers keys as a map does, also above 32 bits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(20), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })), { maxLength: 400 }),
        (keys) => {
          const map = new Map<number, number>();
          const numbers = numbering(keys.length);
          for (const key of keys) {
            if (!map.has(key)) map.set(key, map.size);
            expect(numbers.of(key)).toBe(map.get(key));
          }
          expect(numbers.count()).toBe(map.size);
        },
      ),
    );
  });

  const crowd = Array.from(
    { length: CROWDED + 10 },
    (_, i): Stated => ({
      phone: '13912345678',
      name: `${SURNAMES[i % 15]}${GIVEN[i % 20]}`,
    }),
  );

  it('brings each pair once, however many passes find it', () => {
    const record = fc.record({
      name: fc.constantFrom('张伟', '张玮', '王芳'),
      birth: fc.constantFrom('1985-03-11', '1985-03-12', undefined),
      phone: fc.constantFrom('13912345678', '13912345679', undefined),
      home: fc.constantFrom('思南路1弄2号301室', '思南路1弄2号302室', undefined),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 25 }), (records) => {
        const seen = new Set<string>();
        eachPair(blocksOf(readTable(personSpace, records), {}), (a, b) => {
          expect(a).toBeLessThan(b);
          expect(seen.has(`${a}-${b}`)).toBe(false);
          seen.add(`${a}-${b}`);
        });
        records.forEach((x, a) =>
          records.forEach((y, b) => {
            if (a < b && x.phone !== undefined && x.phone === y.phone) expect(seen.has(`${a}-${b}`)).toBe(true);
          }),
        );
      }),
    );
  });

  it('splits a key that too many share', () => {
    const table = readTable(personSpace, crowd);
    const crowded = crowdedKeys(table);
    expect(crowded.phone).toHaveLength(1);
    let all = 0;
    let split = 0;
    eachPair(blocksOf(table, {}), () => (all += 1));
    eachPair(blocksOf(table, crowded), () => (split += 1));
    expect(all).toBe((crowd.length * (crowd.length - 1)) / 2);
    expect(split).toBeLessThan(all / 20);
  });

  it('goes by the model, not by the size of today', () => {
    const crowded = crowdedKeys(readTable(personSpace, crowd));
    let pairs = 0;
    eachPair(blocksOf(readTable(personSpace, crowd.slice(0, 10)), crowded), () => (pairs += 1));
    expect(pairs).toBe(0);
  });
});

describe('clusters', () => {
  const graph = fc.integer({ min: 2, max: 9 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      edges: fc.uniqueArray(
        fc
          .record({ a: fc.nat(size - 1), b: fc.nat(size - 1), weight: fc.integer({ min: 1, max: 20 }) })
          .filter((e) => e.a < e.b),
        { maxLength: 20, selector: (e) => `${e.a}-${e.b}` },
      ),
      kinds: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: size, maxLength: size }),
    }),
  );
  const columns = (edges: readonly WeightedEdge[]) => ({
    a: edges.map((e) => e.a),
    b: edges.map((e) => e.b),
    weight: edges.map((e) => e.weight),
    count: edges.length,
  });

  it('a cut parts the two sides at the least weight that there is', () => {
    fc.assert(
      fc.property(graph, ({ size, edges }) => {
        const cut = minCut({ edges, sources: new Set([0]), sinks: new Set([size - 1]) });
        const kept = edges.filter((e) => !cut.includes(e));
        const of = components({ size, ...columns(kept) });
        expect(of[0]).not.toBe(of[size - 1]);
        let least = Infinity;
        for (let side = 0; side < 2 ** size; side += 1) {
          const on = (node: number): number => (side >> node) & 1;
          if (on(0) === on(size - 1)) continue;
          least = Math.min(
            least,
            edges.reduce((sum, e) => sum + (on(e.a) === on(e.b) ? 0 : e.weight), 0),
          );
        }
        expect(cut.reduce((sum, e) => sum + e.weight, 0)).toBe(least);
      }),
    );
  });

  it('no cluster holds two that may not be one, and none goes over its component', () => {
    fc.assert(
      fc.property(graph, ({ size, edges, kinds }) => {
        // Kind 0 has no identifier; two other kinds may not meet.
        const mustPart = (a: number, b: number): boolean => kinds[a] !== 0 && kinds[b] !== 0 && kinds[a] !== kinds[b];
        const allowed = edges.filter((e) => !mustPart(e.a, e.b));
        const whole = components({ size, ...columns(allowed) });
        const { of, cut } = cluster({ size, edges: columns(allowed), mustPart });
        for (let b = 1; b < size; b += 1)
          for (let a = 0; a < b; a += 1) {
            if (of[a] !== of[b]) continue;
            expect(mustPart(a, b)).toBe(false);
            expect(whole[a]).toBe(whole[b]);
          }
        const kept = allowed.filter((e) => !cut.some((c) => c.a === e.a && c.b === e.b));
        expect([...of]).toEqual([...components({ size, ...columns(kept) })]);
      }),
    );
  });
});
