import { inflateRawSync } from 'node:zlib';

/** Why an archive is not read. */
export type ZipFault = 'damaged' | 'bomb' | 'encrypted' | 'path';

export class ZipError extends Error {
  readonly fault: ZipFault;
  constructor(fault: ZipFault, detail: string) {
    super(`archive refused (${fault}): ${detail}`);
    this.fault = fault;
  }
}

export type ZipEntry = { name: string; size: number; packed: number; encrypted: boolean; method: number; at: number };

export type ZipLimits = {
  /** Bytes of all entries together, unpacked. */
  total: number;
  entries: number;
  /** Unpacked to packed of one entry, from a size on that matters. */
  ratio: number;
};

/** A document of ordinary size stays far below: Deflate gives at most 1,032, text and XML of office files about 20. */
export const LIMITS: ZipLimits = { total: 512 * 1024 ** 2, entries: 5_000, ratio: 300 };
const RATIO_FROM = 1024 ** 2;

export type Zip = {
  entries: readonly ZipEntry[];
  has(name: string): boolean;
  /** Unpacked bytes; ZipError where the entry is missing, damaged or larger than `most`. */
  bytes(name: string, most?: number): Buffer;
  /** The same as UTF-8. */
  text(name: string, most?: number): string;
};

/**
 * Reads a ZIP (APPNOTE.TXT 6.3) by its central directory. Before anything is unpacked it refuses what would unpack to an absurd size, entries that
 * lie over each other (one bomb serving many names), names that lead out of the archive, and names that the two directories write
 * differently, so that no other reader sees another file.
 */
export function readZip(file: Buffer, limits: ZipLimits = LIMITS): Zip {
  const entries = centralDirectory(file, limits);
  let total = 0;
  for (const entry of entries) {
    total += entry.size;
    if (total > limits.total || (entry.size > RATIO_FROM && entry.size > limits.ratio * Math.max(entry.packed, 1)))
      throw new ZipError('bomb', entry.name);
  }
  const ranges = entries
    .map((entry) => [entry.at, dataOf(file, entry) + entry.packed] as const)
    .sort((a, b) => a[0] - b[0]);
  ranges.forEach(([begin], at) => {
    if (at > 0 && begin < (ranges[at - 1]?.[1] ?? 0)) throw new ZipError('bomb', 'entries overlap');
  });
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  if (byName.size !== entries.length) throw new ZipError('damaged', 'two entries of one name');
  const bytes = (name: string, most = limits.total): Buffer => {
    const entry = byName.get(name);
    if (!entry) throw new ZipError('damaged', `${name} is missing`);
    if (entry.encrypted) throw new ZipError('encrypted', name);
    if (entry.size > most) throw new ZipError('bomb', name);
    return unpack(file, entry);
  };
  return {
    entries,
    has: (name) => byName.has(name),
    bytes,
    text: (name, most) =>
      bytes(name, most)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
  };
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
/** In place of a number that stands in the ZIP64 record, which no document of these sizes needs. */
const MARK64 = 0xffffffff;

function centralDirectory(file: Buffer, limits: ZipLimits): ZipEntry[] {
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  if (count > limits.entries) throw new ZipError('bomb', `${count} entries`);
  const entries: ZipEntry[] = [];
  for (let n = 0; n < count; n += 1) {
    if (at + CENTRAL_BYTES > file.length || file.readUInt32LE(at) !== CENTRAL)
      throw new ZipError('damaged', 'directory');
    const [nameBytes, extra, comment] = [
      file.readUInt16LE(at + 28),
      file.readUInt16LE(at + 30),
      file.readUInt16LE(at + 32),
    ];
    const name = file.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes);
    const entry = {
      name,
      encrypted: (file.readUInt16LE(at + 8) & 1) === 1,
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      at: file.readUInt32LE(at + 42),
    };
    if (entry.packed === MARK64 || entry.size === MARK64) throw new ZipError('bomb', name);
    if (leadsOut(name)) throw new ZipError('path', name);
    entries.push(entry);
    at += CENTRAL_BYTES + nameBytes + extra + comment;
  }
  return entries;
}

function endOf(file: Buffer): number {
  const from = Math.max(0, file.length - END_BYTES - 0xffff);
  for (let at = file.length - END_BYTES; at >= from; at -= 1) if (file.readUInt32LE(at) === END) return at;
  throw new ZipError('damaged', 'no end of the directory');
}

/** Absolute, with a drive, or up and out. */
function leadsOut(name: string): boolean {
  return name.includes('\0') || /^[\\/]|^[a-z]:/i.test(name) || name.split(/[\\/]/).includes('..');
}

/** Where an entry's bytes begin, behind its own header. */
function dataOf(file: Buffer, entry: ZipEntry): number {
  const { at } = entry;
  if (at + LOCAL_BYTES > file.length || file.readUInt32LE(at) !== LOCAL) throw new ZipError('damaged', entry.name);
  const nameBytes = file.readUInt16LE(at + 26);
  const name = file.toString('utf8', at + LOCAL_BYTES, at + LOCAL_BYTES + nameBytes);
  if (name !== entry.name) throw new ZipError('damaged', `${entry.name} is called otherwise inside`);
  return at + LOCAL_BYTES + nameBytes + file.readUInt16LE(at + 28);
}

function unpack(file: Buffer, entry: ZipEntry): Buffer {
  const begin = dataOf(file, entry);
  const packed = file.subarray(begin, begin + entry.packed);
  if (packed.length !== entry.packed) throw new ZipError('damaged', entry.name);
  if (entry.method === STORED) return packed;
  if (entry.method !== DEFLATED) throw new ZipError('damaged', `${entry.name}: method ${entry.method}`);
  try {
    const plain = inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) });
    if (plain.length !== entry.size) throw new ZipError('bomb', entry.name);
    return plain;
  } catch (error) {
    if (error instanceof ZipError) throw error;
    throw new ZipError((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : 'damaged', entry.name);
  }
}
