import { expect, it } from 'vitest';
import { seriesId } from '#platform/basedata/economy/store.ts';
import { district, readStreets } from '../district.ts';
import { economySample } from './economy.ts';

const sample = () =>
  economySample({
    seed: district.seed,
    district: { code: district.code, title: district.title },
    streets: readStreets(),
    until: '2026-03',
  });

it('has 320 series, each once, with figures in its releases, and the same again for the same seed', () => {
  const first = sample();
  const { series, releases } = first;
  const ids = series.map(seriesId);
  expect(ids).toHaveLength(320);
  expect(new Set(ids).size).toBe(320);
  const told = new Set(releases.flatMap(({ observations }) => observations.map((o) => o.series)));
  expect(ids.filter((id) => !told.has(id))).toEqual([]);
  expect(releases.map(({ state }) => state).filter((state) => state === 'planned')).toHaveLength(1);
  expect(sample()).toEqual(first);
});
