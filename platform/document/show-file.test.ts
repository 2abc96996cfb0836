import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dispositionOf } from './show-file.ts';

it('a name of any characters is one header that gives it back, and can begin no other', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (name) => {
      const header = dispositionOf(name);
      const found = /^attachment; filename="[\w.-]+"; filename\*=UTF-8''([\w%.!~-]+)$/.exec(header);
      expect(found, header).not.toBeNull();
      expect(decodeURIComponent(found?.[1] ?? '')).toBe(name);
    }),
  );
});
