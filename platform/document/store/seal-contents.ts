import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, writevSync } from 'node:fs';
import { dirname } from 'node:path';
import { KEY_BYTES, NONCE } from './cipher.ts';

/** A content in pieces, and where it is to lie. */
export type ToSeal = { path: string; pieces: readonly Uint8Array[] };

/** A content that lies encrypted on the disk. */
export type Sealed = {
  size: number;
  /** Digests of the plain content, hexadecimal. */
  sm3: string;
  sha256: string;
  /** Key and tag (AES-256-GCM), for its envelope. */
  secret: Uint8Array;
};

/**
 * Hashes, encrypts and writes contents, and returns once they are safe against a power failure, their names included. Waits for the disk: for a thread of its own.
 *
 * @throws where the disk refuses; what was written by then lies there
 */
export function sealContents(contents: readonly ToSeal[]): Sealed[] {
  const folders = new Set(contents.map(({ path }) => dirname(path)));
  for (const folder of folders) {
    const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (first !== undefined) folders.add(dirname(first));
  }
  const sealed = contents.map(seal);
  // Files of one folder cost one sync of their names together.
  for (const folder of folders) throughToDisk(folder);
  return sealed;
}

function seal({ path, pieces }: ToSeal): Sealed {
  const key = randomBytes(KEY_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, NONCE);
  const [sm3, sha256] = [createHash('sm3'), createHash('sha256')];
  const file = openSync(path, 'wx', 0o600);
  let size = 0;
  try {
    const closed: Uint8Array[] = [];
    for (const piece of pieces) {
      size += piece.byteLength;
      sm3.update(piece);
      sha256.update(piece);
      closed.push(cipher.update(piece));
    }
    closed.push(cipher.final());
    writeAll(file, closed);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  const secret = new Uint8Array(Buffer.concat([key, cipher.getAuthTag()]));
  return { size, sm3: sm3.digest('hex'), sha256: sha256.digest('hex'), secret };
}

/** A disk may take less than it is given at once. */
function writeAll(file: number, pieces: readonly Uint8Array[]): void {
  let left = pieces.filter(({ byteLength }) => byteLength > 0);
  while (left.length > 0) {
    let written = writevSync(file, left);
    left = left.flatMap((piece) => {
      const done = Math.min(written, piece.byteLength);
      written -= done;
      return done === piece.byteLength ? [] : [piece.subarray(done)];
    });
  }
}

function throughToDisk(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
