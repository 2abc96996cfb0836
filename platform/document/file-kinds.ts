import { port } from '#platform/kernel/app.ts';
import type { Level } from '#platform/kernel/resource.ts';
import type { Text } from '#platform/kernel/text.ts';
import { MEDIA, type MediaType } from './media-type.ts';

/** A kind of file (文件种类) that somebody may upload: what it may be, how large, and how its content is classed. */
export type FileKind = {
  /** `<module>.<name>`, or a bare name for those of this module. */
  id: string;
  title: Text;
  maxBytes: number;
  media: readonly MediaType[];
  /** Level of what such files hold; personal ones are read with a purpose and on the record. */
  level: Level;
};

/** Modules add kinds of their own. */
export const fileKind = port<FileKind>('document.file-kind');

const MEGABYTE = 1024 ** 2;
const { pdf, ofd, docx, xlsx, png, jpeg, text, zip, tiff } = MEDIA;

/** Kinds that anybody needs. The sizes are ours, not a law's. */
export const COMMON_KINDS: readonly FileKind[] = [
  {
    id: 'material',
    title: { zh: '申请材料', en: 'Material of an application' },
    maxBytes: 20 * MEGABYTE,
    media: [pdf, ofd, docx, xlsx, png, jpeg, text],
    level: 'L3',
  },
  {
    id: 'photo',
    title: { zh: '照片', en: 'Photo' },
    maxBytes: 10 * MEGABYTE,
    media: [png, jpeg],
    level: 'L3',
  },
  {
    id: 'official-document',
    title: { zh: '公文', en: 'Official document' },
    maxBytes: 50 * MEGABYTE,
    media: [ofd, pdf, docx],
    level: 'L2',
  },
  {
    id: 'package',
    title: { zh: '材料压缩包', en: 'Archive of materials' },
    maxBytes: 50 * MEGABYTE,
    media: [zip, tiff],
    level: 'L3',
  },
];
