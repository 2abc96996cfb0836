import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql, join, type Sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { TextSchema } from './item-detail.ts';

const PAGE = 20;
const Facet = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }));

export const ItemSummarySchema = Type.Object({
  id: Type.String(),
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
  matched: Text[] | null;
};
const FACETS = ['level', 'owner', 'sharing', 'badge'] as const;
type FacetName = (typeof FACETS)[number];
type Chosen = Partial<Record<FacetName, string>>;

/**
 * Words of a query; each must occur somewhere in the item. Substrings suit Chinese, which has no spaces; a word list with
 * ranking (platform/search) replaces this function and `matching` only.
 */
export function wordsOf(q: string | undefined): string[] {
  return (q ?? '')
    .trim()
    .split(/[\s,，、]+/)
    .filter(Boolean)
    .slice(0, 8);
}

function matching(words: readonly string[]): Sql {
  if (words.length === 0) return sql`true`;
  return join(
    words.map((word) => sql`t.text ilike ${patternOf(word)}`),
    ' and ',
  );
}

function patternOf(word: string): string {
  return `%${word.replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`;
}

/** Counts of each facet's values among the items that all *other* choices leave. */
export function facetsOf(
  items: readonly Pick<Row, FacetName>[],
  chosen: Chosen,
): Record<FacetName, { value: string; count: number }[]> {
  const facet = (name: FacetName) => {
    const counts = new Map<string, number>();
    for (const item of items) {
      if (FACETS.some((other) => other !== name && chosen[other] !== undefined && item[other] !== chosen[other]))
        continue;
      const value = item[name];
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  };
  return { level: facet('level'), owner: facet('owner'), sharing: facet('sharing'), badge: facet('badge') };
}

/** Finds catalogue items by words in title, summary and field titles. */
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
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({
    items: Type.Array(ItemSummarySchema),
    total: Type.Integer(),
    page: Type.Integer(),
    pageSize: Type.Integer(),
    facets: Type.Object({ level: Facet, owner: Facet, sharing: Facet, badge: Facet }),
  }),
  examples: { own: { as: 'anonymous', query: { q: '人口' } } },
  handler: async ({ db, query }) => {
    const words = wordsOf(query.q);
    // A catalogue holds hundreds of items, not millions: all matches are read once and the facets counted from them.
    const rows = await db.rows<Row>(sql`
      with t as (
        select r.id, concat_ws(' ', r.id, r.title->>'zh', r.title->>'en', r.summary->>'zh', r.summary->>'en',
          (select string_agg(concat_ws(' ', f.name, f.title->>'zh', f.title->>'en', f.element), ' ') from catalog.field f where f.resource = r.id)) as text
        from catalog.resource r)
      select r.id, r.title, r.summary, r.owner, r.level, r.sharing, r.opening, r.updates, r.badge,
        (select count(*)::int from catalog.field f where f.resource = r.id) as fields,
        (select count(distinct g.taker)::int from catalog.grant g where g.resource = r.id and g.state = 'approved' and (g.valid_until is null or g.valid_until > kernel.now())) as takers,
        (select jsonb_agg(f.title order by f.ord) from catalog.field f where f.resource = r.id
          and concat_ws(' ', f.name, f.title->>'zh', f.title->>'en', f.element) ilike any (${words.map(patternOf)}::text[])) as matched
      from catalog.resource r join t on t.id = r.id
      where ${matching(words)}
      order by (r.title->>'zh' ilike ${patternOf(words[0] ?? '')}) desc, (r.title->>'zh') collate "C", r.id`);
    const chosen: Chosen = { level: query.level, owner: query.owner, sharing: query.sharing, badge: query.badge };
    const found = rows.filter((row) =>
      FACETS.every((name) => chosen[name] === undefined || row[name] === chosen[name]),
    );
    const page = query.page ?? 1;
    return {
      items: found.slice((page - 1) * PAGE, page * PAGE).map((row) => ({ ...row, matched: row.matched ?? [] })),
      total: found.length,
      page,
      pageSize: PAGE,
      facets: facetsOf(rows, chosen),
    };
  },
});
