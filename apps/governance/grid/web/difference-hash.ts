const WIDTH = 9;
const HEIGHT = 8;

/**
 * Difference hash of a picture (照片指纹, dHash): 8 rows of 9 grey values, a bit for each neighbour that is brighter; 64 bits in hex. It is taken in the
 * browser and only proposes what a person compares, so that nothing rests on it. Undefined where the browser cannot read the picture.
 */
export async function differenceHash(file: Blob): Promise<string | undefined> {
  try {
    const picture = await createImageBitmap(file);
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: WIDTH, height: HEIGHT });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return undefined;
    context.drawImage(picture, 0, 0, WIDTH, HEIGHT);
    picture.close();
    return hashOf(context.getImageData(0, 0, WIDTH, HEIGHT).data);
  } catch {
    return undefined;
  }
}

/** The hash of 9 × 8 pixels in RGBA. */
export function hashOf(pixels: ArrayLike<number>): string {
  const grey = (x: number, y: number): number => {
    const at = 4 * (y * WIDTH + x);
    return 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
  };
  let bits = 0n;
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH - 1; x += 1) bits = (bits << 1n) | (grey(x, y) < grey(x + 1, y) ? 1n : 0n);
  return bits.toString(16).padStart(16, '0');
}
