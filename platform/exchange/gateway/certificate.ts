import { createPublicKey, X509Certificate } from 'node:crypto';
import { type PublicKey, readPublicKey, signatureHolds } from './algorithms.ts';

/** A certificate of a key or of its issuer (数字证书), as far as the gateway goes by it. */
export type Certificate = {
  pem: string;
  /** SHA-256 over the whole certificate, hexadecimal. */
  id: string;
  subject: string;
  key: PublicKey;
  validFrom: Date;
  validUntil: Date;
  /** Basic constraints say that it may issue others. */
  issues: boolean;
};

/** Reads one certificate (PEM). Undefined for what is none, or holds a key that the gateway does not take. */
export function readCertificate(pem: string): Certificate | undefined {
  try {
    const read = new X509Certificate(pem);
    const key = readPublicKey(publicPem(read.raw));
    if (!key) return undefined;
    return {
      pem: read.toString(),
      id: read.fingerprint256.replaceAll(':', '').toLowerCase(),
      subject: read.subject.replaceAll('\n', ', '),
      key,
      validFrom: new Date(read.validFrom),
      validUntil: new Date(read.validTo),
      issues: read.ca,
    };
  } catch {
    return undefined;
  }
}

/** Whether an issuer has signed a certificate and may do so (证书链校验). SM2 with SM3 is checked here, with the user id of GM/T 0015. */
export function issuedBy(pem: string, issuer: Certificate): boolean {
  const certificate = new X509Certificate(pem);
  const authority = new X509Certificate(issuer.pem);
  if (!issuer.issues || !certificate.checkIssued(authority)) return false;
  if (issuer.key.algorithm !== 'sm2-sm3') return certificate.verify(issuer.key.key);
  const [signed, algorithm, signature] = children(certificate.raw);
  if (!signed || !algorithm?.whole.includes(SM2_WITH_SM3) || !signature) return false;
  // A bit string begins with the number of bits that do not count.
  return signatureHolds(issuer.key, signed.whole, signature.content.subarray(1));
}

/** 1.2.156.10197.1.501, sm2-with-SM3. */
const SM2_WITH_SM3 = Buffer.from('06082a811ccf55018375', 'hex');
const SEQUENCE = 0x30;
const EXPLICIT_VERSION = 0xa0;

/** The key's own bytes in the certificate: seventh of its body, or sixth where no version is said. */
function publicPem(raw: Buffer): string {
  const [body] = children(raw);
  const parts = body ? children(body.whole) : [];
  const at = parts[0]?.whole[0] === EXPLICIT_VERSION ? 6 : 5;
  const der = parts[at]?.whole;
  if (!der) throw new Error('no certificate');
  return createPublicKey({ key: der, type: 'spki', format: 'der' }).export({ type: 'spki', format: 'pem' }).toString();
}

type Part = { whole: Buffer; content: Buffer };

/** Elements of a DER sequence. */
function children(der: Buffer): Part[] {
  const outer = element(der, 0);
  if (der[0] !== SEQUENCE) throw new Error('no sequence');
  const parts: Part[] = [];
  for (let at = 0; at < outer.content.length; ) {
    const part = element(outer.content, at);
    parts.push(part);
    at += part.whole.length;
  }
  return parts;
}

function element(der: Buffer, at: number): Part {
  const first = der[at + 1] ?? 0;
  const bytes = first < 0x80 ? 0 : first & 0x7f;
  if (bytes > 4) throw new Error('too long');
  const length = bytes === 0 ? first : der.readUIntBE(at + 2, bytes);
  const begin = at + 2 + bytes;
  if (begin + length > der.length) throw new Error('broken off');
  return { whole: der.subarray(at, begin + length), content: der.subarray(begin, begin + length) };
}
