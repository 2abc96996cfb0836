import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FREE_KINDS, isFree, kindOf, KINDS, kindsFor, sayKind } from './kinds.ts';
import { messageOfToken, unsubscribeToken } from './unsubscribe-link.ts';

const message = fc.record({
  about: fc.constantFrom('alert', 'storm', 'warning', 'order', 'case'),
  level: fc.integer({ min: 1, max: 4 }),
  binding: fc.boolean(),
} as const);
const levels = fc.record({ alert: fc.integer({ min: 0, max: 4 }), warning: fc.integer({ min: 0, max: 4 }) });

it('a graver message is never freer, and what has to be told is never free', () => {
  fc.assert(
    fc.property(message, levels, (one, locked) => {
      const free = isFree(kindOf(one, locked));
      if (one.about === 'order' || (one.about === 'case' && one.binding)) expect(free).toBe(false);
      if (one.level > 1 && !free) expect(isFree(kindOf({ ...one, level: one.level - 1 }, locked))).toBe(false);
      if (one.about === 'warning' && one.level <= locked.warning) expect(free).toBe(false);
    }),
  );
});
it('a kind says why it cannot be unsubscribed from, exactly where it cannot, in both languages', () => {
  const locked = { alert: 2, warning: 2 };
  for (const official of [true, false])
    for (const kind of kindsFor(official)) {
      const { title, text, reason } = sayKind(kind, { locked, official });
      expect([title, text].flatMap(({ zh, en }) => [zh, en])).not.toContain('');
      expect(reason === null, kind).toBe((FREE_KINDS as readonly string[]).includes(kind));
      if (reason) expect([reason.zh, reason.en].join()).toMatch(/不能退订.*cannot be unsubscribed/s);
    }
  expect([...new Set([...kindsFor(true), ...kindsFor(false)])].sort()).toEqual([...KINDS].sort());
});
it('a token that was changed anywhere is none', () => {
  const services = {
    keyring: {
      lookup: (kind: string, value: string) =>
        Buffer.from(`${kind} ${value}`.padEnd(60)).toString('base64url').slice(-43),
    },
  };
  const id = '0190a0a0-0000-7000-8000-00000000000a';
  // The house's own keyring makes the digest; here one that shows what it was given.
  const token = unsubscribeToken(services as never, id);
  expect(messageOfToken(services as never, token)).toBe(id);
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...'0aZ_.-'), (at, by) => {
      const changed = token.slice(0, at) + by + token.slice(at + 1);
      if (changed !== token) expect(messageOfToken(services as never, changed)).not.toBe(id);
    }),
  );
});
