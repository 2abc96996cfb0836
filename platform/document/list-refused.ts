import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

const MOST = 100;

/** Uploads that were refused as classified (涉密拒收记录), the newest first: for the one who has to follow them up. */
export const listRefused = route({
  method: 'GET',
  path: '/api/document/classified-refusals',
  summary: { zh: '文件涉密拒收记录', en: 'Files refused as classified' },
  allow: 'document.classified.read',
  reply: Type.Object({
    refusals: Type.Array(
      Type.Object({
        id: Type.String(),
        at: Type.String(),
        account: Type.String(),
        unit: Type.Union([Type.String(), Type.Null()]),
        kind: Type.String(),
        size: Type.Integer(),
        sm3: Type.String(),
        level: Type.String(),
        place: Type.String(),
      }),
    ),
  }),
  examples: { own: { as: 'security-administrator' } },
  handler: async ({ db }) => {
    type Row = { id: string; at: Date; account: string; unit: string | null; kind: string; size: string; sm3: string };
    const rows = await db.rows<Row & { level: string; place: string }>(sql`
      select id, at, account, unit, kind, size::text as size, sm3, level, place from document.classified_refusal order by at desc, id desc limit ${MOST}::int`);
    return { refusals: rows.map((row) => ({ ...row, at: row.at.toISOString(), size: Number(row.size) })) };
  },
});
