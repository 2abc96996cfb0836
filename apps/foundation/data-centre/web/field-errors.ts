import { useMemo } from 'react';
import type { Problem } from '#web/client/index.ts';

export type FieldError = { path: string; message: string };

/**
 * The faults that a refused form names, each with the id of its field. The list is the same object as long as the problem
 * is, because the summary takes the focus whenever it gets another one.
 */
export function useFieldErrors(
  problem: Problem | null,
  idOf: (pointer: string) => string,
  /** Names the field in front of the message, where the message does not. */
  nameOf?: (pointer: string) => string,
): FieldError[] {
  return useMemo(
    () =>
      (problem?.details.fields ?? []).map(({ pointer, message }) => ({
        path: idOf(pointer),
        message: nameOf ? `${nameOf(pointer)}：${message}` : message,
      })),
    [problem],
  );
}
