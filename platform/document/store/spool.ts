import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Services } from '#platform/kernel/app.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { FileMissing, FileTooLarge, UploadCut } from '../document-errors.ts';
import { HEAD_BYTES } from '../media-type.ts';
import { KEY_BYTES, NONCE } from './cipher.ts';
import { fileStore } from './file-store.ts';

/** What has come in and is not kept yet: encrypted from the first byte, beside the store. */
export type Spooled = {
  id: string;
  path: string;
  size: number;
  /** Digests of the plain content, hexadecimal. */
  sm3: string;
  sha256: string;
  /** First bytes, in clear, for telling its type. */
  head: Buffer;
  /** Envelope of key and tag. */
  key: string;
  /** The plain content. */
  read(): Readable;
  discard(): Promise<void>;
};

/** What the envelope of a content's key is bound to. */
export const contentContext = (id: string): string => `document.content:${id}`;

export const incomingFolder = (services: Services): string => join(services.config.dataDir, 'documents', 'incoming');

/** Takes a stream in, hashing and encrypting (AES-256-GCM under a key of its own). What is cut or too large leaves nothing. */
export async function spool(options: {
  services: Services;
  stream: NodeJS.ReadableStream;
  maxBytes: number;
  declaredLength?: number;
}): Promise<Spooled> {
  const { services, stream, maxBytes, declaredLength } = options;
  if ((declaredLength ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const id = uuidv7();
  const path = join(incomingFolder(services), id);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const secret = randomBytes(KEY_BYTES);
  const digests = [createHash('sm3'), createHash('sha256')] as const;
  const heads: Buffer[] = [];
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (size < HEAD_BYTES) heads.push(chunk.subarray(0, HEAD_BYTES - size));
      size += chunk.length;
      if (size > maxBytes) return done(tooLarge(maxBytes));
      for (const digest of digests) digest.update(chunk);
      done(null, chunk);
    },
  });
  const cipher = createCipheriv('aes-256-gcm', secret, NONCE);
  // Where this stops early the request itself stays whole: whoever sends too much gets an answer, not a broken line.
  const source = Readable.from((stream as Readable).iterator({ destroyOnReturn: false }), { objectMode: false });
  const discard = () => rm(path, { force: true });
  try {
    await pipeline(source, measure, cipher, createWriteStream(path, { mode: 0o600 }));
    if (declaredLength !== undefined && declaredLength !== size) throw UploadCut.with();
    if (size === 0) throw FileMissing.with();
  } catch (error) {
    await discard();
    const { code } = error as { code?: string };
    throw code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' ? UploadCut.with() : error;
  }
  const tag = cipher.getAuthTag();
  return {
    id,
    path,
    size,
    sm3: digests[0].digest('hex'),
    sha256: digests[1].digest('hex'),
    head: Buffer.concat(heads),
    key: services.keyring.seal(Buffer.concat([secret, tag]).toString('base64'), contentContext(id)),
    read: () => decrypted(createReadStream(path), Buffer.concat([secret, tag])),
    discard,
  };
}

/** The plain content of a kept file; the stream fails at its end where a byte was changed in the store. */
export async function readContent(services: Services, content: { id: string; key: string }): Promise<Readable> {
  const secret = Buffer.from(services.keyring.open(content.key, contentContext(content.id)), 'base64');
  return decrypted(await fileStore(services).read(content.id), secret);
}

function decrypted(source: Readable, secret: Buffer): Readable {
  const decipher = createDecipheriv('aes-256-gcm', secret.subarray(0, KEY_BYTES), NONCE);
  decipher.setAuthTag(secret.subarray(KEY_BYTES));
  source.on('error', (error) => decipher.destroy(error));
  decipher.on('close', () => source.destroy());
  return source.pipe(decipher);
}

const tooLarge = (maxBytes: number) => FileTooLarge.with({ extra: { maxBytes } });
