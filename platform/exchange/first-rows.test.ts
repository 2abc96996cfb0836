import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FirstRows } from './first-rows.ts';

it('says of any sequence of keys what a map of them says', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 400 }), (keys) => {
      const ours = new FirstRows();
      const map = new Map<string, number>();
      keys.forEach((key, i) => {
        expect(ours.before(key, i + 1)).toBe(map.get(key));
        if (!map.has(key)) map.set(key, i + 1);
      });
    }),
  );
});

it('finds each of 20,000 keys again after growing', () => {
  const rows = new FirstRows();
  for (let i = 1; i <= 20_000; i++) expect(rows.before(`key-${i}`, i)).toBeUndefined();
  for (let i = 1; i <= 20_000; i++) expect(rows.before(`key-${i}`, 30_000 + i)).toBe(i);
});
