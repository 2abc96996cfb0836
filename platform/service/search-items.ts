import { Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { core, cosine } from '#platform/catalog/form/similar.ts';
import { FacetSchema, facetsOf } from '#platform/search/facets.ts';
import { findDocuments } from '#platform/search/find-documents.ts';
import { namesOf } from '#platform/search/terms/vocabulary.ts';
import { ItemSummarySchema, type ItemSummary, SUMMARY } from './item-record.ts';
import { ITEMS } from './store-item.ts';

const PAGE = 20;
/** Items that are offered where none was found. */
const NEAREST = 5;
const FACETS = ['unit', 'kind', 'depth', 'audience', 'centre'] as const;

/**
 * Finds services by what people type: Chinese words, pinyin, first letters, with mistakes; narrowed by unit, kind, life event. Where nothing is
 * found, the nearest by name are offered, so that nobody stands before an empty page.
 */
export const searchItems = route({
  method: 'GET',
  path: '/api/service/items',
  summary: { zh: '查找政务服务事项', en: 'Search services' },
  allow: 'public',
  query: Type.Object({
    q: Type.Optional(Type.String({ maxLength: 100 })),
    unit: Type.Optional(Type.String({ maxLength: 80 })),
    kind: Type.Optional(Type.String({ maxLength: 40 })),
    depth: Type.Optional(Type.String({ maxLength: 2 })),
    audience: Type.Optional(Type.String({ maxLength: 20 })),
    centre: Type.Optional(Type.String({ maxLength: 10 })),
    event: Type.Optional(Type.String({ maxLength: 60 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({
    items: Type.Array(ItemSummarySchema),
    total: Type.Integer(),
    page: Type.Integer(),
    pageSize: Type.Integer(),
    facets: Type.Object({
      unit: FacetSchema,
      kind: FacetSchema,
      depth: FacetSchema,
      audience: FacetSchema,
      centre: FacetSchema,
    }),
    /** Words that were looked for, to be marked. */
    words: Type.Array(Type.String()),
    instead: Type.Array(Type.Object({ typed: Type.String(), used: Type.String() })),
    /** No item holds all words: these hold some. */
    some: Type.Boolean(),
    /** Where nothing was found: the nearest by name. */
    nearest: Type.Array(ItemSummarySchema),
  }),
  examples: { own: { as: 'anonymous', query: { q: '营业执照' } } },
  handler: async ({ db, query: { q = '', page = 1, event, ...chosen } }) => {
    if (event !== undefined) return byEvent(db, { event, page, chosen });
    const found = await findDocuments(db, { kind: ITEMS.kind, q, chosen, page, pageSize: PAGE });
    const items = await db.rows<ItemSummary>(sql`
      select ${SUMMARY} from unnest(${found.ids}::text[]) with ordinality as w(code, at) join service.item i on i.code = w.code
      where i.state = 'published' order by w.at`);
    return {
      items,
      total: found.total,
      page,
      pageSize: PAGE,
      facets: facetsOf(FACETS, found.combinations, chosen),
      words: found.words.flatMap(namesOf),
      instead: found.instead,
      some: found.some,
      nearest: found.total === 0 && q.trim() !== '' ? await nearestTo(db, q) : [],
    };
  },
});

type Chosen = Partial<Record<(typeof FACETS)[number], string>>;

/** Items of a life event or a stage of an enterprise, the most used first. */
async function byEvent(db: Db, { event, page, chosen }: { event: string; page: number; chosen: Chosen }) {
  const narrowed = sql`i.state = 'published' and e.event = ${event} and (${chosen.unit ?? null}::text is null or i.unit = ${chosen.unit ?? null}::text)
    and (${chosen.kind ?? null}::text is null or i.kind = ${chosen.kind ?? null}::text)`;
  const from = sql`service.item_event e join service.item i on i.code = e.item`;
  const items = await db.rows<ItemSummary>(sql`
    select ${SUMMARY} from ${from} join service.item_year y on y.item = i.code where ${narrowed} order by y.cases desc, i.code limit ${PAGE} offset ${(page - 1) * PAGE}`);
  const { total } = await db.one<{ total: number }>(sql`select count(*)::int as total from ${from} where ${narrowed}`);
  return {
    items,
    total,
    page,
    pageSize: PAGE,
    facets: { unit: [], kind: [], depth: [], audience: [], centre: [] },
    words: [],
    instead: [],
    some: false,
    nearest: [],
  };
}

async function nearestTo(db: Db, q: string): Promise<ItemSummary[]> {
  // Where no name is anything like it, the most used.
  const all = await db.rows<ItemSummary & { title: Text }>(sql`
    select ${SUMMARY} from service.item i join service.item_year y on y.item = i.code where i.state = 'published' order by y.cases desc, i.code`);
  const asked = core(q);
  return all
    .map((item) => ({ item, likeness: cosine(asked, core(item.title.zh)) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, NEAREST)
    .map(({ item }) => item);
}
