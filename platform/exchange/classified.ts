import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { classificationOf, classificationOfName, type SecrecyLevel } from '#platform/kernel/classified.ts';
import { openBytes } from './read/bytes.ts';
import { detectEncoding } from './read/decode.ts';
import { ReadError } from './read/read-error.ts';
import { sheetRows } from './read/sheet.ts';
import type { ByteSource } from './read/types.ts';
import { readWorkbook } from './read/workbook.ts';
import { openZip, type Zip } from './read/zip.ts';

/** Rows of a table and bytes of a text that are looked at: a mark stands at the top (GB/T 9704-2012, 7.2). */
const ROWS = 20;
const BYTES = 64 * 1024;
const UNPACKED = 2 ** 30;
/** Running headers stand at the end of a sheet's part: read where the part is not larger than this. */
const WITH_HEADERS = 4 * 1024 * 1024;

export type Mark = { level: SecrecyLevel; place: 'name' | 'content' };

/**
 * Whether a file is marked as a state secret: in its name, or at the top of its content (the first cells of every sheet, sheet names and
 * running headers; the first lines of a text and the cells in them; the first texts of JSON; the first page of a document). What
 * cannot be read is no finding: the import will say so.
 */
export async function markOf(options: { fileName: string; content: () => Readable }): Promise<Mark | undefined> {
  const named = classificationOfName(options.fileName);
  if (named) return { level: named, place: 'name' };
  const source = options.content();
  try {
    const bytes = await openBytes({ source, maxBytes: UNPACKED });
    const zipped = bytes.head[0] === 0x50 && bytes.head[1] === 0x4b;
    const level = zipped ? await levelOfZip(bytes) : levelOfText(bytes.head.subarray(0, BYTES));
    return level && { level, place: 'content' };
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  } finally {
    source.destroy();
  }
}

function first(texts: Iterable<string>): SecrecyLevel | undefined {
  for (const text of texts) {
    const level = classificationOf(text);
    if (level) return level;
  }
  return undefined;
}

function levelOfText(head: Buffer): SecrecyLevel | undefined {
  const text = new TextDecoder(detectEncoding(head)).decode(head);
  const json = /^\s*[[{]/.test(text);
  return first(json ? textsOfJson(text) : textsOfLines(text));
}

function* textsOfLines(text: string): Generator<string> {
  const plain = text.trimStart().startsWith('<') ? text.replace(/<[^>]*>/g, '\n') : text;
  const lines = plain.split(/\r\n|[\r\n]/).filter((line) => line.trim() !== '');
  for (const line of lines.slice(0, ROWS)) {
    yield line;
    yield* line.split(/[,;|\t]/);
  }
}

/** Texts of the beginning of a JSON file, which is cut somewhere; a field 密级 is given with its value. */
function* textsOfJson(text: string): Generator<string> {
  for (const [, key, value = ''] of text.matchAll(/(?:"((?:[^"\\]|\\.)*)"\s*:\s*)?"((?:[^"\\]|\\.)*)"/g)) {
    const plain = unescaped(value);
    yield plain;
    if (key !== undefined) yield `${unescaped(key)}:${plain}`;
  }
}

function unescaped(text: string): string {
  return text.replace(/\\u([0-9a-fA-F]{4})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

async function levelOfZip(bytes: ByteSource): Promise<SecrecyLevel | undefined> {
  const spool = await mkdtemp(join(tmpdir(), 'marked-'));
  let zip: Zip | undefined;
  try {
    const path = join(spool, 'upload.zip');
    await pipeline(bytes, createWriteStream(path, { mode: 0o600 }));
    zip = await openZip(path);
    return zip.has('xl/workbook.xml') ? await levelOfWorkbook(zip) : await levelOfDocument(zip);
  } finally {
    zip?.close();
    await rm(spool, { recursive: true, force: true });
  }
}

async function levelOfWorkbook(zip: Zip): Promise<SecrecyLevel | undefined> {
  const workbook = await readWorkbook(zip);
  for (const sheet of workbook.sheets) {
    const named = classificationOf(sheet.name);
    if (named) return named;
    const rows = sheetRows({ xml: zip.open(sheet.part), workbook, maxRows: Number.MAX_SAFE_INTEGER });
    let seen = 0;
    search: for await (const piece of rows) {
      for (const { cells } of piece) {
        const level = first(cells.filter((cell) => cell !== undefined));
        if (level) return level;
        if (++seen >= ROWS) break search;
      }
    }
    if (zip.size(sheet.part) > WITH_HEADERS) continue;
    const xml = await zip.text(sheet.part, WITH_HEADERS);
    const headers = [...xml.matchAll(/<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]*)</g)];
    // Parts left, centre and right begin with &L, &C and &R; fonts and sizes are codes as well.
    const level = first(
      headers.flatMap(([, text = '']) => text.replaceAll('&amp;', '&').split(/&(?:[LCR]|"[^"]*"|\d+|[A-Z])/)),
    );
    if (level) return level;
  }
  return undefined;
}

/** Word and OFD: the texts of the running headers and of the beginning, paragraph by paragraph. */
async function levelOfDocument(zip: Zip): Promise<SecrecyLevel | undefined> {
  const parts = [
    'word/header1.xml',
    'word/header2.xml',
    'word/header3.xml',
    'word/document.xml',
    'Doc_0/Pages/Page_0/Content.xml',
  ];
  for (const part of parts) {
    if (!zip.has(part) || zip.size(part) > WITH_HEADERS) continue;
    const xml = (await zip.text(part, WITH_HEADERS)).slice(0, 4 * BYTES);
    const lines = xml.split(/<\/(?:\w+:)?(?:p|TextCode)>/).map((piece) => piece.replace(/<[^>]*>/g, ''));
    const level = first(lines.filter((line) => line.trim() !== '').slice(0, ROWS));
    if (level) return level;
  }
  return undefined;
}
