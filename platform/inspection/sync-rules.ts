/** What a device says of the time (设备时间). */
export type DeviceTimes = { filledAt: Date; sentAt: Date; receivedAt: Date };

/**
 * When it was filled by our clock (时间校正): ours at receipt, less what passed on the device between filling and sending. A phone may run wrong; how long ago
 * something was it knows. One that says it was filled after it was sent gets the moment of receipt. The time of the device is kept beside it.
 */
export function filledByOurClock({ filledAt, sentAt, receivedAt }: DeviceTimes): {
  filledAt: Date;
  skewSeconds: number;
} {
  const passed = Math.max(0, sentAt.getTime() - filledAt.getTime());
  return {
    filledAt: new Date(receivedAt.getTime() - passed),
    skewSeconds: Math.round((sentAt.getTime() - receivedAt.getTime()) / 1000),
  };
}

export type Known = { id: string; digest: string; task: string };
export type Outcome = 'saved' | 'known' | 'conflict' | 'reused';

/**
 * What becomes of a record that arrives (同步结果). The same one again is known, whatever happened since; one id with two contents is a fault of the device. A task
 * that has another record than the one that this was based on has two now: both are kept, and a person decides.
 */
export function outcomeOf(options: {
  record: Known & { base: string | null };
  known: Known | undefined;
  /** The record that counts for the task now. */
  current: string | null;
}): Outcome {
  const { record, known, current } = options;
  if (known) return known.digest === record.digest && known.task === record.task ? 'known' : 'reused';
  return current === null || current === record.base ? 'saved' : 'conflict';
}
