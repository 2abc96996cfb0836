import type { Text } from '#platform/kernel/text.ts';

/** Why a file cannot be read (any further). Faults of single rows are no ReadError: `check` reports them. */
export type ReadFault =
  | 'empty'
  | 'truncated'
  | 'corrupt'
  | 'binary'
  | 'encoding'
  | 'too-large'
  | 'no-header'
  | 'column-name'
  | 'duplicate-column'
  | 'unterminated-quote'
  | 'record-too-long'
  | 'not-a-zip'
  | 'zip-bomb'
  | 'encrypted'
  | 'no-sheet'
  | 'too-many-rows'
  | 'json-syntax'
  | 'no-records'
  | 'xml-syntax'
  | 'aborted';

/** A file-level error: stable code, place in the file where known (both 1-based), and what happened in both languages. */
export class ReadError extends Error {
  readonly code: ReadFault;
  readonly text: Text;
  /** Last data record that was read whole before the error, header not counted. */
  readonly row: number | undefined;
  /** Line of the file (row of the sheet in XLSX). */
  readonly line: number | undefined;

  constructor(input: { code: ReadFault; text: Text; row?: number; line?: number; cause?: unknown }) {
    super(`${input.code}: ${input.text.en}`, input.cause === undefined ? undefined : { cause: input.cause });
    this.name = 'ReadError';
    this.code = input.code;
    this.text = input.text;
    this.row = input.row;
    this.line = input.line;
  }
}

/** The upload ended before the file did. */
export function truncated(input: { what: Text; row?: number; line?: number; cause?: unknown }): ReadError {
  return new ReadError({
    ...input,
    code: 'truncated',
    text: {
      zh: `文件不完整：${input.what.zh}，可能上传中断`,
      en: `the file is incomplete: ${input.what.en}; the upload may have been cut`,
    },
  });
}
