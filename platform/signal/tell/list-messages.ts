import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';

export const MessageSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  about: Type.String(),
  subject: Type.String({ format: 'uuid' }),
  level: Type.Integer(),
  step: Type.Integer(),
  title: Type.Object({ zh: Type.String(), en: Type.String() }),
  at: Type.String({ format: 'date-time' }),
  read: Type.Boolean(),
  path: Type.Union([Type.String({ description: '所在页面 / where it is found' }), Type.Null()]),
});
export type MessageView = {
  id: string;
  about: string;
  subject: string;
  level: number;
  step: number;
  title: { zh: string; en: string };
  at: string;
  read: boolean;
  path: string | null;
};
const NEWEST = 50;

export async function readMessages(db: Db, rest: Sql): Promise<(MessageView & { account: string; place: string })[]> {
  const rows = await db.rows<Omit<MessageView, 'at'> & { at: Date; account: string; place: string }>(sql`
    select id, about, subject, level, step, title, created_at as at, read_at is not null as read, path, account, txid::text || '-' || seq::text as place from signal.message ${rest}`);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** My newest messages and how many I have not read (消息铃). */
export const listMessages = route({
  method: 'GET',
  path: '/api/signal/messages',
  summary: { zh: '我的消息', en: 'My messages' },
  allow: 'signed-in',
  self: true,
  reply: Type.Object({ messages: Type.Array(MessageSchema), unread: Type.Integer() }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, actor }) => {
    const rows = await readMessages(
      db,
      sql`where account = ${actor.account} order by created_at desc, seq desc limit ${NEWEST}::int`,
    );
    const { unread } = await db.one<{ unread: number }>(
      sql`select count(*)::int as unread from signal.message where account = ${actor.account} and read_at is null`,
    );
    return { messages: rows.map(({ account: _account, place: _place, ...message }) => message), unread };
  },
});

/** Marks my messages up to now as read (全部已读), or one of them. */
export const readMessagesRoute = route({
  method: 'PUT',
  path: '/api/signal/messages/read',
  summary: { zh: '标为已读', en: 'Mark as read' },
  allow: 'signed-in',
  self: true,
  body: Type.Object({ id: Type.Optional(Type.String({ format: 'uuid' })) }, { additionalProperties: false }),
  reply: Type.Object({ unread: Type.Integer() }),
  examples: { own: { as: 'duty-officer', body: {} } },
  handler: async ({ db, body, actor }) => {
    const one = body.id === undefined ? sql`` : sql`and id = ${body.id}::uuid`;
    await db.run(
      sql`update signal.message set read_at = kernel.now() where account = ${actor.account} and read_at is null ${one}`,
    );
    return db.one<{ unread: number }>(
      sql`select count(*)::int as unread from signal.message where account = ${actor.account} and read_at is null`,
    );
  },
});
