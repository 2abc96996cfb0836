import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareJpeg as takeBare } from './bare-jpeg.ts';

const bareJpeg = (file: Uint8Array) => {
  const bare = takeBare(file);
  return bare && { jpeg: Buffer.concat(bare.pieces), orientation: bare.orientation };
};

const segment = (marker: number, content: Buffer | string): Buffer => {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
};
/** A block of EXIF with nothing but how the camera was held. */
const exif = (orientation: number, little = false): Buffer => {
  const tiff = Buffer.alloc(26);
  tiff.write(little ? 'II' : 'MM', 0, 'latin1');
  const [u16, u32] = little
    ? [tiff.writeUInt16LE.bind(tiff), tiff.writeUInt32LE.bind(tiff)]
    : [tiff.writeUInt16BE.bind(tiff), tiff.writeUInt32BE.bind(tiff)];
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(274, 10);
  u16(3, 12);
  u32(1, 14);
  u16(orientation, 18);
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
};
const SOI = Buffer.from([0xff, 0xd8]);
const EOI = Buffer.from([0xff, 0xd9]);
const JFIF = segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0');
const TABLE = segment(0xdb, 'a table');
const SCAN = segment(0xda, 'a scan');
/** Coded picture with a stuffed byte and a restart: neither ends it. */
const CODED = Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]);
const picture = (...between: Buffer[]) => Buffer.concat([SOI, JFIF, ...between, TABLE, SCAN, CODED, EOI]);

describe('a bare JPEG', () => {
  it('keeps the picture byte for byte and nothing of where, with what and by whom it was taken', () => {
    const whole = Buffer.concat([
      picture(
        segment(0xe1, exif(6)),
        segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x>31.22 N</x>'),
        segment(0xe2, 'ICC_PROFILE'),
        segment(0xfe, '高行舟的手机'),
      ),
      Buffer.from('MotionPhoto_Data and another picture'),
    ]);
    expect(bareJpeg(whole)).toEqual({ jpeg: picture(), orientation: 6 });
  });

  it('tells how it is to be turned, whichever way round the bytes are; upright where nothing says so', () => {
    expect(bareJpeg(picture(segment(0xe1, exif(8, true))))?.orientation).toBe(8);
    expect(bareJpeg(picture())?.orientation).toBe(1);
    // A directory that points behind its end.
    expect(bareJpeg(picture(segment(0xe1, exif(6).subarray(0, 16))))?.orientation).toBe(1);
  });

  it('keeps how colours were mixed, and no thumbnail behind JFIF', () => {
    const adobe = segment(0xee, 'Adobe\0d\0\0\0\0\x01');
    expect(bareJpeg(picture(adobe))?.jpeg).toEqual(picture(adobe));
    const thumbnail = Buffer.concat([SOI, segment(0xe0, `JFIF\0${'t'.repeat(60)}`), TABLE, SCAN, CODED, EOI]);
    expect(bareJpeg(thumbnail)?.jpeg.includes('tttt')).toBe(false);
  });

  it('is the same once more, with as many scans as there are', () => {
    const progressive = Buffer.concat([SOI, TABLE, SCAN, CODED, TABLE, SCAN, CODED, EOI]);
    expect(bareJpeg(progressive)?.jpeg).toEqual(progressive);
    const once = bareJpeg(picture(segment(0xe1, exif(3))))?.jpeg ?? Buffer.alloc(0);
    expect(bareJpeg(once)?.jpeg).toEqual(once);
  });

  it('is none where the file is cut, lies about a length, or is something else; and never throws', () => {
    const whole = picture(segment(0xe1, exif(6)));
    for (let cut = 0; cut < whole.length; cut += 1) expect(bareJpeg(whole.subarray(0, cut))).toBeUndefined();
    expect(bareJpeg(Buffer.concat([SOI, EOI]))).toBeUndefined();
    expect(bareJpeg(Buffer.from('<svg onload="alert(1)">'))).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(80), (noise, at) => {
        const broken = Buffer.concat([whole.subarray(0, at), noise, whole.subarray(at)]);
        const made = bareJpeg(broken);
        return made === undefined || made.jpeg.length <= broken.length;
      }),
    );
  });
});
