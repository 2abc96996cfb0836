import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { FacetSchema, facetsOf } from '#platform/search/facets.ts';
import { findDocuments } from '#platform/search/find-documents.ts';
import { plain } from '#platform/search/terms/segment.ts';
import { namesOf } from '#platform/search/terms/vocabulary.ts';
import { entryOf, ITEMS } from './register/index-entries.ts';
import { TextSchema } from './item-detail.ts';

const PAGE = 20;

export const ItemSummarySchema = Type.Object({
  /** Of a resource its id, of an item of the register its number. */
  id: Type.String(),
  /** `resource` has rows on this platform, `entry` is of a system elsewhere. */
  kind: Type.Union([Type.Literal('resource'), Type.Literal('entry')]),
  code: Type.Union([Type.String(), Type.Null()]),
  title: TextSchema,
  summary: TextSchema,
  owner: Type.String(),
  level: Type.String(),
  sharing: Type.String(),
  opening: Type.String(),
  updates: Type.String(),
  badge: Type.Union([Type.String(), Type.Null()]),
  fields: Type.Integer(),
  takers: Type.Integer(),
  /** Titles of fields that match the words, so that a reader sees why an item was found. */
  matched: Type.Array(TextSchema),
});

type Row = {
  id: string;
  kind: 'resource' | 'entry';
  code: string | null;
  at: number;
  title: Text;
  summary: Text;
  owner: string;
  level: string;
  sharing: string;
  opening: string;
  updates: string;
  badge: string | null;
  fields: number;
  takers: number;
  parts: { name: string; title: Text; element: string | null }[] | null;
};
const FACETS = ['held', 'level', 'owner', 'sharing', 'badge'] as const;
/** Titles of the fields that hold a word. */
function matchedBy({ parts }: Pick<Row, 'parts'>, words: readonly string[]): Text[] {
  const names = words.flatMap(namesOf).map(plain);
  const holds = ({ name, title, element }: NonNullable<Row['parts']>[number]) => {
    const text = plain([name, title.zh, title.en, element].filter(Boolean).join(' '));
    return names.some((word) => text.includes(word));
  };
  return (parts ?? []).filter(holds).map(({ title }) => title);
}

/**
 * Finds catalogue items by words in title, summary, field titles and data elements: in Chinese, English, pinyin or its first letters;
 * also misspelt.
 */
export const searchItems = route({
  method: 'GET',
  path: '/api/catalog/items',
  summary: { zh: '查找信息资源', en: 'Search the catalogue' },
  allow: 'public',
  query: Type.Object({
    q: Type.Optional(Type.String({ maxLength: 100 })),
    level: Type.Optional(Type.String({ maxLength: 10 })),
    owner: Type.Optional(Type.String({ maxLength: 80 })),
    sharing: Type.Optional(Type.String({ maxLength: 20 })),
    badge: Type.Optional(Type.String({ maxLength: 20 })),
    /** `here` has rows on this platform, `elsewhere` is of another system. */
    held: Type.Optional(Type.String({ maxLength: 20 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({
    items: Type.Array(ItemSummarySchema),
    total: Type.Integer(),
    page: Type.Integer(),
    pageSize: Type.Integer(),
    facets: Type.Object({
      held: FacetSchema,
      level: FacetSchema,
      owner: FacetSchema,
      sharing: FacetSchema,
      badge: FacetSchema,
    }),
    /** Words that were looked for, to be marked. */
    words: Type.Array(Type.String()),
    /** Words that no item holds, and what was looked for instead. */
    instead: Type.Array(Type.Object({ typed: Type.String(), used: Type.String() })),
    /** No item holds all words: these hold some. */
    some: Type.Boolean(),
  }),
  examples: { own: { as: 'anonymous', query: { q: '人口' } } },
  handler: async ({ db, query: { q = '', page = 1, ...chosen } }) => {
    const found = await findDocuments(db, { kind: ITEMS.kind, q, chosen, page, pageSize: PAGE });
    const rows = await db.rows<Row>(sql`
      select w.at::int as at, r.id, 'resource' as kind, r.code, r.title, r.summary, r.owner, r.level, r.sharing, r.opening, r.updates, r.badge,
        (select count(*)::int from catalog.field f where f.resource = r.id) as fields,
        (select count(distinct g.taker)::int from catalog.grant g where g.resource = r.id and g.state = 'approved' and (g.valid_until is null or g.valid_until > kernel.now())) as takers,
        (select jsonb_agg(jsonb_build_object('name', f.name, 'title', f.title, 'element', f.element) order by f.ord) from catalog.field f where f.resource = r.id) as parts
      from unnest(${found.ids}::text[]) with ordinality as w(id, at) join catalog.resource r on r.id = w.id
      union all
      select w.at::int, e.id::text, 'entry', e.code, e.content->'title', e.content->'summary', e.unit, e.content->>'level', e.content->>'sharing', e.content->>'opening', e.content->>'updates',
        case when e.sample then 'sample' end, jsonb_array_length(e.content->'items'), 0,
        (select jsonb_agg(jsonb_build_object('name', i->>'name', 'title', jsonb_build_object('zh', i->>'name', 'en', i->>'name'), 'element', null)) from jsonb_array_elements(e.content->'items') i)
      from unnest(${found.ids.map((id) => entryOf(id) ?? null)}::uuid[]) with ordinality as w(id, at) join catalog.entry e on e.id = w.id and e.state = 'published'
      order by at`);
    return {
      items: rows.map(({ parts, at: _at, ...row }) => ({ ...row, matched: matchedBy({ parts }, found.words) })),
      total: found.total,
      page,
      pageSize: PAGE,
      facets: facetsOf(FACETS, found.combinations, chosen),
      words: found.words.flatMap(namesOf),
      instead: found.instead,
      some: found.some,
    };
  },
});
