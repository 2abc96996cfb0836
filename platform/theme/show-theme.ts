import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { readTheme, ThemeParams, ThemeSchema } from './theme-record.ts';

/** One thematic database: what it derives, from where to the field, at which level, for which purposes, and how it refreshes. */
export const showTheme = route({
  method: 'GET',
  path: '/api/theme/themes/:id',
  summary: { zh: '专题库详情与血缘', en: 'A thematic database and its lineage' },
  allow: 'theme.read',
  params: ThemeParams,
  reply: ThemeSchema,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'elder-homes' } } },
  handler: ({ db, params: { id } }) => readTheme(db, id),
});
