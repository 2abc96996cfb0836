import { createHash } from 'node:crypto';
import {
  bits,
  bitsOf,
  bool,
  certificateTime,
  child,
  decode,
  DerError,
  element,
  explicit,
  integer,
  integerOf,
  type Node,
  octets,
  oid,
  oidOf,
  printable,
  sequence,
  set,
  TAG,
  textOf,
  timeOf,
  utf8,
} from './der.ts';
import { isSm2Spki, SM2_WITH_SM3, type Sm2Pair, signSm2, sm2Holds, spkiOf } from './sm2.ts';

/** Who a certificate is of (主体), as far as this house writes it. */
export type Name = { country: string; organisation: string; common: string };

/** An SM2 certificate (数字证书): X.509 version 3 as GM/T 0015-2012 profiles it. */
export type Certificate = {
  der: Buffer;
  serial: bigint;
  issuer: Name;
  subject: Name;
  publicKey: string;
  from: Date;
  until: Date;
  /** It may issue others. */
  issues: boolean;
};

const OIDS = {
  country: '2.5.4.6',
  organisation: '2.5.4.10',
  common: '2.5.4.3',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  constraints: '2.5.29.19',
  authorityKey: '2.5.29.35',
} as const;

/** Bits of KeyUsage (RFC 5280, 4.2.1.3): signing and non-repudiation, or signing certificates and lists of revoked ones. */
const USAGE = { sign: { bytes: 0xc0, unused: 6 }, issue: { bytes: 0x06, unused: 1 } } as const;

const algorithm = (): Buffer => sequence(oid(SM2_WITH_SM3));

/** Makes and signs a certificate. */
export function makeCertificate(options: {
  serial: bigint;
  subject: Name;
  publicKey: string;
  issuer: { name: Name; key: Sm2Pair };
  from: Date;
  until: Date;
  issues: boolean;
}): Buffer {
  const { serial, subject, publicKey, issuer, from, until, issues } = options;
  const usage = issues ? USAGE.issue : USAGE.sign;
  const extensions = [
    extension(OIDS.constraints, true, issues ? sequence(bool(true)) : sequence()),
    extension(OIDS.keyUsage, true, bits(Buffer.from([usage.bytes]), usage.unused)),
    extension(OIDS.subjectKey, false, octets(keyDigest(publicKey))),
    extension(OIDS.authorityKey, false, sequence(element(0x80, keyDigest(issuer.key.publicKey)))),
  ];
  const body = sequence(
    explicit(0, integer(2)),
    integer(serial),
    algorithm(),
    nameDer(issuer.name),
    sequence(certificateTime(from), certificateTime(until)),
    nameDer(subject),
    spkiOf(publicKey),
    explicit(3, sequence(...extensions)),
  );
  return sequence(body, algorithm(), bits(signSm2(body, issuer.key)));
}

/** Reads a certificate with an SM2 key. DerError for what is none. */
export function readCertificate(der: Uint8Array): Certificate {
  const outer = decode(der);
  if (outer.tag !== TAG.sequence || outer.children.length !== 3) throw new DerError('no certificate');
  const body = child(outer, 0, TAG.sequence);
  const at = body.children[0]?.tag === 0xa0 ? 1 : 0;
  const validity = child(body, at + 3, TAG.sequence);
  const spki = child(body, at + 5, TAG.sequence);
  if (!isSm2Spki(child(spki, 0).whole)) throw new DerError('the certificate holds no SM2 key');
  const extensions = body.children.find(({ tag }) => tag === 0xa3)?.children[0]?.children ?? [];
  const constraints = extensions.find((each) => oidOf(child(each, 0)) === OIDS.constraints);
  const value = constraints?.children.at(-1)?.content;
  return {
    der: Buffer.from(der),
    serial: integerOf(child(body, at)),
    issuer: nameOf(child(body, at + 2)),
    subject: nameOf(child(body, at + 4)),
    publicKey: bitsOf(child(spki, 1)).toString('hex'),
    from: timeOf(child(validity, 0)),
    until: timeOf(child(validity, 1)),
    issues: value !== undefined && decode(value).children[0]?.tag === TAG.boolean,
  };
}

/** Whether an issuer signed a certificate and may do so. */
export function issuedBy(certificate: Certificate, issuer: Certificate): boolean {
  const outer = decode(certificate.der);
  const [body, algorithmNode, signature] = outer.children;
  if (!body || !algorithmNode || !signature || !issuer.issues) return false;
  const inner = body.children[body.children[0]?.tag === 0xa0 ? 2 : 1];
  if (!algorithmNode.whole.equals(algorithm()) || !inner?.whole.equals(algorithm())) return false;
  return sm2Holds(body.whole, bitsOf(signature), issuer.publicKey);
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [bool(true)] : []), octets(value));
}

const keyDigest = (publicKey: string): Buffer =>
  createHash('sm3').update(Buffer.from(publicKey, 'hex')).digest().subarray(0, 20);

function nameDer({ country, organisation, common }: Name): Buffer {
  const part = (id: string, value: Buffer) => set(sequence(oid(id), value));
  return sequence(
    part(OIDS.country, printable(country)),
    part(OIDS.organisation, utf8(organisation)),
    part(OIDS.common, utf8(common)),
  );
}

function nameOf(node: Node): Name {
  const found = new Map(
    node.children.flatMap(({ children }) => children.map((each) => [oidOf(child(each, 0)), child(each, 1)] as const)),
  );
  const text = (id: string): string => {
    const value = found.get(id);
    return value === undefined ? '' : textOf(value);
  };
  return { country: text(OIDS.country), organisation: text(OIDS.organisation), common: text(OIDS.common) };
}
