import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { AccessSchema } from '#platform/basedata/shared/card-schema.ts';
import { readOwnLog } from '#platform/basedata/shared/read-own-log.ts';

/** Who read my data (谁看过我的数据): when, which unit and post, who, for which purpose, which fields. */
export const listOwnAccesses = route({
  method: 'GET',
  path: '/api/population/self/accesses',
  summary: { zh: '谁看过我的数据', en: 'Who read my data' },
  allow: 'population.self.read',
  query: Type.Object({
    before: Type.Optional(
      Type.String({ format: 'date-time', pattern: '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(Z|[+-]\\d{2}:\\d{2})$' }),
    ),
  }),
  self: true,
  reply: AccessSchema,
  examples: { own: { as: 'citizen' } },
  handler: ({ db, query, actor }) => {
    if (actor.person === undefined) throw NotFound.with();
    return readOwnLog(db, {
      kind: 'person',
      before: query.before,
      opened: async (traces) => {
        const rows = await db.rows<{ trace: string; fields: string[] }>(
          sql`select trace, array_agg(distinct field) as fields from population.own_unmasking where trace = any(${traces}::text[]) group by trace`,
        );
        return new Map(rows.map((r) => [r.trace, r.fields]));
      },
    });
  },
});
