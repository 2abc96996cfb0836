import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { maskName } from '#platform/kernel/mask.ts';
import { sql } from '#platform/kernel/sql.ts';
import { stateOf } from './reset-code.ts';

const MOST = 100;
const Nullable = (schema: ReturnType<typeof Type.String>) => Type.Union([schema, Type.Null()]);

type Listed = {
  id: string;
  account: string;
  name: string;
  post: string;
  what: string;
  way: string;
  proof: string;
  reason: string;
  requested_by: string;
  requested_at: Date;
  confirmed_by: string | null;
  confirmed_at: Date | null;
  used_at: Date | null;
  cancelled_at: Date | null;
  expires_at: Date;
};

/** Resets, the newest first; of residents only the masked name. Codes stand nowhere. */
export const listResets = route({
  method: 'GET',
  path: '/api/identity/resets',
  summary: { zh: '重置记录', en: 'Resets' },
  allow: 'identity.reset.read',
  reply: Type.Object({
    resets: Type.Array(
      Type.Object({
        id: Type.String(),
        account: Type.String(),
        name: Type.String(),
        what: Type.String(),
        way: Type.String(),
        proof: Type.String(),
        reason: Type.String(),
        requestedBy: Type.String(),
        requestedAt: Type.String(),
        confirmedBy: Nullable(Type.String()),
        state: Type.String(),
        expiresAt: Type.String(),
      }),
    ),
  }),
  examples: { own: { as: 'security-administrator' } },
  handler: async ({ db, clock }) => {
    const rows =
      await db.rows<Listed>(sql`select r.*, a.name, a.post from identity.reset r join identity.account a using (account)
      order by r.requested_at desc, r.id desc limit ${MOST}::int`);
    const now = clock.now();
    return {
      resets: rows.map((row) => ({
        id: row.id,
        account: row.account,
        name: row.post === 'citizen' ? maskName(row.name) : row.name,
        what: row.what,
        way: row.way,
        proof: row.proof,
        reason: row.reason,
        requestedBy: row.requested_by,
        requestedAt: row.requested_at.toISOString(),
        confirmedBy: row.confirmed_by,
        state: stateOf(row, now),
        expiresAt: row.expires_at.toISOString(),
      })),
    };
  },
});
