import { isUuid } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { fileKind } from '#platform/document/file-kinds.ts';
import { MEDIA } from '#platform/document/media-type.ts';
import { documentReader } from '#platform/document/read-rights.ts';

/** Kind of rows that confirmations are attached to: one person at one window. */
export const SIGNATURE_ROWS = 'counter-session';
export const SIGNATURE_FILE = 'service-hall.signature';

/** What the citizen put under what was sent (确认签名). */
export const signatureKind = fileKind.provide({
  id: SIGNATURE_FILE,
  title: { zh: '窗口确认签名', en: 'Confirmation at a window' },
  maxBytes: 512 * 1024,
  media: [MEDIA.png, MEDIA.text],
  level: 'L3',
});

/** The clerk whose session it was may look at it again; row security answers. */
export const signatureReader = documentReader.provide({
  app: 'service-hall',
  kind: SIGNATURE_ROWS,
  mayRead: async (db, subject) => {
    if (!isUuid(subject)) return undefined;
    const row = await db.first<{ person: string | null }>(
      sql`select person from service_hall.counter_session where id = ${subject}::uuid`,
    );
    return row && { subjects: row.person === null ? [] : [{ kind: 'person', id: row.person }] };
  },
});
