import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type AttachedFile, attachedFiles } from '#platform/document/attach-document.ts';
import { MATERIAL_KIND } from './case-material.ts';

/** What stands beside a sub-case in tables of its own, for the pages. */
export type Beside = {
  /** Files of the item, by their id. */
  files: ReadonlyMap<string, AttachedFile>;
  /** Certificate that it ended in, its newest version. */
  certificate: string | null;
  /** What the applicant may say of it: nothing yet rated, or once more after a repair (再评价). */
  rate: 'first' | 'again' | null;
};

const NOTHING: Beside = { files: new Map(), certificate: null, rate: null };

/** Of several sub-cases at once; row security answers for each who reads. `own`: the applicant asks. */
export async function besideOf(
  db: Db,
  { subCases, own }: { subCases: readonly { id: string; state: string }[]; own: boolean },
): Promise<(subCase: string) => Beside> {
  const ids = subCases.map(({ id }) => id);
  if (ids.length === 0) return () => NOTHING;
  const files = await attachedFiles(db, { kind: MATERIAL_KIND, subjects: ids });
  const certificates = await db.rows<{ subCase: string; id: string }>(sql`
    select distinct on (c.sub_case) c.sub_case as "subCase", c.id from service.certificate c
    where c.sub_case = any(${ids}::uuid[]) and c.state <> 'issued' order by c.sub_case, c.version desc`);
  const again = own
    ? await db.rows<{ subCase: string }>(sql`
        select a.sub_case as "subCase" from service.case_rating_author a join service.case_rating r on r.id = a.rating
        where a.sub_case = any(${ids}::uuid[]) and a.node = 'delivery' and r.state = 'to-rate-again'`)
    : [];
  return (asked) => {
    const state = subCases.find(({ id }) => id === asked)?.state;
    const mayAgain = again.some(({ subCase }) => subCase === asked);
    return {
      files: new Map(files.filter(({ subject }) => subject === asked).map((file) => [file.file, file])),
      certificate: certificates.find(({ subCase }) => subCase === asked)?.id ?? null,
      rate: mayAgain ? 'again' : own && state === 'delivered' ? 'first' : null,
    };
  };
}
