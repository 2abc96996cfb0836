import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { ReadError, truncated } from '#platform/exchange/read/read-error.ts';

/** Entries of an XLSX that expand beyond this are refused: a full sheet of text is below. */
const MAX_ENTRY = 4 * 2 ** 30;
/** Deflate gives up to 1032; a sheet of equal rows about 100. Above this an entry larger than `BOMB_FROM` is a bomb. */
const MAX_RATIO = 400;
const BOMB_FROM = 64 * 2 ** 20;
const MAX_ENTRIES = 10_000;

export type Zip = {
  has(name: string): boolean;
  /** Unpacked bytes of an entry; ReadError `corrupt` if it is missing or damaged. */
  open(name: string): AsyncGenerator<Buffer>;
  /** The entry as text, at most `maxBytes`. */
  text(name: string, maxBytes: number): Promise<string>;
  /** Unpacked size as the archive states it (the reader of an entry enforces it). */
  size(name: string): number;
  close(): void;
};

/** Opens a ZIP file by its central directory and refuses bombs by stated size and ratio before unpacking anything. */
export async function openZip(path: string): Promise<Zip> {
  const file = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, opened) =>
      error === null ? resolve(opened) : reject(zipError(error)),
    );
  });
  try {
    const entries = await readEntries(file);
    return zipOf(file, entries);
  } catch (error) {
    file.close();
    throw error;
  }
}

function readEntries(file: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    file.on('error', (error) => reject(zipError(error)));
    file.on('end', () => resolve(entries));
    file.on('entry', (entry) => {
      const bomb =
        entry.uncompressedSize > BOMB_FROM && entry.uncompressedSize > MAX_RATIO * Math.max(entry.compressedSize, 1);
      if (bomb || entry.uncompressedSize > MAX_ENTRY || entries.size >= MAX_ENTRIES) {
        reject(
          new ReadError({
            code: 'zip-bomb',
            text: { zh: '压缩包展开后过大，已拒绝', en: 'the archive would unpack to an absurd size and was refused' },
          }),
        );
        return;
      }
      // Names may differ in case and by a leading slash between writers.
      entries.set(key(entry.fileName), entry);
      file.readEntry();
    });
    file.readEntry();
  });
}

function zipOf(file: ZipFile, entries: ReadonlyMap<string, Entry>): Zip {
  async function* open(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(key(name));
    if (entry === undefined) {
      throw new ReadError({
        code: 'corrupt',
        text: { zh: `文件中缺少 ${name}`, en: `${name} is missing in the file` },
      });
    }
    const stream = await new Promise<Readable>((resolve, reject) => {
      file.openReadStream(entry, (error, opened) => (error === null ? resolve(opened) : reject(zipError(error))));
    });
    try {
      for await (const piece of stream) yield piece as Buffer;
    } catch (error) {
      throw zipError(error);
    } finally {
      stream.destroy();
    }
  }
  return {
    has: (name) => entries.has(key(name)),
    size: (name) => entries.get(key(name))?.uncompressedSize ?? 0,
    open,
    async text(name, maxBytes) {
      const pieces: Buffer[] = [];
      let total = 0;
      for await (const piece of open(name)) {
        total += piece.length;
        if (total > maxBytes) {
          throw new ReadError({ code: 'too-large', text: { zh: `${name} 过大`, en: `${name} is too large` } });
        }
        pieces.push(piece);
      }
      return Buffer.concat(pieces).toString('utf8');
    },
    close: () => file.close(),
  };
}

function key(name: string): string {
  return name.replace(/^\//, '').toLowerCase();
}

function zipError(error: unknown): unknown {
  if (error instanceof ReadError || !(error instanceof Error)) return error;
  if ('syscall' in error) return error;
  if (/end of central directory|unexpected EOF|truncated/i.test(error.message)) {
    return truncated({ what: { zh: '表格文件的结尾缺失', en: 'the end of the workbook is missing' }, cause: error });
  }
  return new ReadError({
    code: 'corrupt',
    text: { zh: '表格文件已损坏', en: 'the workbook is damaged' },
    cause: error,
  });
}
