import { readFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

/** Where Debian's fonts-noto-cjk lies, and the same of other systems; `DOCUMENT_FONT` names another. */
const PLACES = [
  '/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc',
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc',
  '/System/Library/Fonts/Supplemental/Songti.ttc',
  'C:\\Windows\\Fonts\\simsun.ttc',
];

const faces = new Map<string, Promise<Buffer | undefined>>();

/** A font with Chinese characters of this machine, as one face; undefined where there is none. It is read once. */
export async function chineseFont(configured: string | undefined): Promise<Buffer | undefined> {
  for (const place of configured === undefined ? PLACES : [configured]) {
    let face = faces.get(place);
    if (!face) {
      face = readFile(place).then(simplifiedFace, () => undefined);
      faces.set(place, face);
    }
    const found = await face;
    if (found) return found;
  }
  return undefined;
}

/** The part of a font that a text needs: tens of kilobytes in place of tens of megabytes. */
export async function subsetFor(face: Buffer, text: string): Promise<Buffer> {
  const characters = [...new Set(text)].sort().join('');
  return withGlyphsAsCids(Buffer.from(await subsetFont(face, characters, { targetFormat: 'sfnt' })));
}

/** Operator of the charset in a Top DICT (Adobe Technical Note 5176, table 9). */
const CHARSET = 15;

/**
 * A PDF names the glyphs of a CID-keyed font by CID, and its writer writes their numbers in the font. A subset keeps the CIDs of the whole font: the two are made the
 * same by a charset of one range (format 2), in the place of the one that is there.
 */
function withGlyphsAsCids(font: Buffer): Buffer {
  const table = tablesAt(font, 0).find(({ tag }) => tag === 'CFF ');
  if (!table) return font;
  const cff = font.subarray(table.offset, table.offset + table.length);
  const names = indexAt(cff, cff[2] ?? 4);
  const top = indexAt(cff, names.end);
  const dict = operatorsOf(cff.subarray(top.data, top.end));
  const [charset, charStrings] = [dict.get(CHARSET), dict.get(CHAR_STRINGS)];
  // 0, 1 and 2 are the predefined charsets of fonts that are not keyed by CID.
  if (charset === undefined || charStrings === undefined || charset <= 2) return font;
  const glyphs = indexAt(cff, charStrings).count;
  if (glyphs < 4) return font;
  cff.writeUInt8(2, charset);
  cff.writeUInt16BE(1, charset + 1);
  cff.writeUInt16BE(glyphs - 2, charset + 3);
  return font;
}
const CHAR_STRINGS = 17;

/** An INDEX: count, size of an offset, offsets, data (5176, 5). */
function indexAt(cff: Buffer, at: number): { count: number; data: number; end: number } {
  const count = cff.readUInt16BE(at);
  if (count === 0) return { count, data: at + 2, end: at + 2 };
  const size = cff.readUInt8(at + 2);
  const data = at + 3 + (count + 1) * size;
  return { count, data, end: data + cff.readUIntBE(at + 3 + count * size, size) - 1 };
}

/** Last operand of each operator of one byte (5176, 4). */
function operatorsOf(dict: Buffer): Map<number, number> {
  const found = new Map<number, number>();
  let operand = 0;
  for (let at = 0; at < dict.length; ) {
    const first = dict.readUInt8(at);
    if (first === 12) at += 2;
    else if (first <= 21) {
      found.set(first, operand);
      at += 1;
    } else if (first === 28) {
      operand = dict.readInt16BE(at + 1);
      at += 3;
    } else if (first === 29) {
      operand = dict.readInt32BE(at + 1);
      at += 5;
    } else if (first === 30) {
      at += 1;
      while ((dict.readUInt8(at) & 0x0f) !== 0x0f && dict.readUInt8(at) >> 4 !== 0x0f) at += 1;
      at += 1;
    } else if (first <= 246) {
      operand = first - 139;
      at += 1;
    } else {
      const second = dict.readUInt8(at + 1);
      operand = first <= 250 ? (first - 247) * 256 + second + 108 : -(first - 251) * 256 - second - 108;
      at += 2;
    }
  }
  return found;
}

/** The face for simplified Chinese of a collection (TTC), or the font itself. Readers of PDF and OFD take no collections. */
export function simplifiedFace(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 4) !== 'ttcf') return file;
  const offsets = Array.from({ length: file.readUInt32BE(8) }, (_, at) => file.readUInt32BE(12 + 4 * at));
  const wanted = offsets.find((offset) => / SC( |$)|Songti SC|^SimSun$/.test(familyOf(file, offset))) ?? offsets[0];
  if (wanted === undefined) throw new Error('the font collection is empty');
  return faceAt(file, wanted);
}

type Table = { tag: string; checksum: number; offset: number; length: number };

function tablesAt(file: Buffer, offset: number): Table[] {
  return Array.from({ length: file.readUInt16BE(offset + 4) }, (_, at) => {
    const record = offset + 12 + 16 * at;
    return {
      tag: file.toString('latin1', record, record + 4),
      checksum: file.readUInt32BE(record + 4),
      offset: file.readUInt32BE(record + 8),
      length: file.readUInt32BE(record + 12),
    };
  });
}

/** English family name (name id 1, Windows platform). */
function familyOf(file: Buffer, offset: number): string {
  const table = tablesAt(file, offset).find(({ tag }) => tag === 'name');
  if (!table) return '';
  const strings = table.offset + file.readUInt16BE(table.offset + 4);
  for (let at = 0; at < file.readUInt16BE(table.offset + 2); at += 1) {
    const record = table.offset + 6 + 12 * at;
    const [platform, language, name] = [0, 4, 6].map((field) => file.readUInt16BE(record + field));
    if (platform !== 3 || language !== 0x409 || name !== 1) continue;
    const begin = strings + file.readUInt16BE(record + 10);
    return Buffer.from(file.subarray(begin, begin + file.readUInt16BE(record + 8)))
      .swap16()
      .toString('utf16le');
  }
  return '';
}

/** One face with its tables behind its own directory. */
function faceAt(file: Buffer, offset: number): Buffer {
  const tables = tablesAt(file, offset);
  const head = Buffer.from(file.subarray(offset, offset + 12 + 16 * tables.length));
  const bodies: Buffer[] = [];
  let at = head.length;
  tables.forEach((table, index) => {
    head.writeUInt32BE(at, 12 + 16 * index + 8);
    const padded = Buffer.alloc(Math.ceil(table.length / 4) * 4);
    file.copy(padded, 0, table.offset, table.offset + table.length);
    bodies.push(padded);
    at += padded.length;
  });
  return Buffer.concat([head, ...bodies]);
}
