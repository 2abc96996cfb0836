import { createHash } from 'node:crypto';
import { SM2_WITH_SM3, type Sm2Pair } from '../sign/sm2.ts';
import { sealDigest } from '../seal/make-seal.ts';
import { encodeSeal, type Seal } from '../seal/ses.ts';
import { readZip } from '../zip/read-zip.ts';
import { OfdError, resolvePart } from './read-ofd.ts';
import { packParts, PATHS } from './write-ofd.ts';
import { all, one, parseXml, xml, xmlPart } from './xml.ts';

/** SM3 (1.2.156.10197.1.401). */
export const SM3 = '1.2.156.10197.1.401';
/** Where the house's seals are kept in a package. */
const FOLDER = 'Doc_0/Signs';

/** Where a seal is seen: number of the page from 0, box in millimetres. */
export type Stamp = { page: number; x: number; y: number; width: number; height: number };

/**
 * Seals an OFD (GB/T 33190-2016, 18): every part of the package is digested with SM3 into Signature.xml, whose digest is sealed. A file may be sealed again
 * by another unit; the former seal keeps holding.
 */
export function signOfd(options: {
  file: Buffer;
  seal: Seal;
  signer: { certificate: Buffer; key: Sm2Pair };
  at: Date;
  stamps: readonly Stamp[];
}): Buffer {
  const { seal, signer, at, stamps } = options;
  const zip = readZip(options.file);
  const parts = new Map<string, Buffer>(
    zip.entries.filter(({ name }) => !name.endsWith('/')).map(({ name }) => [name, Buffer.from(zip.bytes(name))]),
  );
  const text = (path: string): string => {
    const part = parts.get(path);
    if (!part) throw new OfdError(`${path} is missing`);
    return part.toString('utf8');
  };
  const list = parts.has(PATHS.signatures) ? all(parseXml(text(PATHS.signatures)), 'Signature') : [];
  if (!text(PATHS.root).includes('Signatures>')) {
    const linked = text(PATHS.root).replace(
      /<\/(\w+:)?DocRoot>/,
      (end, prefix = '') => `${end}<${prefix}Signatures>${PATHS.signatures}</${prefix}Signatures>`,
    );
    parts.set(PATHS.root, Buffer.from(linked, 'utf8'));
  }
  const pages = pageIds(text(PATHS.root), text);
  const folder = `${FOLDER}/Sign_${list.length}`;
  const [signature, value, sealFile] = ['Signature.xml', 'SignedValue.dat', 'Seal.esl'].map(
    (name) => `${folder}/${name}`,
  ) as [string, string, string];
  parts.set(sealFile, encodeSeal(seal));
  const references = [...parts]
    .filter(([path]) => path !== PATHS.signatures)
    .map(([path, data]) =>
      xml('Reference', { FileRef: `/${path}` }, xml('CheckValue', {}, sm3(data).toString('base64'))),
    );
  const annotations = stamps.map(({ page, x, y, width, height }, index) =>
    xml('StampAnnot', {
      ID: `s${list.length + 1}_${index}`,
      PageRef: pages[page] ?? '',
      Boundary: `${x} ${y} ${width} ${height}`,
    }),
  );
  const content = xmlPart(
    'Signature',
    {},
    xml(
      'SignedInfo',
      {},
      xml('Provider', { ProviderName: 'smart-district', Version: '1.0', Company: 'smart-district' }),
      xml('SignatureMethod', {}, SM2_WITH_SM3),
      xml('SignatureDateTime', {}, at.toISOString().replaceAll(/[-:T]|\.\d+/g, '')),
      xml('References', { CheckMethod: SM3 }, ...references),
      ...annotations,
      xml('Seal', {}, xml('BaseLoc', {}, `/${sealFile}`)),
    ),
    xml('SignedValue', {}, `/${value}`),
  );
  const bytes = Buffer.from(content, 'utf8');
  parts.set(signature, bytes);
  parts.set(value, sealDigest({ seal, signer, digest: sm3(bytes), property: `/${signature}`, at }));
  const entries = [
    ...list.map(({ attributes }) => attributes),
    { ID: String(list.length + 1), Type: 'Seal', BaseLoc: `/${signature}` },
  ];
  parts.set(
    PATHS.signatures,
    Buffer.from(
      xmlPart(
        'Signatures',
        {},
        xml('MaxSignId', {}, String(entries.length)),
        ...entries.map((each) => xml('Signature', each)),
      ),
      'utf8',
    ),
  );
  return packParts(parts);
}

export const sm3 = (data: Uint8Array): Buffer => createHash('sm3').update(data).digest();

function pageIds(root: string, text: (path: string) => string): string[] {
  const path = resolvePart('OFD.xml', one(one(parseXml(root), 'DocBody'), 'DocRoot')?.text ?? '');
  return all(one(parseXml(text(path)), 'Pages'), 'Page').map(({ attributes }) => attributes.ID ?? '');
}
