import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { isPersonal } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Level } from './definition.ts';
import { ThemeNotPublished } from './theme-errors.ts';
import { derive, findTheme, ThemeParams } from './theme-record.ts';

const ROWS = 10;

/** Ten rows of a published theme (脱敏样例): values of L3 and L4 are masked but for their first character. */
export const sampleRows = route({
  method: 'GET',
  path: '/api/theme/themes/:id/sample',
  summary: { zh: '专题库脱敏样例', en: 'Masked sample of a thematic database' },
  allow: 'theme.read',
  params: ThemeParams,
  reply: Type.Object({
    columns: Type.Array(Type.Object({ name: Type.String(), level: Type.String() })),
    rows: Type.Array(Type.Array(Type.Union([Type.String(), Type.Null()]))),
  }),
  errors: [NotFound, ThemeNotPublished],
  examples: { own: { as: 'data-officer', params: { id: 'elder-homes' }, purpose: 'community-care' } },
  handler: async ({ db, params: { id } }) => {
    const theme = await findTheme(db, id);
    if (theme.version === 0) throw ThemeNotPublished.with();
    const { facts } = await derive(db, id, theme.draft);
    const { definition } = await db.one<{ definition: typeof theme.draft }>(
      sql`select definition from theme.version where theme = ${id} and version = ${theme.version}::int`,
    );
    const levelOf = (from: string): Level => {
      const [alias, name] = from.split('.');
      const resource = definition.inputs.find(({ as }) => as === alias)?.resource;
      const field = facts.resources.find((each) => each.id === resource)?.fields.find((each) => each.name === name);
      return field?.level ?? 'L4';
    };
    const columns = [
      ...definition.columns.map(({ name, from }) => ({ name, level: definition.count ? 'L2' : levelOf(from) })),
      ...(definition.count ? [{ name: definition.count.name, level: 'L2' }] : []),
    ];
    const rows = await db.rows<{ row: Record<string, unknown> }>(
      sql`select t.row from share.theme_rows(${id}, ${ROWS}::int) as t(row)`,
    );
    return {
      columns,
      rows: rows.map(({ row }) =>
        columns.map(({ name, level }) => {
          const value = row[name];
          if (value === null || value === undefined) return null;
          const text = String(value);
          return isPersonal(level as Level) ? `${text.slice(0, 1)}＊＊` : text;
        }),
      ),
    };
  },
});
