import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });

/** The purposes that the caller's post may use, or with `all=1` every purpose of the district, with their legal basis. */
export const listPurposes = route({
  method: 'GET',
  path: '/api/access/purposes',
  summary: { zh: '本岗位可用的使用目的', en: 'Purposes that this post may use' },
  allow: 'signed-in',
  query: Type.Object({ all: Type.Optional(Type.Literal('1')) }),
  reply: Type.Object({
    purposes: Type.Array(
      Type.Object({
        code: Type.String(),
        title: TextSchema,
        basis: Type.Object({ source: Type.String(), article: Type.String(), en: Type.String() }),
        verified: Type.Boolean({ description: 'false = 待核, no named person has verified the legal basis yet' }),
      }),
    ),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor, query }) => ({
    purposes: await db.rows<{
      code: string;
      title: { zh: string; en: string };
      basis: { source: string; article: string; en: string };
      verified: boolean;
    }>(
      sql`select code, title, basis, verified_by is not null as verified from access.purpose where (retired_at is null or ${query.all === '1'}::boolean) and (${query.all === '1'}::boolean or ${actor.post ?? ''}::text = any (posts)) order by code`,
    ),
  }),
});
