import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../sign/certificate.ts';
import { DerError } from '../sign/der.ts';
import { generateSm2, publicPem } from '../sign/sm2.ts';
import { checkSealSignature, drawSeal, makeSeal, sealDigest } from './make-seal.ts';
import {
  decodeSeal,
  decodeSealSignature,
  encodeSeal,
  encodeSealSignature,
  type SealInfo,
  type SealSignature,
} from './ses.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seal-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [maker, signer] = [generateSm2(), generateSm2()];
const times = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2031-01-01T00:00:00Z') };
const name = (common: string) => ({ country: 'CN', organisation: '样例城区', common });
const issuer = { name: name('签章根证书'), key: maker };
const makerCertificate = makeCertificate({
  serial: 1n,
  subject: issuer.name,
  publicKey: maker.publicKey,
  issuer,
  ...times,
  issues: true,
});
const certificate = makeCertificate({
  serial: 2n,
  subject: name('市场监督管理局'),
  publicKey: signer.publicKey,
  issuer,
  ...times,
  issues: false,
});
const info: SealInfo = {
  vendor: 'smart-district',
  id: '31010100000000000001',
  type: 1,
  name: '市场监督管理局',
  signers: { type: 'certificates', certificates: [certificate] },
  createdAt: times.from,
  validFrom: times.from,
  validUntil: times.until,
  picture: { type: 'SVG', data: drawSeal('市场监督管理局'), width: 42, height: 42 },
};
const seal = makeSeal({ info, maker: { certificate: makerCertificate, key: maker } });
const digest = createHash('sm3').update('Signature.xml').digest();
const at = new Date('2026-11-26T02:00:00Z');
const signed = sealDigest({
  seal,
  signer: { certificate, key: signer },
  digest,
  property: '/Doc_0/Signs/Sign_0/Signature.xml',
  at,
});

const bytes = fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each));
const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 20 });
const moment = fc
  .date({ min: new Date('1970-01-01'), max: new Date('9999-01-01'), noInvalidDate: true })
  .map((each) => new Date(Math.floor(each.getTime() / 1000) * 1000));
const extensions = fc.option(
  fc.array(fc.record({ id: fc.constant('1.2.156.10197.9'), critical: fc.boolean(), value: bytes }), { maxLength: 3 }),
  { nil: undefined },
);
const anyInfo: fc.Arbitrary<SealInfo> = fc.record({
  vendor: ascii,
  id: ascii,
  type: fc.nat(10),
  name: fc.string({ unit: 'grapheme', maxLength: 30 }),
  signers: fc.oneof(
    fc.record({ type: fc.constant('certificates' as const), certificates: fc.array(bytes, { maxLength: 3 }) }),
    fc.record({
      type: fc.constant('digests' as const),
      digests: fc.array(fc.record({ algorithm: fc.constant('SM3'), value: bytes }), { maxLength: 3 }),
    }),
  ),
  createdAt: moment,
  validFrom: moment,
  validUntil: moment,
  picture: fc.record({
    type: fc.constantFrom('PNG', 'SVG', 'OFD'),
    data: bytes,
    width: fc.nat(200),
    height: fc.nat(200),
  }),
  extensions,
});
const anySignature: fc.Arbitrary<SealSignature> = fc.record({
  tbs: fc.record({
    seal: fc.record({
      info: anyInfo,
      makerCertificate: bytes,
      algorithm: fc.constant('1.2.156.10197.1.501'),
      signature: bytes,
    }),
    at: moment,
    digest: bytes,
    property: ascii,
    extensions,
  }),
  certificate: bytes,
  algorithm: fc.constant('1.2.156.10197.1.501'),
  signature: bytes,
  timeStamp: fc.option(bytes, { nil: undefined }),
});

