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
