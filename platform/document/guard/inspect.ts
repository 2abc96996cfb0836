import type { SecrecyLevel } from '#platform/kernel/classified.ts';
import { decodeText, HEAD_BYTES, MEDIA, type MediaType, mediaTypeOf } from '../media-type.ts';
import { readZip, type Zip, ZipError } from '../zip/read-zip.ts';
import { markIn } from './find-mark.ts';
import { inspectPdf } from './inspect-pdf.ts';

export type Fault = 'unknown' | 'encrypted' | 'bomb' | 'damaged';

/** What the guard found in a content: its type, a mark of secrecy, what people should know, or why it is not taken. */
export type Inspection =
  | { fault: Fault }
  | { fault?: undefined; mediaType: MediaType; level?: SecrecyLevel; flags: string[] };

/** Parts larger than this are no page of text. */
const PART = 16 * 1024 ** 2;
/** Archives within archives are opened this deep; what lies deeper was packed to be hidden. */
const DEPTH = 2;

/** Looks a whole content through. It runs in a thread of its own (`run-inspection.ts`), with a limit of time and memory. */
export async function inspect(content: Buffer, depth = 0): Promise<Inspection> {
  const type = mediaTypeOf(content.subarray(0, HEAD_BYTES));
  switch (type) {
    case undefined:
      return { fault: 'unknown' };
    case MEDIA.zip:
      return inspectZip(content, depth);
    case MEDIA.pdf:
      return inspectPdf(content);
    case MEDIA.text:
      return { mediaType: type, level: markIn(decodeText(content.subarray(0, HEAD_BYTES)) ?? ''), flags: [] };
    case MEDIA.ole:
      // Word and Excel before 2007, and encrypted office files of today: an encrypted package names itself in UTF-16.
      return content.includes(Buffer.from('EncryptedPackage', 'utf16le'))
        ? { fault: 'encrypted' }
        : { mediaType: type, flags: ['text-not-read', ...(hasOleMacros(content) ? ['macros'] : [])] };
    default:
      return { mediaType: type, flags: [] };
  }
}

async function inspectZip(content: Buffer, depth: number): Promise<Inspection> {
  try {
    const zip = readZip(content);
    if (zip.entries.some(({ encrypted }) => encrypted)) return { fault: 'encrypted' };
    const mediaType = kindOfZip(zip);
    const flags = zip.entries.some(({ name }) => /vbaProject\.bin$/i.test(name)) ? ['macros'] : [];
    if (mediaType !== MEDIA.zip) return { mediaType, flags, level: firstMark(textsOf(zip, mediaType)) };
    return await inspectMembers(zip, depth);
  } catch (error) {
    if (error instanceof ZipError) return { fault: error.fault === 'path' ? 'damaged' : error.fault };
    throw error;
  }
}

/** A plain archive is as good as the worst of what it holds. */
async function inspectMembers(zip: Zip, depth: number): Promise<Inspection> {
  if (depth >= DEPTH) return { fault: 'bomb' };
  const flags = new Set<string>();
  for (const { name } of zip.entries.filter((entry) => !entry.name.endsWith('/'))) {
    const found = await inspect(zip.bytes(name), depth + 1);
    if (found.fault) return found;
    if (found.level) return { mediaType: MEDIA.zip, flags: [], level: found.level };
    for (const flag of found.flags) flags.add(flag);
  }
  return { mediaType: MEDIA.zip, flags: [...flags] };
}

function kindOfZip(zip: Zip): MediaType {
  if (zip.has('OFD.xml')) return MEDIA.ofd;
  if (!zip.has('[Content_Types].xml')) return MEDIA.zip;
  if (zip.has('word/document.xml')) return MEDIA.docx;
  if (zip.has('xl/workbook.xml')) return MEDIA.xlsx;
  return zip.has('ppt/presentation.xml') ? MEDIA.pptx : MEDIA.zip;
}

const firstMark = (texts: Iterable<string>): SecrecyLevel | undefined => {
  for (const text of texts) {
    const level = markIn(text);
    if (level) return level;
  }
  return undefined;
};

/** Running headers, then the beginning of the body; of a workbook the names of the sheets and the first texts. */
function* textsOf(zip: Zip, type: MediaType): Generator<string> {
  const parts = zip.entries.map(({ name }) => name);
  const text = (name: string) => zip.text(name, PART);
  if (type === MEDIA.docx) {
    for (const name of parts
      .filter((part) => /^word\/(?:header\d*|document)\.xml$/.test(part))
      .sort((a, b) => (a < b ? 1 : -1)))
      yield linesOf(text(name), 'p|tc');
  }
  if (type === MEDIA.pptx) {
    for (const name of parts.filter((part) => /^ppt\/slides\/slide1\.xml$/.test(part))) yield linesOf(text(name), 'p');
  }
  if (type === MEDIA.xlsx) {
    yield [...text('xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\b[^>]*\bname="([^"]*)"/g)]
      .map(([, name = '']) => plain(name))
      .join('\n');
    if (zip.has('xl/sharedStrings.xml')) yield linesOf(text('xl/sharedStrings.xml'), 'si');
    for (const name of parts.filter((part) => /^xl\/worksheets\/sheet\d+\.xml$/.test(part))) {
      const xml = text(name);
      yield linesOf(xml.match(/<(?:\w+:)?is>.*?<\/(?:\w+:)?is>/gs)?.join('') ?? '', 'is');
      yield [...xml.matchAll(/<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]*)</g)]
        .flatMap(([, header = '']) => plain(header).split(/&(?:[LCR]|"[^"]*"|\d+|[A-Z])/))
        .join('\n');
    }
  }
  if (type === MEDIA.ofd) {
    const pages = parts.filter((part) => /(?:Pages|Tpls)\/.*\.xml$/i.test(part)).sort();
    for (const name of pages.slice(0, 4)) yield linesOf(text(name), 'TextCode');
  }
}

/** The texts of some elements, one in a line. */
function linesOf(xml: string, elements: string): string {
  return plain(xml.replaceAll(new RegExp(`</(?:\\w+:)?(?:${elements})>`, 'g'), '\n').replaceAll(/<[^>]*>/g, ''));
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const plain = (xml: string): string =>
  xml.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? all;
    const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });

const hasOleMacros = (content: Buffer): boolean =>
  ['_VBA_PROJECT', 'VBA'].some((name) => content.includes(Buffer.from(`${name}\0`, 'utf16le')));
