import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { findDocuments } from '#platform/search/find-documents.ts';
import { namesOf } from '#platform/search/terms/vocabulary.ts';
import { SetShape } from '../shapes.ts';
import { DATASETS } from './index-dataset.ts';
import { readDatasets } from './read-dataset.ts';

const PAGE = 20;
const FACETS = ['theme', 'owner', 'licence', 'opening'] as const;
const Facet = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }));
const {
  id,
  title,
  summary,
  theme,
  owner,
  licence,
  opening,
  cycle,
  rows,
  publishedAt,
  geometry,
  badge,
  stale,
  downloads,
} = SetShape.properties;

/** Finds open sets by words, theme, publisher, licence and type of opening; anybody may. */
export const listDatasets = route({
  method: 'GET',
  path: '/api/open-data/datasets',
  summary: { zh: '查找开放数据', en: 'Search open data' },
  allow: 'public',
  query: Type.Object({
    q: Type.Optional(Type.String({ maxLength: 100 })),
    theme: Type.Optional(Type.String({ maxLength: 40 })),
    owner: Type.Optional(Type.String({ maxLength: 80 })),
    licence: Type.Optional(Type.String({ maxLength: 40 })),
    opening: Type.Optional(Type.String({ maxLength: 20 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({
    datasets: Type.Array(
      Type.Object({
        id,
        title,
        summary,
        theme,
        owner,
        licence,
        opening,
        cycle,
        rows,
        publishedAt,
        geometry,
        badge,
        stale,
        downloads,
      }),
    ),
    total: Type.Integer(),
    page: Type.Integer(),
    pageSize: Type.Integer(),
    facets: Type.Object({ theme: Facet, owner: Facet, licence: Facet, opening: Facet }),
    words: Type.Array(Type.String()),
  }),
  examples: { own: { as: 'anonymous', query: { q: '居委' } } },
  handler: async ({ db, query: { q = '', page = 1, ...chosen } }) => {
    const found = await findDocuments(db, { kind: DATASETS.kind, q, chosen, page, pageSize: PAGE });
    const sets = new Map((await readDatasets(db, { ids: found.ids })).map((set) => [set.id, set]));
    const facet = (name: (typeof FACETS)[number]) => {
      const counts = new Map<string, number>();
      for (const { facets, documents } of found.combinations) {
        if (FACETS.some((other) => other !== name && chosen[other] !== undefined && facets[other] !== chosen[other]))
          continue;
        const value = facets[name];
        if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + documents);
      }
      return [...counts]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    };
    return {
      datasets: found.ids.flatMap((one) => sets.get(one) ?? []),
      total: found.total,
      page,
      pageSize: PAGE,
      facets: { theme: facet('theme'), owner: facet('owner'), licence: facet('licence'), opening: facet('opening') },
      words: found.words.flatMap(namesOf),
    };
  },
});