describe('the structure of GB/T 38540', () => {
  it('gives every seal and every seal on a document back', () => {
    fc.assert(
      fc.property(anySignature, (value) => {
        const der = encodeSealSignature(value);
        const back = decodeSealSignature(der);
        expect(plain(back.signed)).toEqual(plain(value));
        expect(encodeSealSignature(back.signed).equals(der)).toBe(true);
        const own = encodeSeal(value.tbs.seal);
        expect(encodeSeal(decodeSeal(own).seal).equals(own)).toBe(true);
      }),
      { numRuns: 150, seed: 310101 },
    );
  });

  it('is read by OpenSSL as ASN.1, with the types that the standard names', () => {
    const path = join(folder, 'signed.der');
    writeFileSync(path, signed);
    const text = execFileSync('openssl', ['asn1parse', '-inform', 'DER', '-in', path], { encoding: 'utf8' });
    expect(text).toMatch(/IA5STRING\s+:ES/);
    expect(text).toMatch(/IA5STRING\s+:\/Doc_0\/Signs\/Sign_0\/Signature.xml/);
    expect(text).toMatch(/GENERALIZEDTIME\s+:20261126020000Z/);
    expect(text).toMatch(/1\.2\.156\.10197\.1\.501|SM2-with-SM3/);
  });

  it('that was changed anywhere is refused or found out, and nothing else is thrown', () => {
    const check = (der: Buffer): boolean => {
      try {
        const found = checkSealSignature(der, digest);
        return found.sealHolds && found.signatureHolds && found.intact && found.signerNamed;
      } catch (error) {
        expect(error).toBeInstanceOf(DerError);
        return false;
      }
    };
    expect(check(signed)).toBe(true);
    fc.assert(
      fc.property(fc.nat(signed.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const bad = Buffer.from(signed);
        bad[place] = (bad[place] ?? 0) ^ change;
        expect(check(bad), `byte ${place}`).toBe(false);
      }),
      { numRuns: 60, seed: 310101 },
    );
  });
});

describe('a seal on a document', () => {
  it('is right for OpenSSL: what the maker signed and what the unit signed', () => {
    const { signed: value, signedTbs, signedInfo } = decodeSealSignature(signed);
    for (const [content, signature, key] of [
      [signedTbs, value.signature, signer],
      [signedInfo, value.tbs.seal.signature, maker],
    ] as const) {
      const paths = ['content', 'signature', 'key.pem'].map((each) => join(folder, each));
      [content, signature, publicPem(key.publicKey)].forEach((each, index) => writeFileSync(paths[index] ?? '', each));
      const [c = '', s = '', k = ''] = paths;
      const said = execFileSync(
        'openssl',
        [
          'pkeyutl',
          '-verify',
          '-pubin',
          '-inkey',
          k,
          '-in',
          c,
          '-sigfile',
          s,
          '-rawin',
          '-digest',
          'sm3',
          '-pkeyopt',
          'distid:1234567812345678',
        ],
        { encoding: 'utf8' },
      );
      expect(said).toMatch(/Successfully/);
    }
  });

  it('says who, when, and which part of it does not hold', () => {
    const good = checkSealSignature(signed, digest);
    expect(good).toMatchObject({
      sealName: '市场监督管理局',
      signer: '市场监督管理局',
      at,
      inTime: true,
      intact: true,
    });
    expect(checkSealSignature(signed, Buffer.alloc(32)).intact).toBe(false);
    const late = sealDigest({ seal, signer: { certificate, key: signer }, digest, property: 'x', at: times.until });
    expect(checkSealSignature(late, digest)).toMatchObject({ inTime: false, signatureHolds: true });
    const forged = { ...seal, info: { ...info, name: '公安局' } };
    const false_ = sealDigest({ seal: forged, signer: { certificate, key: signer }, digest, property: 'x', at });
    expect(checkSealSignature(false_, digest)).toMatchObject({ sealHolds: false, signatureHolds: true });
  });

  it('is not made by a certificate that the seal does not name', () => {
    expect(() =>
      sealDigest({ seal, signer: { certificate: makerCertificate, key: maker }, digest, property: 'x', at }),
    ).toThrow('does not name');
    const digests = {
      type: 'digests' as const,
      digests: [{ algorithm: 'SM3', value: createHash('sm3').update(certificate).digest() }],
    };
    const byDigest = makeSeal({
      info: { ...info, signers: digests },
      maker: { certificate: makerCertificate, key: maker },
    });
    const der = sealDigest({ seal: byDigest, signer: { certificate, key: signer }, digest, property: 'x', at });
    expect(checkSealSignature(der, digest)).toMatchObject({ signerNamed: true, signatureHolds: true });
  });
});

/** Without members that are undefined. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
