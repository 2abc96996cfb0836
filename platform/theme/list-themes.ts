import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });

type Row = {
  id: string;
  title: Text;
  field: string;
  steward: string;
  state: string;
  version: number;
  kind: string;
  level: string | null;
  refreshedAt: Date | null;
  rows: number | null;
  remainder: number | null;
};

/** Thematic databases of the district, those that stand still first. */
export const listThemes = route({
  method: 'GET',
  path: '/api/theme/themes',
  summary: { zh: '专题库清单', en: 'Thematic databases' },
  allow: 'theme.read',
  reply: Type.Object({
    themes: Type.Array(
      Type.Object({
        id: Type.String(),
        title: TextSchema,
        field: Type.String(),
        steward: Type.String(),
        state: Type.String(),
        version: Type.Integer(),
        kind: Type.String(),
        level: Type.Union([Type.String(), Type.Null()]),
        refreshedAt: Type.Union([Type.String(), Type.Null()]),
        rows: Type.Union([Type.Integer(), Type.Null()]),
        remainder: Type.Union([Type.Number(), Type.Null()]),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db }) => {
    const rows = await db.rows<Row>(sql`
      select t.id, t.title, t.field, t.steward, t.state, t.version, t.draft ->> 'kind' as kind, v.level, r.at as "refreshedAt", r.rows::int as rows, r.remainder::float8 as remainder
      from theme.theme t left join theme.version v on v.theme = t.id and v.version = t.version
        left join lateral (select * from theme.run r where r.theme = t.id and r.outcome = 'refreshed' order by r.seq desc limit 1) r on true
      order by t.state = 'stopped' desc, t.id limit 500`);
    return { themes: rows.map((row) => ({ ...row, refreshedAt: row.refreshedAt?.toISOString() ?? null })) };
  },
});
