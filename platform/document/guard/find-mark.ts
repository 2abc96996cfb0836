import { classificationOf, type SecrecyLevel } from '#platform/kernel/classified.ts';

/** Lines that are looked at: the mark stands at the top of the first page (GB/T 9704-2012, 7.2.2), within its first lines. */
const LINES = 40;

/**
 * The level that the beginning of a text states. Marks stand alone in a line or a cell; where a reader gives words apart (a PDF sets each
 * character for itself) the line without its blanks counts, and a line together with the next one.
 */
export function markIn(text: string): SecrecyLevel | undefined {
  const lines = text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, LINES);
  for (const [at, line] of lines.entries()) {
    const level = markOfLine(line) ?? (line.length <= 4 ? markOfLine(line + (lines[at + 1] ?? '')) : undefined);
    if (level) return level;
  }
  return undefined;
}

function markOfLine(line: string): SecrecyLevel | undefined {
  // Columns of one line: a copy number at the left, the level at the right.
  const parts = [line, ...line.split(/[\t,;|，；]|\s{2,}/)];
  return parts.map(classificationOf).find((level) => level !== undefined);
}
