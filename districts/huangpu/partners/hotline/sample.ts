import { Transformer } from '@napi-rs/image';
import type { Services } from '#platform/kernel/app.ts';
import type { CityFile } from './city.ts';
import { makeKey } from './signing.ts';

/** The key of the sample's city: of this installation, the same after a restart, since its answers are checked with what was registered. */
export function sampleKey(services: Services): ReturnType<typeof makeKey> {
  const bytes = Buffer.from(services.keyring.lookup('hotline-simulator', 'signing-key'), 'base64url').subarray(0, 32);
  // Below the order of the curve.
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return makeKey(bytes.toString('hex'));
}

/** Files of the sample's orders: a photo of a street lamp, a call of one second, and a drawing that runs a script, which no house takes in. */
export async function sampleFiles(): Promise<Map<string, CityFile>> {
  const photo = await lamp();
  return new Map<string, CityFile>([
    ['FJ-0001', { type: 'image/jpeg', content: photo }],
    ['FJ-0002', { type: 'audio/wav', content: silence(8_000) }],
    [
      'FJ-0003',
      {
        type: 'image/svg+xml',
        content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      },
    ],
  ]);
}

/** A dark lamp over a street, in three colours. */
function lamp(): Promise<Buffer> {
  const [width, height] = [640, 480];
  const pixels = Buffer.alloc(width * height * 4, 255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const post = (Math.abs(x - 320) < 6 && y > 110 && y < 370) || (x > 320 && x < 420 && Math.abs(y - 116) < 5);
      const head = ((x - 415) / 30) ** 2 + ((y - 126) / 10) ** 2 < 1;
      pixels.set(
        post ? [150, 150, 150] : head ? [110, 110, 90] : y > 350 ? [80, 80, 95] : [40, 45, 65],
        (y * width + x) * 4,
      );
    }
  return Transformer.fromRgbaPixels(pixels, width, height).jpeg(80);
}

/** A recording of nothing: 8 bit, one channel, 8 kHz. */
function silence(samples: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 0x80)]);
}
