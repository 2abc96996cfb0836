/** Longest side of what is sent: enough to read a number plate on the other side of a street. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.8;
/** Smaller than this it goes as it is. */
const SMALL_BYTES = 600_000;
/** No camera of a telephone makes more; a page that unpacks it would stand still. */
export const MOST_PHOTO_BYTES = 40 * 1024 ** 2;

export type PhotoFault = 'too-large' | 'heic' | 'not-a-picture';

/**
 * Makes a photo of a telephone small enough for a bad line (压缩照片): a JPEG of at most 1,600 px, upright, still with what the camera wrote about time and
 * place, which the server reads and then takes out. HEIC works where the browser itself can read it.
 */
export async function reducePhoto(file: File): Promise<Blob | PhotoFault> {
  if (file.size > MOST_PHOTO_BYTES) return 'too-large';
  const bytes = new Uint8Array(await file.arrayBuffer());
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined);
  if (!picture) return isHeic(bytes) ? 'heic' : 'not-a-picture';
  const { width, height } = picture;
  const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  if (jpeg && scale === 1 && file.size <= SMALL_BYTES) {
    picture.close();
    return file;
  }
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
  const context = canvas.getContext('2d');
  if (!context) return 'not-a-picture';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  if (!made) return 'not-a-picture';
  const exif = jpeg ? exifOf(bytes) : undefined;
  return exif ? withExif(made, upright(exif)) : made;
}

/** `ftyp` box of ISO/IEC 14496-12 with one of the brands of ISO/IEC 23008-12. */
export function isHeic(bytes: Uint8Array): boolean {
  const word = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  return word(4) === 'ftyp' && ['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'].includes(word(8));
}

/** The whole APP1 segment with EXIF, marker and length included. */
export function exifOf(jpeg: Uint8Array): Uint8Array | undefined {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  for (let at = 2; at + 10 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xda) return undefined;
    const length = view.getUint16(at + 2);
    if (marker === 0xe1 && view.getUint32(at + 4) === 0x45786966) return jpeg.slice(at, at + 2 + length);
    at += 2 + length;
  }
  return undefined;
}

/** The same with the orientation set to upright (TIFF tag 274), since the picture was turned already. */
export function upright(segment: Uint8Array): Uint8Array {
  const made = segment.slice();
  const view = new DataView(made.buffer);
  try {
    const tiff = 10;
    const little = view.getUint16(tiff) === 0x4949;
    const directory = tiff + view.getUint32(tiff + 4, little);
    const entries = view.getUint16(directory, little);
    for (let n = 0; n < entries; n += 1) {
      const at = directory + 2 + 12 * n;
      if (view.getUint16(at, little) === 274) view.setUint16(at + 8, 1, little);
    }
  } catch {
    // A block that ends within itself says nothing; the server finds nothing in it either.
  }
  return made;
}

async function withExif(jpeg: Blob, exif: Uint8Array): Promise<Blob> {
  return new Blob([jpeg.slice(0, 2), new Uint8Array(exif), jpeg.slice(2)], { type: 'image/jpeg' });
}
