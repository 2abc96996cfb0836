/** The part of yauzl that is used here (the package has no types of its own). */
declare module 'yauzl' {
  import type { Readable } from 'node:stream';
  export type Entry = {
    readonly fileName: string;
    readonly compressedSize: number;
    readonly uncompressedSize: number;
    readonly generalPurposeBitFlag: number;
  };
  export type ZipFile = {
    on(event: 'entry', listener: (entry: Entry) => void): void;
    on(event: 'end', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    readEntry(): void;
    openReadStream(entry: Entry, callback: (error: Error | null, stream: Readable) => void): void;
    close(): void;
  };
  export function open(
    path: string,
    options: { lazyEntries: boolean; autoClose: boolean; validateEntrySizes: boolean },
    callback: (error: Error | null, file: ZipFile) => void,
  ): void;
  export function fromBuffer(
    bytes: Buffer,
    options: { lazyEntries: boolean; validateEntrySizes: boolean },
    callback: (error: Error | null, file: ZipFile) => void,
  ): void;
  const yauzl: { open: typeof open; fromBuffer: typeof fromBuffer };
  export default yauzl;
}
