import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newRecoveryCode, normaliseRecoveryCode } from './recovery-codes.ts';
import { enrolmentUri, newTotpSecret, stepOfCode, stepOfPair, totpCode } from './totp.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4226 and 6238 written out once more, as the oracle. */
function oracle(secret: string, seconds: number): string {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = (mac[19] as number) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe('codes of an authenticator', () => {
  it('are those of RFC 6238, at any time and for any secret', () => {
    // Appendix B of the RFC, last six of its eight digits; the secret is "12345678901234567890".
    const published = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect([59, 1111111109, 20000000000].map((s) => totpCode(published, new Date(s * 1000)))).toEqual([
      '287082',
      '081804',
      '353130',
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const secret = newTotpSecret();
        expect(totpCode(secret, new Date(seconds * 1000))).toBe(oracle(secret, seconds));
      }),
    );
  });

  it('are taken one step early and one step late, not two', () => {
    const secret = newTotpSecret();
    const now = new Date('2026-11-24T03:00:10Z');
    const step = Math.floor(now.getTime() / 30_000);
    const at = (steps: number) => totpCode(secret, new Date(now.getTime() + steps * 30_000));
    for (const early of [-1, 0, 1]) expect(stepOfCode({ secret, code: at(early), now })).toBe(step + early);
    const near = [-1, 0, 1].map(at);
    for (const far of [-2, 2, 100])
      if (!near.includes(at(far))) expect(stepOfCode({ secret, code: at(far), now })).toBeUndefined();
    for (const code of ['', '12345', '1234567', '12345a', '１２３４５６'])
      expect(stepOfCode({ secret, code, now })).toBeUndefined();
  });

  it('confirm an enrolment only as two that follow each other', () => {
    const secret = newTotpSecret();
    const now = new Date('2026-11-24T03:00:10Z');
    const at = (steps: number) => totpCode(secret, new Date(now.getTime() + steps * 30_000));
    const step = Math.floor(now.getTime() / 30_000);
    expect(stepOfPair({ secret, first: at(-1), second: at(0), now })).toBe(step);
    expect(stepOfPair({ secret, first: at(0), second: at(1), now })).toBe(step + 1);
    expect(stepOfPair({ secret, first: at(0), second: at(0), now })).toBeUndefined();
    expect(stepOfPair({ secret, first: at(0), second: at(-1), now })).toBeUndefined();
  });

  it('come from 160 random bits, in an address that apps read', () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(secret);
    const uri = new URL(enrolmentUri({ secret, account: 'clerk.ruijin', issuer: 'Smart District' }));
    expect(uri.protocol + uri.host).toBe('otpauth:totp');
    expect(decodeURIComponent(uri.pathname)).toBe('/Smart District:clerk.ruijin');
    expect(uri.searchParams.get('secret')).toBe(secret);
  });
});

describe('recovery codes', () => {
  it('are read back however they were copied', () => {
    fc.assert(
      fc.property(fc.constantFrom('', '-', ' ', ' - '), fc.boolean(), (between, lower) => {
        const code = newRecoveryCode();
        const typed = code.replace('-', between);
        expect(normaliseRecoveryCode(lower ? typed.toLowerCase() : typed)).toBe(code.replace('-', ''));
      }),
    );
    expect(normaliseRecoveryCode('OIL00-00000')).toBe('0110000000');
    for (const other of ['', '123456', 'ABCDE-FGHJ', 'ABCDE-FGHJK9', 'ABCDE-FGHJU']) {
      expect(normaliseRecoveryCode(other)).toBeUndefined();
    }
  });
});
