import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';

export const SealNotApproved = domainError({
  code: 'SEAL_NOT_APPROVED',
  status: 409,
  title: { zh: '用印没有批准，或批准的不是这份文件', en: 'The use of the seal was not approved for this document' },
  action: {
    zh: '请先申请用印，由他人批准；文件改动后须重新申请。',
    en: 'Ask for it first and have another person approve it; a changed document needs a new request.',
  },
});

type UseRow = {
  id: string;
  seal: string;
  unit: string;
  reason: string;
  sm3: string;
  askedBy: string;
  approvedBy: string | null;
  usedAt: Date | null;
};
const COLUMNS = sql`id, seal, unit, reason, sm3, asked_by as "askedBy", approved_by as "approvedBy", used_at as "usedAt"`;

const UseView = Type.Object({
  id: Type.String(),
  seal: Type.String(),
  unit: Type.String(),
  reason: Type.String(),
  sm3: Type.String(),
  askedBy: Type.String(),
  approvedBy: Type.Union([Type.String(), Type.Null()]),
  usedAt: Type.Union([Type.String(), Type.Null()]),
});
const useView = (row: UseRow) => ({ ...row, usedAt: row.usedAt?.toISOString() ?? null });

/** Asks for the use of the own unit's seal on one document (用印申请, GB/T 33481). */
export const askSealUse = route({
  method: 'POST',
  path: '/api/document/seal-uses',
  summary: { zh: '申请用印', en: 'Ask for the use of a seal' },
  allow: 'document.seal.ask',
  body: Type.Object(
    {
      seal: Type.String({ pattern: '^[0-9]{14}$' }),
      reason: Type.String({ minLength: 2, maxLength: 500 }),
      sm3: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: UseView,
  errors: [NotFound],
  examples: {
    own: {
      as: 'data-officer',
      unit: 'market-supervision',
      body: { seal: 'fixture:document-seal', reason: '印发通知', sm3: '0'.repeat(64) },
    },
  },
  handler: async ({ db, actor, body }) => {
    const seal = await db.first<{ id: string }>(
      sql`select id from document.seal where id = ${body.seal} and unit = ${actor.unit ?? ''} and revoked_at is null`,
    );
    if (!seal) throw NotFound.with();
    const id = uuidv7();
    await db.run(sql`insert into document.seal_use (id, seal, unit, reason, sm3, asked_by)
      values (${id}::uuid, ${seal.id}, ${actor.unit ?? ''}, ${body.reason}, ${body.sm3}, ${actor.account})`);
    await db.emit({ type: 'document.seal-use.asked', subject: id });
    return useView(await readUse(db, actor, id));
  },
});

/** Approves the use of a seal (批准用印): the head of the unit, never who asked. */
export const approveSealUse = route({
  method: 'POST',
  path: '/api/document/seal-uses/:id/approve',
  summary: { zh: '批准用印', en: 'Approve the use of a seal' },
  allow: 'document.seal.approve',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: UseView,
  errors: [NotFound],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:seal-use' } },
    foreign: { as: 'unit-head', params: { id: 'fixture:foreign-seal-use' } },
  },
  handler: async ({ db, actor, params, clock }) => {
    await db.run(sql`update document.seal_use set approved_by = ${actor.account}, approved_at = ${clock.now()}::timestamptz
      where id = ${params.id}::uuid and unit = ${actor.unit ?? ''} and approved_by is null and asked_by <> ${actor.account}`);
    const use = await readUse(db, actor, params.id);
    if (use.approvedBy === null) throw NotFound.with();
    await db.emit({ type: 'document.seal-use.approved', subject: use.id });
    return useView(use);
  },
});

/** Takes an approval for the one document that it was given for; it is used once. SEAL_NOT_APPROVED where there is none. */
export async function takeSealUse(db: Db, options: { use: string; sm3: string }): Promise<{ seal: string }> {
  const row = await db.first<{ seal: string }>(sql`
    update document.seal_use set used_at = kernel.now() where id = ${options.use}::uuid and sm3 = ${options.sm3} and approved_at is not null and used_at is null
    returning seal`);
  if (!row) throw SealNotApproved.with();
  return row;
}

async function readUse(db: Db, actor: Actor, id: string): Promise<UseRow> {
  const row = await db.first<UseRow>(
    sql`select ${COLUMNS} from document.seal_use where id = ${id}::uuid and unit = ${actor.unit ?? ''}`,
  );
  if (!row) throw NotFound.with();
  return row;
}
