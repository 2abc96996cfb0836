import fc from 'fast-check';
import { expect, it } from 'vitest';
import { correlate, metresBetween, type Rules, type Seen } from './correlate.ts';

const rules: Rules = {
  families: new Map([
    ['water-logging', ['flood', 'typhoon']],
    ['rain', ['flood']],
    ['tree-down', ['typhoon']],
    ['noise', []],
  ]),
  metres: 300,
  minutes: 30,
  least: 3,
};
const at = (minute: number) => new Date(Date.UTC(2026, 8, 1) + minute * 60_000);
const seen = (ref: string, minute: number, metres = 0, of = 'water-logging'): Seen => ({
  ref,
  class: of,
  level: 3,
  lon: 121.48 + metres / 95_300,
  lat: 31.22,
  at: at(minute),
});

it('joins what is compatible, near and soon, and nothing else', () => {
  const near = [seen('a', 0), seen('b', 10, 200), seen('c', 35, 400, 'rain')];
  expect(metresBetween(near[0] as Seen, near[1] as Seen)).toBeCloseTo(200, -1);
  const [one, ...more] = correlate(
    'test',
    [...near, seen('far', 5, 900), seen('late', 90), seen('n', 6, 0, 'noise')],
    rules,
  );
  expect(more).toEqual([]);
  expect(one).toMatchObject({ family: 'flood', members: near });
});

it('gives the same incidents whatever the order in which things come in', () => {
  const thing = fc.record({
    minute: fc.nat(120),
    metres: fc.nat(2000),
    of: fc.constantFrom('water-logging', 'rain', 'tree-down', 'noise'),
  });
  fc.assert(
    fc.property(fc.array(thing, { maxLength: 40 }), fc.nat(), (things, turn) => {
      const all = things.map(({ minute, metres, of }, i) => seen(`r${i}`, minute, metres, of));
      const turned = all.map((_, i) => all[(i + turn) % all.length] as Seen);
      const clusters = correlate('x', all, rules);
      expect(correlate('x', turned.reverse(), rules)).toEqual(clusters);
      const refs = clusters.flatMap(({ members }) => members.map(({ ref }) => ref));
      expect(new Set(refs).size).toBe(refs.length);
    }),
  );
});
