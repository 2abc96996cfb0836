import exif from 'exif-reader';

/** What a camera says about a picture (EXIF, CIPA DC-008). Said, not proved: a clock can be wrong and a position set by hand. */
export type CameraFacts = {
  /** By the clock of the camera, at Shanghai time unless it names an offset. */
  takenAt?: Date;
  /** WGS 84, degrees. */
  position?: { longitude: number; latitude: number };
};

/** The facts in a JPEG; none if it has no EXIF, or one that cannot be read: a picture without facts is still a picture. */
export function cameraFacts(jpeg: Uint8Array): CameraFacts {
  const block = exifBlock(jpeg);
  if (!block) return {};
  try {
    const { Photo, GPSInfo } = exif(Buffer.from(block));
    const takenAt = timeOf(Photo?.DateTimeOriginal, Photo?.OffsetTimeOriginal);
    const position = positionOf(GPSInfo);
    return { ...(takenAt && { takenAt }), ...(position && { position }) };
  } catch {
    return {};
  }
}

/** The first APP1 segment with EXIF (ISO/IEC 10918-1 B.1.1.4: marker, length with itself, content). */
function exifBlock(jpeg: Uint8Array): Uint8Array | undefined {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  let at = 2;
  while (at + 4 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    // Start of scan: the picture itself, no more segments of this kind.
    if (marker === 0xda) return undefined;
    const length = view.getUint16(at + 2);
    const content = jpeg.subarray(at + 4, at + 2 + length);
    if (marker === 0xe1 && Buffer.from(content.subarray(0, 6)).toString('latin1') === 'Exif\0\0') return content;
    at += 2 + length;
  }
  return undefined;
}

/** `exif-reader` takes the time of day as if it were UTC. */
function timeOf(at: unknown, offset: unknown): Date | undefined {
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) return undefined;
  const zone = typeof offset === 'string' && /^[+-]\d\d:\d\d$/.test(offset) ? offset : '+08:00';
  const time = new Date(`${at.toISOString().slice(0, 19)}${zone}`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

type Gps = { GPSLatitude?: unknown; GPSLatitudeRef?: unknown; GPSLongitude?: unknown; GPSLongitudeRef?: unknown };

function positionOf(gps: Gps | undefined): CameraFacts['position'] {
  const latitude = degrees(gps?.GPSLatitude, gps?.GPSLatitudeRef === 'S');
  const longitude = degrees(gps?.GPSLongitude, gps?.GPSLongitudeRef === 'W');
  if (latitude === undefined || longitude === undefined) return undefined;
  // 0, 0 is what cameras write that have not found themselves.
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || (latitude === 0 && longitude === 0)) return undefined;
  return { longitude, latitude };
}

/** Degrees, minutes and seconds. */
function degrees(parts: unknown, negative: boolean): number | undefined {
  if (!Array.isArray(parts) || parts.length !== 3) return undefined;
  const [d, m, s] = parts.map(Number);
  const value = (d ?? Number.NaN) + (m ?? Number.NaN) / 60 + (s ?? Number.NaN) / 3600;
  if (!Number.isFinite(value)) return undefined;
  return negative ? -value : value;
}
