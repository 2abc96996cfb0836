import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { Maybe, Words } from '../shapes.ts';

/** The gallery of what was made of open data (应用展示). */
export const listReuses = route({
  method: 'GET',
  path: '/api/open-data/reuses',
  summary: { zh: '数据应用展示', en: 'Re-uses of open data' },
  allow: 'public',
  reply: Type.Object({
    reuses: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        text: Type.String(),
        url: Maybe(Type.String()),
        kind: Type.String(),
        by: Type.String(),
        listedAt: Type.String(),
        fixes: Type.Integer(),
        datasets: Type.Array(Type.Object({ id: Type.String(), title: Words })),
      }),
    ),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => {
    const rows = await db.rows<{
      id: string;
      title: string;
      text: string;
      url: string | null;
      kind: string;
      by: string;
      listedAt: Date;
      fixes: number;
      datasets: { id: string; title: { zh: string; en: string } }[] | null;
    }>(sql`
      select r.id, r.title, r.text, r.url, r.kind, r.by_name as by, r.listed_at as "listedAt",
        (select count(*)::int from open_data.feedback f where f.reuse = r.id and f.state = 'fixed') as fixes,
        (select jsonb_agg(jsonb_build_object('id', d.id, 'title', d.title)) from open_data.dataset d where d.id = any(r.datasets)) as datasets
      from open_data.reuse r where r.state = 'listed' and r.hidden_at is null order by r.listed_at desc limit 200`);
    return {
      reuses: rows.map((row) => ({ ...row, listedAt: row.listedAt.toISOString(), datasets: row.datasets ?? [] })),
    };
  },
});
