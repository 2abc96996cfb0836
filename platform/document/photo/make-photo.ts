import { Transformer } from '@napi-rs/image';
import { type CameraFacts, cameraFacts } from './read-exif.ts';
import { pictureHash } from './picture-hash.ts';
import { pictureSize } from './picture-size.ts';

/** A photo as it is kept: upright, no larger than needed, without anything that the camera wrote into it. */
export type Photo = {
  jpeg: Uint8Array;
  thumbnail: Uint8Array;
  width: number;
  height: number;
  hash: string;
  /** What the camera said, before it was taken out: a position may be somebody's home. */
  facts: CameraFacts;
};

/** Why a file is no photo that can be kept; the words stand where it is told. */
export type PhotoFault = 'not-a-picture' | 'too-many-pixels' | 'broken';

export const LONGEST_SIDE = 2048;
const THUMBNAIL_SIDE = 320;
const QUALITY = 82;
/** More than any telephone takes; 256 MB once it is unpacked. A small file may claim any size. */
export const MOST_PIXELS = 64_000_000;

/**
 * Makes what is kept out of a JPEG, PNG or WebP. The picture is unpacked and packed anew: what else a file may carry beside its picture
 * (scripts, another file after the end, the camera's number, where it was taken) does not come along.
 */
export async function makePhoto(file: Uint8Array): Promise<Photo | PhotoFault> {
  // The library would unpack the picture to tell its size.
  const size = pictureSize(file);
  if (!size) return 'not-a-picture';
  if (size.width * size.height > MOST_PIXELS) return 'too-many-pixels';
  try {
    const upright = await new Transformer(file).rotate().resize(within(size, LONGEST_SIDE)).jpeg(QUALITY);
    const { width, height } = await new Transformer(upright).metadata();
    const grey = await new Transformer(upright).grayscale().resize({ width: 9, height: 8, fit: FILL }).rawPixels();
    return {
      jpeg: upright,
      thumbnail: await new Transformer(upright).resize(within({ width, height }, THUMBNAIL_SIDE)).jpeg(QUALITY),
      width,
      height,
      hash: pictureHash(grey),
      facts: cameraFacts(file),
    };
  } catch {
    return 'broken';
  }
}

/** `ResizeFit.Fill` and `ResizeFit.Inside`: the package declares them as an enumeration that only its types have. */
const FILL = 1;
const INSIDE = 2;

/** A picture is never made larger. */
function within({ width, height }: { width: number; height: number }, side: number) {
  const most = Math.min(side, Math.max(width, height));
  return { width: most, height: most, fit: INSIDE };
}
