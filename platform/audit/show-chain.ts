import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { verifyAccess } from './verify.ts';

/** Seals that one request verifies; the command `verify-audit` has no limit. */
const MOST = 500;
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** State of the chain (封存状态): the newest seal, by which key, and how many rows wait for the next one. */
export const showChain = route({
  method: 'GET',
  path: '/api/audit/chain',
  summary: { zh: '审计封存状态', en: 'State of the audit chain' },
  allow: 'audit.read',
  reply: Type.Object({
    last: Nullable(
      Type.Object({ seq: Type.Integer(), at: Type.String(), hash: Type.String(), key: Nullable(Type.String()) }),
    ),
    waiting: Type.Integer(),
  }),
  examples: { own: { as: 'security-auditor' } },
  handler: async ({ db }) => {
    const last = await db.first<{ seq: number; at: Date; hash: string; key: string | null; to: string }>(
      sql`select seq::int as seq, at, hash, key_id as key, to_txid::text as "to" from audit.seal order by seq desc limit 1`,
    );
    const { waiting } = await db.one<{ waiting: number }>(
      sql`select count(*)::int as waiting from audit.access where txid > ${last?.to ?? '0'}::text::xid8`,
    );
    return {
      last: last ? { seq: last.seq, at: last.at.toISOString(), hash: last.hash, key: last.key } : null,
      waiting,
    };
  },
});

/** Verifies the newest seals (立即核验) and says what is not as it was sealed. */
export const verifyNow = route({
  method: 'POST',
  path: '/api/audit/verify',
  summary: { zh: '核验审计日志', en: 'Verify the audit log' },
  allow: 'audit.read',
  repeatable: true,
  reply: Type.Object({
    ok: Type.Boolean(),
    from: Type.Integer(),
    to: Type.Integer(),
    rows: Type.Integer(),
    fault: Nullable(Type.Object({ reason: Type.String(), seal: Type.Integer(), row: Nullable(Type.String()) })),
  }),
  examples: { own: { as: 'security-auditor' } },
  prepare: async ({ services }) => {
    const { newest } = await services.database.tx({ module: 'audit', actor: systemActor({ name: 'verifier' }) }, (db) =>
      db.one<{ newest: number }>(sql`select coalesce(max(seq), 0)::int as newest from audit.seal`),
    );
    if (newest === 0) return { ok: true, from: 0, to: 0, rows: 0, fault: null };
    const from = Math.max(1, newest - MOST + 1);
    const { ok, rows, fault } = await verifyAccess(services, { from, to: newest });
    return {
      ok,
      from,
      to: newest,
      rows,
      fault: fault ? { reason: fault.reason, seal: fault.seal, row: fault.row ?? null } : null,
    };
  },
  handler: async ({ prepared }) => prepared,
});
