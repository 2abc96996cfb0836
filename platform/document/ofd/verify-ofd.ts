import { createHash } from 'node:crypto';
import { DerError } from '../sign/der.ts';
import { checkSealSignature, type SealCheck } from '../seal/make-seal.ts';
import { readZip, type Zip, ZipError } from '../zip/read-zip.ts';
import { OfdError, resolvePart } from './read-ofd.ts';
import type { ShownSeal } from './render-svg.ts';
import { SM3 } from './sign-ofd.ts';
import { all, numbers, one, parseXml, type XmlElement, XmlError } from './xml.ts';

/** One seal on a file: what it says, and which parts are not as they were sealed. */
export type OfdSeal = {
  path: string;
  /** Absent where the structure cannot be read. */
  check?: SealCheck;
  /** Parts whose digest is another now, or that are missing. */
  changed: string[];
  /** Parts that the seal does not cover. */
  added: string[];
  /** Everything that can be said of it without knowing whose certificates are trusted. */
  intact: boolean;
  stamps: ShownSeal[];
};

const PART = 64 * 1024 ** 2;
const METHODS: Record<string, string> = { [SM3]: 'sm3', SM3: 'sm3', 'SHA-256': 'sha256', SHA256: 'sha256' };

/** Checks every seal of an OFD: the digest of each part, the digest that was sealed, seal and signature. An OFD without seals has an empty list. */
export function verifyOfd(file: Buffer): OfdSeal[] {
  try {
    const zip = readZip(file);
    const location = one(one(parseXml(zip.text('OFD.xml', PART)), 'DocBody'), 'Signatures')?.text;
    if (location === undefined) return [];
    const list = resolvePart('OFD.xml', location);
    const paths = all(parseXml(zip.text(list, PART)), 'Signature').map(({ attributes }) =>
      resolvePart(list, attributes.BaseLoc ?? ''),
    );
    return paths.map((path, at) => checkOne({ zip, list, path, later: paths.slice(at + 1) }));
  } catch (error) {
    if (error instanceof ZipError || error instanceof XmlError) throw new OfdError(error.message);
    throw error;
  }
}

function checkOne(options: { zip: Zip; list: string; path: string; later: readonly string[] }): OfdSeal {
  const { zip, list, path, later } = options;
  const signature = zip.bytes(path, PART);
  const root = parseXml(signature.toString('utf8'));
  const info = one(root, 'SignedInfo');
  const references = one(info, 'References');
  const method = METHODS[references?.attributes.CheckMethod ?? SM3];
  const covered = new Set<string>();
  const changed: string[] = [];
  for (const reference of all(references, 'Reference')) {
    const part = referredPart(zip, path, reference.attributes.FileRef ?? '');
    covered.add(part);
    const digest =
      zip.has(part) && method ? createHash(method).update(zip.bytes(part, PART)).digest('base64') : undefined;
    if (digest !== one(reference, 'CheckValue')?.text.trim()) changed.push(part);
  }
  const value = resolvePart(path, one(root, 'SignedValue')?.text ?? '');
  // A later seal adds its own folder; this seal and the list of seals stand outside what it covers.
  const outside = (name: string) =>
    name.endsWith('/') ||
    name === list ||
    name === path ||
    name === value ||
    later.some((each) => name.startsWith(`${folderOf(each)}/`));
  const added = zip.entries.map(({ name }) => name).filter((name) => !covered.has(name) && !outside(name));
  const check = readCheck(zip, value, signature);
  const holds =
    check !== undefined && check.sealHolds && check.signatureHolds && check.signerNamed && check.intact && check.inTime;
  const named = check === undefined || resolvePart(path, check.property) === path;
  return {
    path,
    check,
    changed,
    added,
    intact: holds && named && covered.size > 0 && changed.length === 0 && added.length === 0,
    stamps: check ? stampsOf(info, check) : [],
  };
}

/** Other programs write `./Doc_0/…` and mean the package, not the folder of the seal. */
function referredPart(zip: Zip, path: string, location: string): string {
  const near = resolvePart(path, location);
  return zip.has(near) ? near : resolvePart('OFD.xml', location);
}

function readCheck(zip: Zip, value: string, signature: Buffer): SealCheck | undefined {
  if (!zip.has(value)) return undefined;
  try {
    return checkSealSignature(zip.bytes(value, PART), createHash('sm3').update(signature).digest());
  } catch (error) {
    // Seals of other versions and algorithms are not read; that is said, not guessed.
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

function stampsOf(info: XmlElement | undefined, check: SealCheck): ShownSeal[] {
  const { type, data } = check.picture;
  return all(info, 'StampAnnot').flatMap(({ attributes }) => {
    const [x, y, width, height] = numbers(attributes.Boundary) ?? [];
    if (x === undefined || y === undefined || width === undefined || height === undefined) return [];
    return [{ page: attributes.PageRef ?? '', x, y, width, height, type, data }];
  });
}

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');
