import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { FileHarmful, FileMissing, ScannerAway, TooManyUploads, UploadCut } from './document-errors.ts';
import { MEDIA } from './media-type.ts';
import { PhotoRefused } from './photo/photo-faults.ts';
import { inTurn, insertPhotos, storePhotos, undoPhotos } from './photo/store-photos.ts';
import { kindOf } from './store-file.ts';

/** Together; a telephone sends its photos at about 400 kB each. */
const MOST_BYTES = 50 * 1024 ** 2;

/**
 * Uploads the photos of one record in one request (批量上传照片): their bytes one after the other, `sizes` says where each ends. What cameras write into them is read and taken
 * out. All are kept or none; each is the uploader's alone until an app attaches it.
 */
export const uploadPhotos = route({
  method: 'POST',
  path: '/api/document/photos',
  summary: { zh: '批量上传照片', en: 'Upload photos' },
  allow: 'signed-in',
  query: Type.Object({
    kind: Type.String({ minLength: 1, maxLength: 80 }),
    sizes: Type.String({ pattern: '^[1-9][0-9]{0,8}(,[1-9][0-9]{0,8}){0,8}$', description: 'bytes' }),
  }),
  body: 'stream',
  bodyLimit: Number.MAX_SAFE_INTEGER,
  status: 201,
  reply: Type.Object({ files: Type.Array(Type.String({ format: 'uuid' })) }),
  errors: [FileMissing, UploadCut, PhotoRefused, FileHarmful, ScannerAway, TooManyUploads, InvalidInput],
  examples: {
    own: { as: 'citizen', query: { kind: 'photo', sizes: 'fixture:photo-sizes' }, body: 'fixture:photo-bytes' },
  },
  prepare: async ({ actor, services, stream, query }) => {
    const kind = kindOf(services, query.kind);
    if (!kind.media.includes(MEDIA.jpeg)) throw InvalidInput.with({ fields: [noPhotos] });
    if (!stream || typeof (stream as { pipe?: unknown }).pipe !== 'function') throw FileMissing.with();
    const sizes = query.sizes.split(',').map(Number);
    // One that is too large is named by `storePhotos`, before a byte is read.
    const each = sizes.every((size) => size <= kind.maxBytes);
    if (each && sizes.reduce((all, size) => all + size, 0) > MOST_BYTES) throw InvalidInput.with({ fields: [tooMuch] });
    const photos = await inTurn(services, () => storePhotos({ services, actor, kind, sizes, stream }));
    const digest = createHash('sm3')
      .update(photos.map(({ sm3 }) => sm3).join())
      .digest('hex');
    return {
      kind,
      photos,
      digest,
      undo: () =>
        undoPhotos(
          services,
          photos.map(({ id }) => id),
        ),
    };
  },
  undo: (prepared) => prepared.undo(),
  handler: async ({ db, prepared }) => ({ files: await insertPhotos(db, prepared) }),
});

const noPhotos = {
  pointer: '/query/kind',
  rule: 'photo',
  message: { zh: '这种文件不是照片', en: 'is no kind of photo' },
};
const tooMuch = {
  pointer: '/query/sizes',
  rule: 'size',
  message: { zh: '照片合计不能超过 50 MB', en: 'the photos together are larger than 50 MB' },
};
