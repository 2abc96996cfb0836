import type { Db } from '#platform/kernel/db.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';

type Place = { lon: number; lat: number };
/** What a camera said of an upload, in its own words: a clock can be wrong, and a position set by hand. */
export type CameraSaid = { takenAt: Date | null; lon: number | null; lat: number | null };
export type PhotoRule = { pin: Place; now: Date; hours: number; far: number };

const HOUR_MS = 3_600_000;
/** Mean radius of the earth, metres (IUGG). */
const RADIUS_M = 6_371_008.8;

/** Whether a photo may be of another time or place (照片存疑): asked again, never decided by the machine. One that says nothing is not doubted. */
export function doubtsOf(said: readonly CameraSaid[], rule: PhotoRule): FieldFault[] {
  const { pin, now, hours, far } = rule;
  const old = said.some(({ takenAt }) => takenAt && Math.abs(now.getTime() - takenAt.getTime()) > hours * HOUR_MS);
  const away = said.some(({ lon, lat }) => lon !== null && lat !== null && metresBetween(pin, { lon, lat }) > far);
  return [...(old ? [wrongTime(hours)] : []), ...(away ? [wrongPlace(far)] : [])];
}

/** The same for uploads of the caller, whose facts are forgotten once the report is taken. */
export async function photoDoubts(db: Db, options: PhotoRule & { files: readonly string[] }): Promise<FieldFault[]> {
  if (options.files.length === 0) return [];
  const said = await db.rows<CameraSaid>(
    sql`select taken_at as "takenAt", lon, lat from document.take_camera_facts(${[...options.files]}::uuid[])`,
  );
  return doubtsOf(said, options);
}

/** Great circle, metres. */
export function metresBetween(a: Place, b: Place): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half = Math.sin(rad(b.lat - a.lat) / 2) ** 2;
  const wide = Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2;
  return 2 * RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half + wide)));
}

const wrongTime = (hours: number): FieldFault => ({
  pointer: '/photosConfirmed',
  rule: 'photo-time',
  message: {
    zh: `照片不是最近 ${hours} 小时内拍摄的，请重拍，或确认照片反映的就是现在的情况`,
    en: `a photo was not taken within ${hours} hours: take it again, or confirm that it shows how it is now`,
  },
});
const wrongPlace = (far: number): FieldFault => ({
  pointer: '/photosConfirmed',
  rule: 'photo-place',
  message: {
    zh: `照片拍摄地点与标注位置相距超过 ${far} 米，请核对位置，或确认照片就是此处`,
    en: `a photo was taken more than ${far} m from the pin: check the place, or confirm that it shows this place`,
  },
});
