/** A JPEG without anything but its picture, and what its camera asked for: how it is to be turned. */
export type BareJpeg = {
  /** Pieces of the file that are the new one when set together: a crowd's photos are not copied for it. */
  pieces: Buffer[];
  orientation: number;
};

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;

/**
 * Takes everything out of a JPEG that is not its picture, without unpacking it (ISO/IEC 10918-1 B.1): application segments 1 to 15 (EXIF with place and camera number, XMP,
 * thumbnails, colour profiles), comments, and whatever hangs on behind its end. JFIF (APP0) stays, and of APP14 the twelve bytes that say how colours were mixed.
 * Undefined where the file is not whole, or is no JPEG all through.
 */
export function bareJpeg(file: Uint8Array): BareJpeg | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== SOI) return undefined;
  const spans: [from: number, to: number][] = [[0, 2]];
  const take = (from: number, to: number): void => {
    const last = spans.at(-1);
    if (last?.[1] === from) last[1] = to;
    else spans.push([from, to]);
  };
  let orientation = 1;
  let scans = 0;
  for (let at = 2; at + 2 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    // Fill bytes may stand before any marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) {
      if (scans === 0) return undefined;
      take(at, at + 2);
      return { pieces: spans.map(([from, to]) => bytes.subarray(from, to)), orientation };
    }
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= SOI) || at + 4 > bytes.length) return undefined;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) return undefined;
    if (marker === 0xe1) orientation = orientationIn(bytes.subarray(at + 4, end)) ?? orientation;
    if (keeps(marker, bytes.subarray(at + 4, end))) take(at, end);
    at = end;
    if (marker !== SOS) continue;
    scans += 1;
    const next = endOfScan(bytes, at);
    take(at, next);
    at = next;
  }
  return undefined;
}

function keeps(marker: number, content: Buffer): boolean {
  if (marker === APP0) return content.subarray(0, 5).toString('latin1') === 'JFIF\0' && content.length <= 14;
  if (marker === APP14) return content.length === 12 && content.subarray(0, 5).toString('latin1') === 'Adobe';
  return marker !== COM && (marker < APP0 || marker > APP15);
}

/** Where the coded picture stops: the first marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next === 0xff) continue;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
    at += 1;
  }
  return bytes.length;
}

/** Tag 274 of the first directory of an EXIF block (CIPA DC-008, 4.6.4); undefined where there is none. */
function orientationIn(content: Buffer): number | undefined {
  if (content.subarray(0, 6).toString('latin1') !== 'Exif\0\0') return undefined;
  const tiff = content.subarray(6);
  try {
    const little = tiff.readUInt16BE(0) === 0x4949;
    const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
    const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
    for (let n = 0; n < u16(directory); n += 1) {
      const at = directory + 2 + 12 * n;
      if (u16(at) === 274) return u16(at + 8);
    }
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
