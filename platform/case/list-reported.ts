import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

const MOST = 50;

/** What the caller has reported on the beat (我上报的), the newest first: for officials, who see it as far as the case lies in their area. */
export const listReported = route({
  method: 'GET',
  path: '/api/incident/reported',
  summary: { zh: '我在岗上报的案件', en: 'Cases that I reported on duty' },
  allow: 'incident.case.read',
  reply: Type.Object({
    reports: Type.Array(
      Type.Object({
        no: Type.String(),
        class: Type.String(),
        state: Type.String(),
        text: Type.String(),
        at: Type.String({ format: 'date-time' }),
      }),
    ),
  }),
  examples: { own: { as: 'grid-supervisor' } },
  handler: async ({ db, actor }) => {
    const rows = await db.rows<{ no: string; class: string; state: string; text: string; at: Date }>(sql`
      select c.no, c.class, c.state, r.text, r.at from incident.report r join incident.case_file c on c.id = r.case_id
      where r.account = ${actor.account} order by r.at desc limit ${MOST}::int`);
    return { reports: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
  },
});
