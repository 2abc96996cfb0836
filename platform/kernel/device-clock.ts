/** What a device says of the time (设备时间): when something was made there, and when it was sent, both by its own clock. */
export type DeviceTimes = { madeAt: Date; sentAt: Date };
/** When something was made by our clock, and how far the device was ahead of it, seconds; negative where it is behind. */
export type DeviceMoment = { madeAt: Date; skewSeconds: number };

/** Headers in which a device says it. No part of the body: what is sent again differs in them and is the same all the same. */
export const MADE_AT = 'x-made-at';
export const SENT_AT = 'x-sent-at';

/**
 * When it was made by our clock (时间校正): ours at receipt, less what passed on the device between making and sending. A phone may run wrong; how long
 * ago something was it knows, unless somebody set its clock meanwhile. One that says it was made after it was sent gets the moment of receipt.
 */
export function byOurClock(said: DeviceTimes, receivedAt: Date): DeviceMoment {
  const passed = Math.max(0, said.sentAt.getTime() - said.madeAt.getTime());
  return {
    madeAt: new Date(receivedAt.getTime() - passed),
    skewSeconds: Math.round((said.sentAt.getTime() - receivedAt.getTime()) / 1000),
  };
}

/** What the headers of a request say; undefined where they say nothing, or nothing that is a moment. */
export function deviceMomentOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  receivedAt: Date,
): DeviceMoment | undefined {
  const [madeAt, sentAt] = [momentOf(headers[MADE_AT]), momentOf(headers[SENT_AT])];
  return madeAt && sentAt && byOurClock({ madeAt, sentAt }, receivedAt);
}

/** RFC 3339 with milliseconds, as browsers write it; years of four digits, so that nothing overflows a column. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
function momentOf(said: string | string[] | undefined): Date | undefined {
  if (typeof said !== 'string' || !MOMENT.test(said)) return undefined;
  const moment = new Date(said);
  return Number.isNaN(moment.getTime()) || moment.getUTCFullYear() < 1970 ? undefined : moment;
}
