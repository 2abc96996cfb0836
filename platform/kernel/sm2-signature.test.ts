import { sm2 } from 'sm-crypto-v2';
import { expect, it } from 'vitest';
import { SM2_OPTIONS, sm2Holds } from './sm2-signature.ts';

const { privateKey, publicKey } = sm2.generateKeyPairHex();
const content = Buffer.from('黄浦区 2026');
const sign = () => sm2.doSignature(content, privateKey, { ...SM2_OPTIONS, publicKey });

it('takes a signature in the one text that DER has for it, and no other text of the same numbers', () => {
  for (let each = 0; each < 40; each += 1) {
    const right = Buffer.from(sign(), 'hex');
    expect(sm2Holds(content, right, publicKey)).toBe(true);
    expect(sm2Holds(content, right.toString('hex'), publicKey)).toBe(true);
    const r = right.subarray(4, 4 + (right[3] ?? 0));
    const rest = right.subarray(4 + r.length);
    const wrong: Record<string, Buffer> = {
      'a byte behind it': Buffer.concat([right, Buffer.from([0])]),
      'a longer length': Buffer.concat([Buffer.from([0x30, 0x81, right[1] ?? 0]), right.subarray(2)]),
      'another tag': Buffer.concat([Buffer.from([0x31]), right.subarray(1)]),
      'a number with a zero before it': Buffer.concat([
        Buffer.from([0x30, (right[1] ?? 0) + 1, 0x02, r.length + 1, 0]),
        r,
        rest,
      ]),
      'an end that is missing': right.subarray(0, -1),
    };
    for (const [what, bytes] of Object.entries(wrong)) expect(sm2Holds(content, bytes, publicKey), what).toBe(false);
  }
  const hex = sign();
  for (const text of [hex.toUpperCase(), `${hex}zz`, ` ${hex}`, hex.slice(1), ''])
    expect(sm2Holds(content, text, publicKey)).toBe(false);
  expect(sm2Holds(Buffer.from('黄浦区 2027'), hex, publicKey)).toBe(false);
});
