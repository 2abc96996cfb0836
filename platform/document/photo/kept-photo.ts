import { bareJpeg } from './bare-jpeg.ts';
import { LONGEST_SIDE, makePhoto, MOST_PIXELS, type PhotoFault } from './make-photo.ts';
import { pictureSize } from './picture-size.ts';
import { type CameraFacts, cameraFacts } from './read-exif.ts';

/** What is kept, in pieces to be set together: those of a photo that was not unpacked lie in the file that came in. */
export type KeptPhoto = { pieces: Uint8Array[]; facts: CameraFacts };

/**
 * What is kept of a photo that comes in: a JPEG without anything that the camera wrote into it. One that stands upright and is small enough is not unpacked, which costs a
 * hundredth of the time; everything else is unpacked and packed anew.
 */
export async function keptPhoto(file: Uint8Array): Promise<KeptPhoto | PhotoFault> {
  const size = pictureSize(file);
  if (!size) return 'not-a-picture';
  if (size.width * size.height > MOST_PIXELS) return 'too-many-pixels';
  if (file[0] === 0xff) {
    const bare = bareJpeg(file);
    if (!bare) return 'broken';
    if (bare.orientation === 1 && Math.max(size.width, size.height) <= LONGEST_SIDE)
      return { pieces: bare.pieces, facts: cameraFacts(file) };
  }
  const made = await makePhoto(file);
  return typeof made === 'string' ? made : { pieces: [made.jpeg], facts: made.facts };
}
