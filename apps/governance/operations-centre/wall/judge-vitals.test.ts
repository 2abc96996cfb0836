import { expect, it } from 'vitest';
import type { Weights } from './ahp.ts';
import { judgeVitals, type Said } from './judge-vitals.ts';
import type { VitalRules } from './vital-rules.ts';

const now = new Date('2026-11-27T06:00:00Z');
const text = { zh: '样例', en: 'Sample' };
const about = { what: text, period: text, from: text };
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const said = (id: string, heard: Date | null, value: number | null = 50, d?: number): Said => ({
  id,
  title: text,
  heard,
  vitals: [
    {
      id: `${id}.v`,
      title: text,
      value,
      unit: 'percent',
      about: d === undefined ? about : { ...about, of: { n: 1, d, names: { n: text, d: text } } },
    },
  ],
});
function rules(weights: Record<string, number>, consistent = true): VitalRules {
  const all = new Map(Object.entries(weights));
  const judged: Weights = { weights: all, ratio: consistent ? 0.01 : 0.2, consistent };
  return {
    scales: new Map([...all].map(([id, weight]) => [`${id}.v`, { limit: 0, target: 100, weight }])),
    weights: judged,
    minutes: new Map([...all.keys()].map((id) => [id, 10])),
    ranges: new Map([['percent', { min: 0, max: 100 }]]),
    least: 20,
    skewMinutes: 5,
  };
}

it('with 30 % of the weight stale the index is withheld, with 20 % it is shown', () => {
  const sources = [said('a', ago(1)), said('b', ago(21))];
  expect(judgeVitals(sources, rules({ a: 0.7, b: 0.3 }), now).index).toEqual({
    value: null,
    fresh: 0.7,
    missing: ['b.v'],
  });
  expect(judgeVitals(sources, rules({ a: 0.8, b: 0.2 }), now).index).toMatchObject({ value: 50, missing: ['b.v'] });
  // At twice the interval it is not yet silent.
  expect(judgeVitals([said('a', ago(1)), said('b', ago(20))], rules({ a: 0.7, b: 0.3 }), now).index.value).toBe(50);
});

it('what cannot be is code S: not shown, its weight missing', () => {
  const { vitals, index } = judgeVitals([said('a', ago(1)), said('b', ago(1), 130)], rules({ a: 0.7, b: 0.3 }), now);
  expect(vitals[1]).toMatchObject({ value: null, quality: 'S', score: null });
  expect(index).toEqual({ value: null, fresh: 0.7, missing: ['b.v'] });
});

it('a clock ahead of ours by more than five minutes is flagged and ours is taken', () => {
  const { sources } = judgeVitals([said('a', ago(-6)), said('b', ago(-4))], rules({ a: 0.7, b: 0.3 }), now);
  expect(sources).toMatchObject([
    { skewed: true, heard: now, fresh: true },
    { skewed: false, heard: ago(-4) },
  ]);
});

it('gives no index from weights that contradict one another, and says where a rate is made of few', () => {
  const { index, vitals } = judgeVitals([said('a', ago(1), 50, 3)], rules({ a: 1 }, false), now);
  expect(index).toMatchObject({ value: null, fresh: 1 });
  expect(vitals[0]).toMatchObject({ few: true, value: 50 });
  expect(judgeVitals([said('a', ago(1), 50, 20)], rules({ a: 1 }), now).vitals[0]).toMatchObject({ few: false });
});
