import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SHORTEST, weaknessOf } from './password-rules.ts';

it('takes a few unrelated words, in any script, and what a password manager makes', () => {
  for (const good of [
    '四只白鹭过江看潮水涨',
    'correct horse battery staple',
    'V7#kd0!mQzr2',
    'lantern-otter-quiet',
    'bridge fog 27 kettles',
  ]) {
    expect(weaknessOf(good, ['clerk.ruijin', '顾思源']), good).toBeUndefined();
  }
});

it.each([
  ['short', 'x7#Kq2!z'],
  ['guessable', '1234567890'],
  ['guessable', 'qwertyuiop'],
  ['guessable', 'P@ssw0rd2026'],
  ['guessable', 'Admin888888'],
  ['guessable', 'woaini5201314'],
  ['guessable', 'shanghai2026'],
  ['personal', 'Riverside20261124'],
  ['guessable', '1qaz2wsx3edc'],
  ['guessable', '13812345678'],
  ['guessable', '310101198001010017'],
  ['guessable', 'aaaaaaaaaaaa'],
  ['guessable', 'abcxabcxabcx'],
  ['guessable', '我爱你中国上海2026'],
  ['personal', 'clerk.ruijin1'],
  ['personal', 'Ruijin20261124'],
  ['personal', '顾思源20261124'],
])('refuses as %s: %s', (why, password) => {
  expect(weaknessOf(password, ['clerk.ruijin', '顾思源', 'riverside'])).toBe(why);
});

it('has no rule of composition and no upper limit of its own: random text of the least length passes', () => {
  const alphabet = [...'bcdfghjkmnpqrtvwxzBCDFGHJKMNPQRTVWXZ'];
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...alphabet), {
        minLength: SHORTEST,
        maxLength: 17,
        selector: (letter) => letter.toLowerCase(),
      }),
      (letters) => {
        // Neighbours in the alphabet may happen by chance; four in a row count as one, the rest must still be enough.
        const text = letters.join('');
        expect(['guessable', undefined]).toContain(weaknessOf(text));
        if (!/bcdf|cdfg|wxz|zxcv|xcvb|cvbn|vbnm|jhgf|kjhg|fghj|ghjk|dfgh/i.test(text))
          expect(weaknessOf(text), text).toBeUndefined();
      },
    ),
  );
});

it('never finds a longer password weaker for an unrelated word put behind it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: SHORTEST, maxLength: 40 }), (start) => {
      if (weaknessOf(start) === undefined) expect(weaknessOf(`${start}鹭`)).toBeUndefined();
    }),
  );
});
