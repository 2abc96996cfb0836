import { expect, it } from 'vitest';
import { bitsBetween } from '#platform/case/duplicates.ts';
import { hashOf } from './difference-hash.ts';

const picture = (grey: (x: number, y: number) => number): number[] =>
  Array.from({ length: 72 }, (_, i) => grey(i % 9, Math.floor(i / 9))).flatMap((value) => [value, value, value, 255]);

it('is the same for a brighter picture of the same thing, and far away for another', () => {
  const slope = (x: number, y: number) => 10 * x + y;
  const one = hashOf(picture(slope));
  expect(one).toBe('ffffffffffffffff');
  expect(hashOf(picture((x, y) => slope(x, y) + 60))).toBe(one);
  expect(bitsBetween(one, hashOf(picture((x, y) => 90 - slope(x, y))))).toBe(64);
});
