import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

const PAGE = 20;

/** What happened to one's own account (登录记录): sign-ins, mistakes, changes of credentials; the newest first. */
export const listOwnSignIns = route({
  method: 'GET',
  path: '/api/identity/sign-ins',
  summary: { zh: '我的登录记录', en: 'My sign-in history' },
  allow: 'signed-in',
  query: Type.Object(
    {
      before: Type.Optional(
        Type.String({
          pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
          description: '上一页最后一条 / last of the page before',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    entries: Type.Array(
      Type.Object({
        id: Type.String(),
        at: Type.String(),
        outcome: Type.String(),
        device: Type.Union([Type.String(), Type.Null()]),
        newDevice: Type.Boolean(),
      }),
    ),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor, query }) => {
    // Another account's entry as the mark gives the same as none: the comparison is made among one's own.
    const after = query.before
      ? sql`and (at, id) < (select at, id from identity.sign_in where id = ${query.before}::uuid and account = ${actor.account})`
      : sql``;
    const rows = await db.rows<{
      id: string;
      at: Date;
      outcome: string;
      device: string | null;
      newDevice: boolean;
    }>(sql`
      select id, at, outcome, device, new_device as "newDevice" from identity.sign_in where account = ${actor.account} ${after}
      order by at desc, id desc limit ${PAGE + 1}`);
    const entries = rows.slice(0, PAGE).map((row) => ({ ...row, at: row.at.toISOString() }));
    return { entries, next: rows.length > PAGE ? (entries.at(-1)?.id ?? null) : null };
  },
});
