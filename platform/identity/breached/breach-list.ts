import { hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#platform/kernel/config.ts';

/*
 * A breach list (泄露口令清单) is one file: a head of 16 bytes, then the first eight bytes of the SHA-1 of each password, sorted.
 * It is searched where it lies; nothing is kept in memory, so that lists of a thousand million entries (8 GB) do as well. Two
 * different passwords meet in those 64 bits with a chance of 10⁻¹⁰ even there.
 */
export const MAGIC = Buffer.from('SDBREACH');
export const HEAD = 16;
export const ENTRY = 8;

/** Frequent passwords that ship with the platform, of eight characters or more, in small letters; see ATTRIBUTION.md. */
const COMMON = join(import.meta.dirname, 'common.bin');
/** So many digits or signs behind a frequent password do not make another one of it. */
const LONGEST_TAIL = 4;

export class BreachListDamaged extends Error {}

/** Whether a password stands in the shipped list, or in the operator's own (`BREACH_LIST`). */
export async function isBreached(password: string, config: Pick<Config, 'breachList'>): Promise<boolean> {
  const plain = password.normalize('NFKC');
  const small = plain.toLowerCase();
  if (await hasAny(COMMON, [small, withoutTail(small)])) return true;
  return config.breachList !== undefined && (await hasAny(config.breachList, [password, plain, small]));
}

function withoutTail(text: string): string {
  const tail = /[\d\p{P}\p{S}]+$/u.exec(text)?.[0] ?? '';
  return [...tail].length <= LONGEST_TAIL ? text.slice(0, text.length - tail.length) : text;
}

/** First eight bytes of the SHA-1 of a text in UTF-8, as the public lists count it. */
export function entryOf(text: string): Buffer {
  return hash('sha1', text, 'buffer').subarray(0, ENTRY);
}

/** Number of entries of a list; throws BreachListDamaged where the file is none or was cut. */
export async function readHead(file: FileHandle, path: string): Promise<number> {
  const head = Buffer.alloc(HEAD);
  await file.read(head, 0, HEAD, 0);
  const entries = Number(head.readBigUInt64BE(MAGIC.length));
  const { size } = await file.stat();
  if (!head.subarray(0, MAGIC.length).equals(MAGIC) || size !== HEAD + entries * ENTRY) {
    throw new BreachListDamaged(
      `泄露口令清单已损坏或不是清单，请重新生成：${path}。 The breach list is damaged or none; make it again with npm run breach-list.`,
    );
  }
  return entries;
}

/** Refuses the start where the operator's list is named and cannot be read: otherwise nobody would notice that it is not asked. */
export async function assertBreachList(config: Pick<Config, 'breachList'>): Promise<void> {
  if (config.breachList === undefined) return;
  const file = await open(config.breachList).catch(() => undefined);
  if (file === undefined) {
    throw new Error(
      `BREACH_LIST 指向的文件无法读取：${config.breachList}。 The file that BREACH_LIST names cannot be read; make it with npm run breach-list, or unset the variable.`,
    );
  }
  await readHead(file, config.breachList).finally(() => file.close());
}

async function hasAny(path: string, texts: readonly string[]): Promise<boolean> {
  const file = await open(path);
  try {
    const entries = await readHead(file, path);
    for (const text of new Set(texts)) if (await has(file, entries, entryOf(text))) return true;
    return false;
  } finally {
    await file.close();
  }
}

/** Halves the file until the entry is found or cannot be there: 30 reads in a list of a thousand million. */
async function has(file: FileHandle, entries: number, wanted: Buffer): Promise<boolean> {
  const at = Buffer.alloc(ENTRY);
  let [low, high] = [0, entries - 1];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    await file.read(at, 0, ENTRY, HEAD + middle * ENTRY);
    const order = at.compare(wanted);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
