import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { putDocuments } from '#platform/search/put-documents.ts';

/** What the documents of this module are called in the search. */
export const FIRMS = { app: 'legal-entity', kind: 'entity' } as const;

/** Makes enterprises findable by what is public of them: name, former names, code, old number, industry. Names of persons stay out. */
export async function indexEntities(
  db: Db,
  { changed, gone }: { changed: readonly string[]; gone: readonly string[] },
): Promise<void> {
  if (gone.length > 0)
    await db.run(
      sql`delete from search.document where app = ${FIRMS.app} and kind = ${FIRMS.kind} and id = any (${[...gone]}::text[])`,
    );
  if (changed.length === 0) return;
  const rows = await db.rows<{
    uscc: string;
    name: string | null;
    registrationNo: string | null;
    industry: string | null;
    life: string | null;
    former: string[] | null;
  }>(sql`
    select e.uscc, e.name, e.registration_no as "registrationNo", e.industry_name as industry, e.life_state as life,
      (select array_agg(distinct v.record ->> 'name') from legal_entity.entity_version v where v.uscc = e.uscc and v.record ->> 'name' is distinct from e.name) as former
    from legal_entity.entity e where e.uscc = any (${[...changed]}::text[])`);
  await putDocuments(db, {
    ...FIRMS,
    documents: rows.map(({ uscc, name, registrationNo, industry, life, former }) => ({
      id: uscc,
      facets: { life: life ?? 'unknown' },
      sort: name ?? uscc,
      texts: {
        title: [name ?? '', uscc],
        parts: [...(former ?? []).filter((each) => each !== null), registrationNo ?? ''],
        rest: [industry ?? ''],
      },
    })),
  });
}
