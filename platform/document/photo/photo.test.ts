import { crc32, deflateSync } from 'node:zlib';
import { Transformer } from '@napi-rs/image';
import { describe, expect, it } from 'vitest';
import { sequence } from '#platform/kernel/random.ts';
import { makePhoto, type Photo } from './make-photo.ts';
import { withExif } from './exif-example.ts';
import { hashDistance } from './picture-hash.ts';
import { pictureSize } from './picture-size.ts';

/** A scene of soft blobs; another seed is another place. */
function scene(options: { width: number; height: number; seed: number; light?: number }): Promise<Buffer> {
  const { width, height, light = 1 } = options;
  const random = sequence(options.seed);
  const blobs = Array.from({ length: 12 }, () => [random(), random(), 0.05 + random() * 0.2, random() * 200] as const);
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let grey = 40;
      for (const [u, v, size, tone] of blobs) {
        const far = Math.hypot(x / width - u, y / height - v) / size;
        if (far < 1) grey += tone * (1 - far);
      }
      const at = (y * width + x) * 4;
      pixels.fill(Math.min(255, grey * light), at, at + 3);
      pixels[at + 3] = 255;
    }
  return Transformer.fromRgbaPixels(pixels, width, height).jpeg(90);
}

/** A PNG of a hundred bytes that says it is as large as it likes. */
function claimed(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const kept = async (file: Uint8Array): Promise<Photo> => {
  const photo = await makePhoto(file);
  if (typeof photo === 'string') throw new Error(photo);
  return photo;
};

describe('the size of a picture', () => {
  it('is read from the head of each kind', async () => {
    const jpeg = await scene({ width: 123, height: 45, seed: 1 });
    const size = { width: 123, height: 45 };
    expect(pictureSize(jpeg)).toEqual(size);
    expect(pictureSize(withExif(jpeg))).toEqual(size);
    expect(pictureSize(await new Transformer(jpeg).png())).toEqual(size);
    expect(pictureSize(await new Transformer(jpeg).webp(80))).toEqual(size);
    expect(pictureSize(await new Transformer(jpeg).webpLossless())).toEqual(size);
  });

  it('of a file that ends within its head is not known', async () => {
    const jpeg = await scene({ width: 123, height: 45, seed: 1 });
    for (let length = 0; length < 180; length++) expect(() => pictureSize(jpeg.subarray(0, length))).not.toThrow();
    expect(pictureSize(jpeg.subarray(0, 20))).toBeUndefined();
  });
});

describe('a photo', () => {
  it('keeps what the camera said beside it, and not in it', async () => {
    const photo = await kept(withExif(await scene({ width: 400, height: 300, seed: 1 })));
    expect(photo.facts.takenAt).toEqual(new Date('2026-11-20T00:15:30Z'));
    expect(photo.facts.position?.latitude).toBeCloseTo(31 + 13 / 60 + 30 / 3600, 9);
    expect(photo.facts.position?.longitude).toBeCloseTo(121 + 28 / 60 + 12 / 3600, 9);
    expect(Buffer.from(photo.jpeg).includes('Exif')).toBe(false);
    expect(Buffer.from(photo.thumbnail).includes('Exif')).toBe(false);
  });

  it('stands upright, is made smaller and never larger', async () => {
    const turned = await kept(withExif(await scene({ width: 400, height: 300, seed: 1 }), { orientation: 6 }));
    expect([turned.width, turned.height]).toEqual([300, 400]);
    const large = await kept(await scene({ width: 2600, height: 1300, seed: 1 }));
    expect([large.width, large.height]).toEqual([2048, 1024]);
    expect((await new Transformer(large.thumbnail).metadata()).width).toBe(320);
  });

  it('without facts, or with a block that nobody can read, is still a photo', async () => {
    const plain = await scene({ width: 200, height: 200, seed: 2 });
    expect((await kept(plain)).facts).toEqual({});
    const broken = withExif(plain);
    broken.fill(0xff, 14, 60);
    expect((await kept(broken)).facts).toEqual({});
  });

  it('is refused if it is none, is cut off before anything can be seen, or claims to be as large as a house', async () => {
    expect(
      await makePhoto(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')),
    ).toBe('not-a-picture');
    expect(await makePhoto(Buffer.from('%PDF-1.7'))).toBe('not-a-picture');
    expect(await makePhoto(new Uint8Array())).toBe('not-a-picture');
    expect(await makePhoto(claimed(60_000, 60_000))).toBe('too-many-pixels');
    expect(await makePhoto(claimed(300, 300))).toBe('broken');
  });

  it('loses what was hung on behind it', async () => {
    const picture = await scene({ width: 200, height: 200, seed: 3 });
    const photo = await kept(Buffer.concat([picture, Buffer.from('PK\u0003\u0004 <script>alert(1)</script>')]));
    expect(Buffer.from(photo.jpeg).includes('script')).toBe(false);
  });

  it('is known again when it was packed anew, made smaller or lighter; another place is another picture', async () => {
    const first = await kept(await scene({ width: 800, height: 600, seed: 4 }));
    const smaller = await kept(await scene({ width: 300, height: 225, seed: 4, light: 0.8 }));
    const other = await kept(await scene({ width: 800, height: 600, seed: 5 }));
    expect(hashDistance(first.hash, first.hash)).toBe(0);
    expect(hashDistance(first.hash, smaller.hash)).toBeLessThanOrEqual(10);
    expect(hashDistance(first.hash, other.hash)).toBeGreaterThan(10);
  });
});
