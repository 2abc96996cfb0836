import { createHash } from 'node:crypto';
import { readCertificate } from '../sign/certificate.ts';
import { SM2_WITH_SM3, type Sm2Pair, signSm2, sm2Holds } from '../sign/sm2.ts';
import {
  decodeSealSignature,
  encodeSealInfo,
  encodeSealSignature,
  encodeTbs,
  type Seal,
  type SealInfo,
} from './ses.ts';

/** Makes a seal (制章): the maker signs what it is. */
export function makeSeal(options: { info: SealInfo; maker: { certificate: Buffer; key: Sm2Pair } }): Seal {
  const { info, maker } = options;
  return {
    info,
    makerCertificate: maker.certificate,
    algorithm: SM2_WITH_SM3,
    signature: signSm2(encodeSealInfo(info), maker.key),
  };
}

/** Seals a content by its digest (签章). The certificate must be one that the seal names. */
export function sealDigest(options: {
  seal: Seal;
  signer: { certificate: Buffer; key: Sm2Pair };
  digest: Buffer;
  property: string;
  at: Date;
}): Buffer {
  const { seal, signer, digest, property, at } = options;
  if (!mayUse(seal, signer.certificate)) throw new Error('the seal does not name this certificate');
  const tbs = { seal, at, digest, property };
  return encodeSealSignature({
    tbs,
    certificate: signer.certificate,
    algorithm: SM2_WITH_SM3,
    signature: signSm2(encodeTbs(tbs), signer.key),
  });
}

/** What a seal on a document says, and which of it holds (验章, GB/T 38540-2020, 7.3). */
export type SealCheck = {
  sealId: string;
  sealName: string;
  /** Name in the certificate of the one who sealed. */
  signer: string;
  certificate: Buffer;
  makerCertificate: Buffer;
  at: Date;
  property: string;
  picture: SealInfo['picture'];
  /** The seal was made by the holder of the maker's certificate. */
  sealHolds: boolean;
  /** The document was sealed by the holder of the signer's certificate. */
  signatureHolds: boolean;
  /** The seal names that certificate. */
  signerNamed: boolean;
  /** The time lies within those of the seal and of the certificate. */
  inTime: boolean;
  /** The digest is that of the content. */
  intact: boolean;
};

/** Checks a seal on a document. Throws where it is no SES_Signature of version 4. Whether its maker is one of ours is asked elsewhere. */
export function checkSealSignature(der: Uint8Array, digest: Buffer): SealCheck {
  const { signed, signedTbs, signedInfo } = decodeSealSignature(der);
  const { tbs, certificate } = signed;
  const { seal } = tbs;
  const signer = readCertificate(certificate);
  const maker = readCertificate(seal.makerCertificate);
  const { validFrom, validUntil } = seal.info;
  return {
    sealId: seal.info.id,
    sealName: seal.info.name,
    signer: signer.subject.common,
    certificate,
    makerCertificate: seal.makerCertificate,
    at: tbs.at,
    property: tbs.property,
    picture: seal.info.picture,
    sealHolds: seal.algorithm === SM2_WITH_SM3 && sm2Holds(signedInfo, seal.signature, maker.publicKey),
    signatureHolds: signed.algorithm === SM2_WITH_SM3 && sm2Holds(signedTbs, signed.signature, signer.publicKey),
    signerNamed: mayUse(seal, certificate),
    inTime: tbs.at >= validFrom && tbs.at < validUntil && tbs.at >= signer.from && tbs.at < signer.until,
    intact: tbs.digest.equals(digest),
  };
}

function mayUse(seal: Seal, certificate: Buffer): boolean {
  const { signers } = seal.info;
  if (signers.type === 'certificates') return signers.certificates.some((each) => each.equals(certificate));
  const digest = createHash('sm3').update(certificate).digest();
  return signers.digests.some(({ value }) => value.equals(digest));
}

/** Official seals are round; this size is what the house draws them at, in millimetres. */
export const SEAL_MM = 42;

/** The picture of a round seal (印章图样): ring, star, name along the upper arc. Red as seals are, whatever the page's colours. */
export function drawSeal(name: string): Buffer {
  const letters = [...name];
  const [centre, radius] = [50, 36];
  const span = Math.min(250, letters.length * 22);
  const step = letters.length > 1 ? span / (letters.length - 1) : 0;
  const size = Math.min(13, (((span / 360) * 2 * Math.PI * radius) / Math.max(letters.length, 1)) * 0.95 || 13);
  const texts = letters.map((letter, at) => {
    const turn = -span / 2 + at * step;
    return `<text transform="rotate(${turn.toFixed(2)} ${centre} ${centre})" x="${centre}" y="${centre - radius + size * 0.35}" font-size="${size.toFixed(2)}" text-anchor="middle">${escape(letter)}</text>`;
  });
  const star = Array.from({ length: 10 }, (_, at) => {
    const [turn, length] = [(at * Math.PI) / 5 - Math.PI / 2, at % 2 === 0 ? 13 : 5];
    return `${(centre + length * Math.cos(turn)).toFixed(2)},${(centre + length * Math.sin(turn)).toFixed(2)}`;
  });
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" fill="#C00000" font-family="SimSun, serif"><circle cx="50" cy="50" r="48" fill="none" stroke="#C00000" stroke-width="2.4"/><polygon points="${star.join(' ')}"/>${texts.join('')}</svg>`,
  );
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
