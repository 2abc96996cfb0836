import { sql } from '#platform/kernel/sql.ts';
import { fileKind } from '#platform/document/file-kinds.ts';
import { MEDIA } from '#platform/document/media-type.ts';
import { documentReader } from '#platform/document/read-rights.ts';

/** Kind of rows that photos are attached to: records and re-checks. */
export const PHOTO_ROWS = 'record';
export const PHOTO_FILE = 'inspection.photo';

/** A photo of what was found (现场照片). */
export const photoKind = fileKind.provide({
  id: PHOTO_FILE,
  title: { zh: '检查现场照片', en: 'Photo of an inspection' },
  maxBytes: 20 * 1024 ** 2,
  media: [MEDIA.jpeg, MEDIA.png],
  level: 'L2',
});

/** Photos are seen by whoever may see the record: row security answers. */
export const photoReader = documentReader.provide({
  app: 'inspection',
  kind: PHOTO_ROWS,
  mayRead: async (db, subject) => {
    const found = await db.first(sql`
      select 1 as found from inspection.record where id = ${subject}::uuid
      union all select 1 from inspection.recheck where id = ${subject}::uuid limit 1`);
    return found ? { subjects: [] } : undefined;
  },
});
