import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { ClassifiedContent } from '#platform/kernel/classified.ts';
import {
  FileEncrypted,
  FileHarmful,
  FileMissing,
  FileTooLarge,
  FileTypeRefused,
  FileUnreadable,
  ScannerAway,
  TooManyUploads,
  UploadCut,
} from './document-errors.ts';
import { fileView, FileView } from './file-view.ts';
import { insertFile, kindOf, prepareFile, undoFile } from './store-file.ts';

/** Upload of a file (上传文件): the bytes as they are, streamed. It is the uploader's alone until an app attaches it. */
export const uploadFile = route({
  method: 'POST',
  path: '/api/document/files',
  summary: { zh: '上传文件', en: 'Upload a file' },
  allow: 'signed-in',
  query: Type.Object({
    kind: Type.String({ minLength: 1, maxLength: 80 }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  body: 'stream',
  bodyLimit: Number.MAX_SAFE_INTEGER,
  status: 201,
  reply: FileView,
  errors: [
    FileMissing,
    UploadCut,
    FileTooLarge,
    FileTypeRefused,
    FileEncrypted,
    FileHarmful,
    FileUnreadable,
    ScannerAway,
    TooManyUploads,
    ClassifiedContent,
  ],
  examples: {
    own: { as: 'citizen', query: { kind: 'material', name: '情况说明.txt' }, body: '本人申请办理，情况如下。\n' },
  },
  prepare: async ({ actor, services, stream, headers, query }) => {
    const kind = kindOf(services, query.kind);
    if (!stream || typeof (stream as { pipe?: unknown }).pipe !== 'function') throw FileMissing.with();
    const length = headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
    const prepared = await prepareFile({ services, actor, stream, declaredLength: length, kind, name: query.name });
    return { ...prepared, digest: prepared.sm3, undo: () => undoFile(services, prepared) };
  },
  undo: (prepared) => prepared.undo(),
  handler: async ({ db, prepared }) => fileView(await insertFile(db, prepared)),
});
