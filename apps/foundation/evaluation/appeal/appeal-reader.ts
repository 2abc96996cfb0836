import { sql } from '#platform/kernel/sql.ts';
import { documentReader } from '#platform/document/read-rights.ts';
import { APPEAL_FILES } from './file-appeal.ts';

/** Documents of an appeal are read by whoever may read the appeal: row security answers. */
export const appealReader = documentReader.provide({
  app: 'evaluation',
  kind: APPEAL_FILES,
  mayRead: async (db, subject) => {
    const found = await db.first(sql`select 1 as found from evaluation.appeal where id = ${subject}::uuid`);
    return found ? { subjects: [] } : undefined;
  },
});
