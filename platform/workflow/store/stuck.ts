import type { ProblemError } from '#platform/kernel/errors.ts';
import type { ProcessFault } from '../engine/process-fault.ts';
import { ProcessStuck } from '../errors.ts';

/** A fault of a process as whoever caused the step is told. */
export function stuck(fault: ProcessFault): ProblemError {
  return ProcessStuck.with({ detail: fault.text, extra: { node: fault.node, rule: fault.rule } });
}
