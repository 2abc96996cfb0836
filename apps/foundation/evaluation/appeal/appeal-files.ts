import { sql } from '#platform/kernel/sql.ts';
import { fileKind } from '#platform/document/file-kinds.ts';
import { MEDIA } from '#platform/document/media-type.ts';
import { documentReader } from '#platform/document/read-rights.ts';

/** Kind of rows that documents of appeals are attached to. */
export const APPEAL_ROWS = 'appeal';
/** Kind of files: what shows that a signal is wrong, e.g. the notice of a stop. */
export const APPEAL_FILE = 'evaluation.appeal-document';

const { pdf, ofd, docx, png, jpeg, text } = MEDIA;

/** Supervision judges times, not applicants: names of parties are covered before the document is sent, and the page says so. */
export const appealFileKind = fileKind.provide({
  id: APPEAL_FILE,
  title: { zh: '申诉证明文书', en: 'Document of an appeal' },
  maxBytes: 20 * 1024 ** 2,
  media: [pdf, ofd, docx, png, jpeg, text],
  level: 'L2',
});

/** Documents of an appeal are read by whoever may read the appeal: row security answers. */
export const appealReader = documentReader.provide({
  app: 'evaluation',
  kind: APPEAL_ROWS,
  mayRead: async (db, subject) => {
    const found = await db.first(sql`select 1 as found from evaluation.appeal where id = ${subject}::uuid`);
    return found ? { subjects: [] } : undefined;
  },
});
