import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { findTheme, mayBuild, ThemeParams } from './theme-record.ts';

const MOST = 500;

/**
 * Rows of a theme that have no base key (余量清单), longest first, for its steward: by the key of their source, where what they say can be
 * seen and mended under that source's own rules.
 */
export const listRemainder = route({
  method: 'GET',
  path: '/api/theme/themes/:id/remainder',
  summary: { zh: '专题库归集余量', en: 'Rows of a theme without base keys' },
  allow: 'theme.build',
  params: ThemeParams,
  reply: Type.Object({
    total: Type.Integer(),
    rows: Type.Array(
      Type.Object({
        key: Type.String(),
        name: Type.String(),
        reason: Type.String(),
        resolver: Type.String(),
        since: Type.String(),
      }),
    ),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'elder-homes' } },
    foreign: { as: 'data-officer', params: { id: 'school-age' } },
  },
  handler: async ({ db, params: { id } }) => {
    if (!mayBuild(db.actor, await findTheme(db, id))) throw NotFound.with();
    const { total } = await db.one<{ total: number }>(
      sql`select count(*)::int as total from theme.remainder where theme = ${id}`,
    );
    const rows = await db.rows<{ key: string; name: string; reason: string; resolver: string; since: Date }>(sql`
      select row_key as key, name, reason, resolver, since from theme.remainder where theme = ${id} order by since, row_key, name limit ${MOST}::int`);
    return { total, rows: rows.map((row) => ({ ...row, since: row.since.toISOString() })) };
  },
});
