/** Entries of a timeline that bring what reporters saw. */
export const REPORTED = ['report', 'join', 'answer-facts'] as const;

/** Files that entries of these kinds brought into a timeline (各环节的照片), in order. */
export function filesOf(
  entries: readonly { kind: string; data: Readonly<Record<string, unknown>> }[],
  kinds: readonly string[],
): string[] {
  return entries.flatMap(({ kind, data }) =>
    kinds.includes(kind) && Array.isArray(data.files) ? data.files.map(String) : [],
  );
}
