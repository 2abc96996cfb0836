import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CERTIFICATE_ROOT, composeCertificateId, parseCertificateId, shortCertificateId } from './certificate-id.ts';

/** Identifiers of certificates as ministries and provinces have published them (证照标识 of public notices and interface manuals). */
const PUBLISHED = [
  '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U',
  '1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0',
  '1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F',
  '1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9',
];
const ALPHABET = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const part = (length: number) =>
  fc.array(fc.constantFrom(...ALPHABET), { minLength: length, maxLength: length }).map((all) => all.join(''));
const id = fc.record({
  type: part(21),
  issuer: part(18),
  serial: fc.integer({ min: 1, max: 32 }).chain(part),
  version: fc.integer({ min: 1, max: 999 }),
});

describe('the identifier of a certificate', () => {
  it('is read as others have published it, check character included', () => {
    for (const text of PUBLISHED) {
      const read = parseCertificateId(text);
      expect(read, text).toMatchObject({ ok: true, value: { identifier: text } });
      if (read.ok) expect(composeCertificateId(read.value)).toBe(text);
    }
  });

  it('reads back what it wrote, also without the root, in small letters and with blanks', () => {
    fc.assert(
      fc.property(id, (parts) => {
        const text = composeCertificateId(parts);
        for (const typed of [text, shortCertificateId(text), ` ${text.toLowerCase()} `])
          expect(parseCertificateId(typed)).toEqual({ ok: true, value: { ...parts, identifier: text } });
      }),
    );
  });

  it('finds every single wrong character between root and end', () => {
    fc.assert(
      fc.property(id, fc.nat(), fc.constantFrom(...ALPHABET), (parts, at, wrong) => {
        const text = composeCertificateId(parts);
        const places = Array.from(text, (_, i) => i).filter((i) => i > CERTIFICATE_ROOT.length && text[i] !== '.');
        const place = places[at % places.length] ?? 0;
        fc.pre(text[place] !== wrong);
        expect(parseCertificateId(text.slice(0, place) + wrong + text.slice(place + 1)).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('says what is wrong', () => {
    const good = PUBLISHED[0] ?? '';
    expect(parseCertificateId('310101')).toEqual({ ok: false, reason: 'parts' });
    expect(parseCertificateId(good.replace('3005', '3006'))).toEqual({ ok: false, reason: 'root' });
    expect(parseCertificateId(good.replace('.001.', '.000.'))).toEqual({ ok: false, reason: 'version' });
    expect(parseCertificateId(good.replace('W011', 'W-11'))).toEqual({ ok: false, reason: 'charset' });
    expect(() => composeCertificateId({ type: '', issuer: 'A', serial: '1', version: 1 })).toThrow(RangeError);
    expect(() => composeCertificateId({ type: 'A', issuer: 'A', serial: '1', version: 1000 })).toThrow(RangeError);
  });
});
