import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuedBy, makeCertificate, readCertificate } from './certificate.ts';
import { decode, DerError, generalizedTime, integer, integerOf, oid, oidOf, pem, timeOf } from './der.ts';
import { generateSm2, privatePem, publicPem, signSm2, sm2Holds } from './sm2.ts';
import { digestsOf, keyStateAt, signDocument, verifyDocument } from './statement.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sign-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
/** The oracle: SM3 and the user id of GM/T 0009. */
const SM2 = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];
const key = generateSm2();
const at = new Date('2026-11-26T02:00:00Z');
const house = { country: 'CN', organisation: '样例城区', common: '样例城区签章根证书' };
const times = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2031-01-01T00:00:00Z') };

describe('SM2 signatures', () => {
  it('of ours are right for OpenSSL, and those of OpenSSL for us', () => {
    const content = file('content', '黄浦区食品经营许可证');
    const publicFile = file('public.pem', publicPem(key.publicKey));
    const signature = file('signature', signSm2(Buffer.from('黄浦区食品经营许可证'), key));
    expect(
      openssl('pkeyutl', '-verify', '-pubin', '-inkey', publicFile, '-in', content, '-sigfile', signature, ...SM2),
    ).toMatch(/Successfully/);
    const theirs = join(folder, 'theirs');
    openssl('pkeyutl', '-sign', '-inkey', file('private.pem', privatePem(key)), '-in', content, '-out', theirs, ...SM2);
    expect(sm2Holds(Buffer.from('黄浦区食品经营许可证'), readBytes(theirs), key.publicKey)).toBe(true);
    expect(sm2Holds(Buffer.from('黄浦区食品经营许可証'), readBytes(theirs), key.publicKey)).toBe(false);
  });

  it('hold for the signed bytes only: any changed byte of content or signature breaks them', () => {
    const content = Buffer.from('0123456789abcdef');
    const signature = signSm2(content, key);
    fc.assert(
      fc.property(fc.boolean(), fc.nat(100), fc.integer({ min: 1, max: 255 }), (ofContent, where, change) => {
        const [a, b] = [Buffer.from(content), Buffer.from(signature)];
        const bytes = ofContent ? a : b;
        const place = where % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ change;
        expect(sm2Holds(a, b, key.publicKey)).toBe(false);
      }),
      { numRuns: 40, seed: 310101 },
    );
  });
});

describe('a signed document', () => {
  const content = digestsOf(Buffer.from('决定书'));
  const signed = signDocument({ content, key, at, number: 'A-1' });
  const check = (more: Partial<Parameters<typeof verifyDocument>[0]> = {}) =>
    verifyDocument({ content, signed, publicKey: key.publicKey, key: { ...times, revokedAt: null }, ...more });

  it('is verified, and its text can be checked with OpenSSL alone', () => {
    expect(check()).toEqual({ holds: true, intact: true, keyState: 'valid' });
    const result = openssl(
      'pkeyutl',
      '-verify',
      '-pubin',
      '-inkey',
      file('p.pem', publicPem(key.publicKey)),
      '-in',
      file('text', signed.text),
      '-sigfile',
      file('s', Buffer.from(signed.signature, 'hex')),
      ...SM2,
    ); // prettier-ignore
    expect(result).toMatch(/Successfully/);
  });

  it('that was changed, or whose statement was, is told apart from one of a revoked or expired key', () => {
    expect(check({ content: digestsOf(Buffer.from('决定书 ')) })).toMatchObject({ holds: true, intact: false });
    expect(check({ signed: { ...signed, number: 'A-2' } })).toMatchObject({ holds: false });
    expect(check({ signed: { ...signed, at: new Date(at.getTime() + 1000) } })).toMatchObject({ holds: false });
    expect(check({ publicKey: generateSm2().publicKey })).toMatchObject({ holds: false });
    expect(check({ key: { ...times, revokedAt: at } })).toMatchObject({ holds: true, keyState: 'revoked' });
    expect(check({ key: { ...times, revokedAt: new Date(at.getTime() + 1) } })).toMatchObject({ keyState: 'valid' });
    expect(keyStateAt({ ...times, revokedAt: null }, times.until)).toBe('expired');
    expect(keyStateAt({ ...times, revokedAt: null }, new Date(0))).toBe('not-yet');
  });
});

describe('certificates', () => {
  const root = makeCertificate({
    serial: 1n,
    subject: house,
    publicKey: key.publicKey,
    issuer: { name: house, key },
    ...times,
    issues: true,
  });
  const unit = generateSm2();
  const subject = { country: 'CN', organisation: '样例城区', common: '市场监督管理局' };
  const leaf = makeCertificate({
    serial: 2n ** 100n,
    subject,
    publicKey: unit.publicKey,
    issuer: { name: house, key },
    ...times,
    issues: false,
  });

  it('are verified by OpenSSL up to the root, and by us', () => {
    const [ca, cert] = [file('ca.pem', pem('CERTIFICATE', root)), file('leaf.pem', pem('CERTIFICATE', leaf))];
    const text = openssl('x509', '-in', cert, '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus');
    expect(text).toContain('CN=市场监督管理局');
    expect(text).toContain('Digital Signature, Non Repudiation');
    expect(openssl('verify', '-vfyopt', 'distid:1234567812345678', '-CAfile', ca, cert)).toMatch(/: OK/);
    const [a, b] = [readCertificate(root), readCertificate(leaf)];
    expect(b).toMatchObject({
      subject,
      issuer: house,
      publicKey: unit.publicKey,
      serial: 2n ** 100n,
      issues: false,
      ...times,
    });
    expect([issuedBy(b, a), issuedBy(a, a), issuedBy(a, b)]).toEqual([true, true, false]);
  });

  it('that were changed in any byte are refused or not issued by the root', () => {
    const authority = readCertificate(root);
    fc.assert(
      fc.property(fc.nat(leaf.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const bad = Buffer.from(leaf);
        bad[place] = (bad[place] ?? 0) ^ change;
        const holds = (): boolean => {
          try {
            return issuedBy(readCertificate(bad), authority);
          } catch {
            return false;
          }
        };
        expect(holds()).toBe(false);
      }),
      { numRuns: 60, seed: 310101 },
    );
  });
});

describe('DER', () => {
  it('gives numbers, identifiers and times back', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 160n }),
        fc.array(fc.nat(2 ** 31 - 1), { minLength: 1, maxLength: 8 }),
        fc.date({ min: new Date('1950-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (number, arcs, when) => {
          expect(integerOf(decode(integer(number)))).toBe(number);
          const name = ['1', '2', ...arcs].join('.');
          expect(oidOf(decode(oid(name)))).toBe(name);
          expect(timeOf(decode(generalizedTime(when))).getTime()).toBe(Math.floor(when.getTime() / 1000) * 1000);
        },
      ),
    );
  });

  it('takes no bytes that are not DER, and breaks on none', () => {
    for (const hex of ['', '30', '3080', '308101', '30810100', '1f8101', '3001', '0400ff'])
      expect(() => decode(Buffer.from(hex, 'hex')), hex).toThrow(DerError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          const node = decode(bytes);
          expect(node.whole.equals(Buffer.from(bytes))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(DerError);
        }
      }),
    );
  });
});

function readBytes(path: string): Buffer {
  return execFileSync('cat', [path]);
}
