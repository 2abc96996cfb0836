import { createHash } from 'node:crypto';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { knownWords, type Texts, vectorOf } from './terms/vector.ts';

export type Document = {
  id: string;
  texts: Texts;
  /** Units and posts that may find it; absent: everyone who may ask. */
  audience?: readonly string[];
  /** What a search is narrowed by. */
  facets?: Record<string, string>;
  /** Order among documents that match equally well. */
  sort: string;
};

/** Changes with every change of how terms are made, so that documents are read anew. */
const EDITION = 2;

/**
 * Makes documents of one kind findable, in the transaction that changes them. What has not changed is not read again.
 * Returns how many were.
 */
export async function putDocuments(
  db: Db,
  { app, kind, documents }: { app: string; kind: string; documents: readonly Document[] },
): Promise<number> {
  const kept = new Map(
    (
      await db.rows<{ id: string; digest: string }>(
        sql`select id, digest from search.document where app = ${app} and kind = ${kind} and id = any(${documents.map((d) => d.id)})`,
      )
    ).map(({ id, digest }) => [id, digest]),
  );
  const changed = documents
    .map((document) => ({ ...document, digest: digestOf(document) }))
    .filter(({ id, digest }) => kept.get(id) !== digest);
  if (changed.length === 0) return 0;
  const rows = changed.map(({ id, texts, audience, facets = {}, sort, digest }) => ({
    id,
    audience: audience ?? null,
    facets,
    sort,
    digest,
    terms: vectorOf(texts),
  }));
  await db.run(sql`
    insert into search.document (app, kind, id, audience, facets, sort, digest, terms)
    select ${app}, ${kind}, r.id, r.audience, r.facets, r.sort, r.digest, r.terms::tsvector
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(id text, audience text[], facets jsonb, sort text, digest text, terms text)
    on conflict (app, kind, id) do update set audience = excluded.audience, facets = excluded.facets, sort = excluded.sort,
      digest = excluded.digest, terms = excluded.terms`);
  const words = new Map(changed.flatMap(({ texts }) => knownWords(texts)).map((known) => [known.word, known]));
  await db.run(sql`
    insert into search.word (app, kind, word, sound, pieces)
    select ${app}, ${kind}, r.word, r.sound, r.pieces
    from jsonb_to_recordset(${json([...words.values()])}::text::jsonb) as r(word text, sound text, pieces text[])
    order by r.word on conflict do nothing`);
  return changed.length;
}

/** Forgets the documents of a kind that are not in `keep`. */
export async function keepOnly(
  db: Db,
  { app, kind, keep }: { app: string; kind: string; keep: readonly string[] },
): Promise<void> {
  await db.run(sql`delete from search.document where app = ${app} and kind = ${kind} and not (id = any(${[...keep]}))`);
}

function digestOf({ texts, audience, facets, sort }: Document): string {
  return createHash('sha256')
    .update(JSON.stringify([EDITION, texts, audience ?? null, facets ?? {}, sort]))
    .digest('base64url');
}
