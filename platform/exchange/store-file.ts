import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Services } from '#platform/kernel/app.ts';
import { domainError, PayloadTooLarge } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';

export const UploadCut = domainError({
  code: 'UPLOAD_INCOMPLETE',
  status: 400,
  title: { zh: '文件没有传完', en: 'The upload did not finish' },
  action: {
    zh: '请重新上传；未传完的内容已清除，没有任何数据入库。',
    en: 'Upload it again; nothing of the partial file was kept or loaded.',
  },
});
export const UploadEmpty = domainError({
  code: 'UPLOAD_EMPTY',
  status: 400,
  title: { zh: '文件是空的', en: 'The file is empty' },
  action: { zh: '请选择有内容的文件。', en: 'Choose a file with content.' },
});

export type StoredFile = { id: string; size: number; digest: string; key: string };

const NONCE = Buffer.alloc(12);

/**
 * Keeps an uploaded file encrypted (AES-256-GCM under a key of its own, sealed by the keyring), because department files
 * hold identity numbers. Returns size in bytes and SM3 of the plain content. A cut upload leaves nothing.
 */
export async function storeFile(options: {
  services: Services;
  stream: NodeJS.ReadableStream;
  declaredLength?: number;
}): Promise<StoredFile> {
  const { services } = options;
  // A source may fail before the first byte is asked for: the reading below is told, and nobody else has to listen.
  options.stream.on('error', () => undefined);
  if ((options.declaredLength ?? 0) > services.config.uploadLimit) throw PayloadTooLarge.with();
  const id = uuidv7();
  const path = filePath(services, id);
  await mkdir(join(path, '..'), { recursive: true });
  const key = randomBytes(32);
  const hash = createHash('sm3');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > services.config.uploadLimit) return done(PayloadTooLarge.with());
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const cipher = createCipheriv('aes-256-gcm', key, NONCE);
  // Where this stops early, the request itself stays whole: whoever sends too much gets an answer, not a broken line.
  const source = Readable.from((options.stream as Readable).iterator({ destroyOnReturn: false }), {
    objectMode: false,
  });
  try {
    await pipeline(source, measure, cipher, createWriteStream(path, { mode: 0o600 }));
    if (options.declaredLength !== undefined && options.declaredLength !== size) throw UploadCut.with();
    if (size === 0) throw UploadEmpty.with();
  } catch (error) {
    await rm(path, { force: true });
    if (
      (error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE' ||
      (error as { code?: string }).code === 'ECONNRESET'
    )
      throw UploadCut.with();
    throw error;
  }
  return {
    id,
    size,
    digest: hash.digest('hex'),
    key: services.keyring.seal(Buffer.concat([key, cipher.getAuthTag()]).toString('base64'), `file:${id}`),
  };
}

/** The plain content of a stored file; the stream fails at its end if a byte was changed on disk. */
export function readFileStream(options: { services: Services; id: string; key: string }): Readable {
  const secret = Buffer.from(options.services.keyring.open(options.key, `file:${options.id}`), 'base64');
  const decipher = createDecipheriv('aes-256-gcm', secret.subarray(0, 32), NONCE);
  decipher.setAuthTag(secret.subarray(32));
  const source = createReadStream(filePath(options.services, options.id));
  source.on('error', (error) => decipher.destroy(error));
  return source.pipe(decipher);
}

export async function removeFile(services: Services, id: string): Promise<void> {
  await rm(filePath(services, id), { force: true });
}

export async function storedSize(services: Services, id: string): Promise<number> {
  return (await stat(filePath(services, id))).size;
}

function filePath(services: Services, id: string): string {
  return join(services.config.dataDir, 'files', id.slice(-2), id);
}
