import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

const MOST = 100;

/** Uploads that were refused as classified (涉密拒收记录), the newest first: for the one who has to follow them up. */
export const listRefused = route({
  method: 'GET',
  path: '/api/exchange/classified-refusals',
  summary: { zh: '涉密拒收记录', en: 'Uploads refused as classified' },
  allow: 'exchange.classified.read',
  reply: Type.Object({
    refusals: Type.Array(
      Type.Object({
        id: Type.String(),
        at: Type.String(),
        account: Type.String(),
        unit: Type.Union([Type.String(), Type.Null()]),
        dataset: Type.String(),
        size: Type.Integer(),
        digest: Type.String(),
        level: Type.String(),
        place: Type.String(),
      }),
    ),
  }),
  examples: { own: { as: 'security-administrator' } },
  handler: async ({ db }) => {
    const rows = await db.rows<{
      id: string;
      at: Date;
      account: string;
      unit: string | null;
      dataset: string;
      size: string;
      digest: string;
      level: string;
      place: string;
    }>(sql`select id, at, account, unit, dataset, file_size::text as size, file_digest as digest, level, place
      from exchange.classified_refusal order by at desc, id desc limit ${MOST}::int`);
    return { refusals: rows.map((row) => ({ ...row, at: row.at.toISOString(), size: Number(row.size) })) };
  },
});
