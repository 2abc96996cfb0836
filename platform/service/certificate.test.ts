import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareSignature } from '#platform/document/sign/sign-text.ts';
import { generateSm2, keyIdOf, signSm2 } from '#platform/document/sign/sm2.ts';
import { composeCertificateId } from '#platform/kernel/codes/certificate-id.ts';
import { certificateText, codeOf, holderDigest, presentationText } from './certificate-code.ts';
import { afterAct, type CertificateAct, CERTIFICATE_ACTS, lastDayOf } from './certificate-state.ts';
import { checkCode, codeIn, type Lists } from './web/read-code.ts';

const pair = generateSm2();
const key = keyIdOf(pair.publicKey);
const identifier = composeCertificateId({
  type: '11310101MB0000000X901',
  issuer: '11310101MB2F30403X',
  serial: '2026000001',
  version: 1,
});
const now = new Date('2026-11-26T10:00:00+08:00');
const LISTS: Lists = {
  at: now.toISOString(),
  keys: [
    {
      id: key,
      title: '样例局',
      publicKey: pair.publicKey,
      from: now.toISOString(),
      until: '2031-01-01T00:00:00Z',
      revokedAt: null,
    },
  ],
  ended: [],
  types: { '11310101MB0000000X901': '食品小作坊登记证' },
};
const signed = (text: string) => codeOf(text, bareSignature(signSm2(Buffer.from(text), pair)));
const digest = holderDigest({ identifier, name: '沈若水', code: '11010519491231002X' });
const code = signed(certificateText({ identifier, digest, from: '2026-11-26', until: '2029-11-25', key }));

describe('the code of a certificate', () => {
  it('fits a QR code of sensible density and is read from an address as well', () => {
    expect(code.length).toBeLessThan(250);
    expect(codeIn(`https://example.test/citizen/certificate-check#${code}`)).toBe(code);
    expect(checkCode({ code, lists: LISTS, now })).toMatchObject({
      result: 'holds',
      title: '食品小作坊登记证',
      issuer: '样例局',
      until: '2029-11-25',
    });
  });

  it('holds no longer with any one character changed', () => {
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom(...'0123456789ABCXYZabcxyz-_.~'), (at, wrong) => {
        fc.pre(code[at] !== wrong);
        const { result } = checkCode({ code: code.slice(0, at) + wrong + code.slice(at + 1), lists: LISTS, now });
        // The last of base64url has four bits that carry nothing: another spelling of the same signature.
        if (at === code.length - 1) return;
        expect(['forged', 'unreadable', 'key']).toContain(result);
      }),
      { numRuns: 60, seed: 310101 },
    );
  });

  it('shows what was chosen until its time is over, in any language', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ maxLength: 20 }), {
          minKeys: 1,
          maxKeys: 4,
        }),
        (fields) => {
          const until = new Date(now.getTime() + 300_000);
          const shown = signed(presentationText({ identifier, fields, from: now, until, key }));
          expect(checkCode({ code: shown, lists: LISTS, now })).toMatchObject({
            result: 'holds',
            kind: 'presentation',
          });
          expect({ ...checkCode({ code: shown, lists: LISTS, now }).fields }).toEqual({ ...fields });
          expect(checkCode({ code: shown, lists: LISTS, now: new Date(until.getTime() + 1001) }).result).toBe('late');
        },
      ),
      { numRuns: 10, seed: 310101 },
    );
  });

  it('is told from one of a key that nobody knows, or that was revoked', () => {
    expect(checkCode({ code, lists: { ...LISTS, keys: [] }, now }).result).toBe('key');
    const gone = LISTS.keys.map((each) => ({ ...each, revokedAt: now.toISOString() }));
    expect(checkCode({ code, lists: { ...LISTS, keys: gone }, now }).result).toBe('key');
    const other = generateSm2();
    const text = certificateText({ identifier, digest, from: '2026-11-26', until: null, key });
    const forged = codeOf(text, bareSignature(signSm2(Buffer.from(text), other)));
    expect(checkCode({ code: forged, lists: LISTS, now }).result).toBe('forged');
    for (const junk of ['', '~~~~~~~', 'EC1~C~x', 'http://x/#EC9~C~a~b~c~d~e~f'])
      expect(checkCode({ code: junk, lists: LISTS, now }).result).toBe('unreadable');
  });

  it('agrees with its holder only by whole name and last digits, however they are spaced', () => {
    const said = (name: string, tail: string) => checkCode({ code, lists: LISTS, now, holder: { name, tail } }).holder;
    expect(said(' 沈 若水 ', '002x')).toBe('agrees');
    expect(said('沈若水', '0021')).toBe('differs');
    expect(said('沈若', '002X')).toBe('differs');
  });
});

describe('states of a certificate', () => {
  it('end for good: nothing leads out of revoked, rescinded, cancelled or replaced', () => {
    const acts = Object.keys(CERTIFICATE_ACTS) as CertificateAct[];
    for (const state of ['revoked', 'rescinded', 'cancelled', 'replaced'] as const)
      for (const act of acts) expect(afterAct(state, act), `${state} ${act}`).toBeUndefined();
    expect(afterAct('issued', 'suspend')).toBeUndefined();
    expect(afterAct('suspended', 'resume')).toBe('in-force');
  });

  it('end on the day before the same day of their month', () => {
    expect(lastDayOf('2026-11-26', 36)).toBe('2029-11-25');
    expect(lastDayOf('2024-02-29', 12)).toBe('2025-02-28');
    expect(lastDayOf('2026-08-31', 1)).toBe('2026-09-30');
    expect(lastDayOf('2026-01-01', 12)).toBe('2026-12-31');
    expect(lastDayOf('2026-01-01', null)).toBeNull();
  });
});
