import type { Post } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
import { isUuid } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { attachDocument } from '#platform/document/attach-document.ts';
import type { DocumentReader, Subject } from '#platform/document/read-rights.ts';
import type { OfferedItem } from './case-offer.ts';
import type { FiledMaterial } from './case-row.ts';

/** Kind of row that files of applications are attached to: the sub-case, in the hands of one unit. */
export const MATERIAL_KIND = 'sub-case';

/** Attaches uploads to the item that they were handed in for (挂接), in the transaction of the case: only the uploader's own, unexpired ones. */
export async function attachMaterials(
  db: Db,
  { subCase, materials }: { subCase: string; materials: readonly FiledMaterial[] },
): Promise<void> {
  const files = materials.flatMap(({ source, document }) =>
    source === 'upload' && document !== null ? [document] : [],
  );
  if (files.length > 0) await attachDocument(db, { files, kind: MATERIAL_KIND, subject: subCase });
}

/** Posts that read files of the cases of their unit; the applicant reads their own. */
const READERS: ReadonlySet<Post | undefined> = new Set<Post>([
  'citizen',
  'enterprise-agent',
  'street-clerk',
  'data-officer',
  'unit-head',
]);

/** Who may read what was handed in: the applicant, and whoever handles the item in its unit (row security says whose it is). */
export const materialReader: DocumentReader = {
  app: 'service',
  kind: MATERIAL_KIND,
  mayRead: async (db, subject) => {
    if (!isUuid(subject) || !READERS.has(db.actor.post)) return undefined;
    const row = await db.first<{ person: string | null; entity: string | null }>(
      sql`select applicant_person as person, applicant_entity as entity from service.sub_case where id = ${subject}::uuid`,
    );
    if (!row) return undefined;
    const subjects: Subject[] = [];
    if (row.person !== null) subjects.push({ kind: 'person', id: row.person });
    if (row.entity !== null) subjects.push({ kind: 'entity', id: row.entity });
    return { subjects };
  },
};

export type MaterialInput = { item: string; id: string; source: FiledMaterial['source']; document?: string };

/**
 * What is filed of an item's materials. What has to be handed in is there with its file, whatever else the form says of it; a paper may take the
 * place of data or of a certificate whose source is down.
 */
export function filedMaterials(
  item: OfferedItem,
  given: readonly MaterialInput[],
): { filed: FiledMaterial[]; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const filed = item.materials.flatMap((material): FiledMaterial[] => {
    const { id, source, required, title } = material;
    const found = given.find((each) => each.item === item.terms.code && each.id === id);
    if (found?.source === 'upload' && found.document !== undefined)
      return [{ id, source: 'upload', document: found.document }];
    if (source === 'certificate') return [{ id, source, document: found?.document ?? null }];
    if (source === 'data') return [{ id, source, document: null }];
    if (required)
      faults.push({
        pointer: `/materials/${item.terms.code}/${id}`,
        rule: 'required',
        message: { zh: `请上传${title.zh}`, en: `${title.en} is missing` },
      });
    return [];
  });
  return { filed, faults };
}
