import type { Db } from '#platform/kernel/db.ts';
import type { DeviceMoment } from '#platform/kernel/device-clock.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';

/** What a record keeps of the clock that it was made by (设备时间): the moment by our clock, the difference, and whether that is more than may be. */
export type DeviceNote = { madeAt: string; skewSeconds: number; skewed: boolean };

/** Most that a clock may be off before the record says so, seconds (`calendar.device.skew`). */
export async function skewLimit(db: Db, at: Date): Promise<number> {
  return (await amountAt(db, 'calendar.device.skew', at)).amount * 60;
}

/** Is it more than may be (时钟偏差过大)? Either way. */
export const isSkewed = (skewSeconds: number, limit: number): boolean => Math.abs(skewSeconds) > limit;

/**
 * The note for a record; undefined where the device said nothing, or where it was made a moment ago by a clock that is right: then it says nothing
 * that the server does not know.
 */
export async function deviceNote(db: Db, device: DeviceMoment | undefined, now: Date): Promise<DeviceNote | undefined> {
  if (!device) return undefined;
  const skewed = isSkewed(device.skewSeconds, await skewLimit(db, now));
  if (!skewed && now.getTime() - device.madeAt.getTime() < LATELY_MS) return undefined;
  return { madeAt: device.madeAt.toISOString(), skewSeconds: device.skewSeconds, skewed };
}
const LATELY_MS = 60_000;
