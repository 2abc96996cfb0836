/** Puts an EXIF block after the start of a JPEG: when, where, and which way up (6: turned a quarter to the right). */
export function withExif(jpeg: Buffer, options: { orientation?: number } = {}): Buffer {
  const tiff = Buffer.alloc(300);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number | Buffer) => {
    tiff.writeUInt16BE(tag, at);
    tiff.writeUInt16BE(type, at + 2);
    tiff.writeUInt32BE(count, at + 4);
    if (typeof value !== 'number') value.copy(tiff, at + 8);
    else if (type === 3) tiff.writeUInt16BE(value, at + 8);
    else tiff.writeUInt32BE(value, at + 8);
  };
  tiff.writeUInt16BE(3, 8);
  entry(10, 0x0112, 3, 1, options.orientation ?? 1);
  entry(22, 0x8769, 4, 1, 60);
  entry(34, 0x8825, 4, 1, 120);
  tiff.writeUInt16BE(1, 60);
  entry(62, 0x9003, 2, 20, 90);
  tiff.write('2026:11:20 08:15:30\0', 90, 'latin1');
  tiff.writeUInt16BE(4, 120);
  entry(122, 1, 2, 2, Buffer.from('N\0'));
  entry(134, 2, 5, 3, 200);
  entry(146, 3, 2, 2, Buffer.from('E\0'));
  entry(158, 4, 5, 3, 224);
  for (const [at, parts] of [
    [200, [31, 13, 30]],
    [224, [121, 28, 12]],
  ] as const)
    parts.forEach((part, n) => {
      tiff.writeUInt32BE(part, at + n * 8);
      tiff.writeUInt32BE(1, at + n * 8 + 4);
    });
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}
