import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { resident } from '#platform/basedata/population/resources.ts';
import { relief } from '../resources.ts';

type Row = {
  id: string;
  pid: string;
  kind: string;
  obtained: Record<string, unknown>;
  filedAt: Date;
  filedName: string;
  name: string | null;
};

/** Applications for relief of the own area, the newest first. */
export const listRelief = route({
  method: 'GET',
  path: '/api/community/relief',
  summary: { zh: '本辖区的救助申请', en: 'Applications for relief of the own area' },
  allow: 'community.relief.file',
  reply: Type.Object({
    relief: Type.Array(
      Type.Object({
        ...itemOf(relief, ['id', 'pid', 'kind', 'obtained', 'filedAt', 'filedName']).properties,
        ...itemOf(resident, ['name']).properties,
      }),
    ),
  }),
  examples: { own: { as: 'street-clerk', purpose: 'verify-application' } },
  handler: async ({ db }) => {
    const rows = await db.rows<Row>(sql`
      select a.id, a.pid, a.kind, a.obtained, a.filed_at as "filedAt", a.filed_name as "filedName", r.name
      from community.relief a left join ${db.share('resident')} r on r.pid = a.pid
      order by a.filed_at desc limit 100`);
    return { relief: rows.map((row) => ({ ...row, filedAt: row.filedAt.toISOString() })) };
  },
});
