import type { FileKind } from '#platform/document/file-kinds.ts';
import { MEDIA } from '#platform/document/media-type.ts';
import type { DocumentReader } from '#platform/document/read-rights.ts';
import { isUuid } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { PHOTO_KIND } from './act.ts';

const MOST_BYTES = 10 * 1024 ** 2;

/** A photo of what is wrong (现场照片): of a place, not of a person, so that units read it as they read the case. */
export const photoKind: FileKind = {
  id: 'incident.photo',
  title: { zh: '现场照片', en: 'Photo of the place' },
  maxBytes: MOST_BYTES,
  media: [MEDIA.jpeg, MEDIA.png],
  level: 'L2',
};

/** Whoever may read the case may see its photos. */
export const photoReader: DocumentReader = {
  app: 'incident',
  kind: PHOTO_KIND,
  mayRead: async (db, subject) => {
    if (!isUuid(subject)) return undefined;
    const row = await db.first(sql`
      select 1 as found from incident.case_file where id = ${subject}::uuid
      union all select 1 from incident.held_report where case_id = ${subject}::uuid and state = 'held' limit 1`);
    return row ? { subjects: [] } : undefined;
  },
};
