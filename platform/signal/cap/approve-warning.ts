import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { publish, sealedMessage, sm3Of } from './release.ts';
import {
  ApproverMustBeAnother,
  NotForThisPost,
  readWarnings,
  releaseRights,
  WarningNotOpen,
  WarningSchema,
  type WarningRow,
  warningView,
} from './warning-record.ts';

/** The draft that somebody is about to decide on, held; refused to whoever wrote it and to posts that do not decide on its level. */
export async function holdDraft(db: Db, id: string, actor: Actor): Promise<WarningRow> {
  const [row] = await readWarnings(db, sql`where id = ${id}::uuid for update`);
  if (!row) throw NotFound.with();
  if (row.draftedBy === actor.account) throw ApproverMustBeAnother.with();
  const { approves } = await releaseRights(db, row.level);
  // A warning is the district's: its own unit decides, or a post that answers for the whole district.
  const answers = actor.reach === 'district' || actor.unit === row.unit;
  if (!answers || !approves.includes(actor.post ?? '')) throw NotForThisPost.with({ extra: { posts: approves } });
  if (row.state !== 'submitted') throw WarningNotOpen.with();
  return row;
}

/** Releases a warning (批准发布): by another person than the one who drafted it. It gets its identifier and its time now. */
export const approveWarning = route({
  method: 'PUT',
  path: '/api/signal/warnings/:id/released',
  summary: { zh: '批准发布预警', en: 'Release a warning' },
  allow: 'signal.warning.approve',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: WarningSchema,
  errors: [NotFound, ApproverMustBeAnother, NotForThisPost, WarningNotOpen, InvalidInput],
  examples: { own: { as: 'unit-head', unit: 'cyberspace', params: { id: 'fixture:signal-warning' } } },
  handler: async ({ db, params, actor, clock }) => {
    const row = await holdDraft(db, params.id, actor);
    const now = clock.now();
    if (row.expiresAt <= now)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/expires',
            rule: 'future',
            message: { zh: '起草时写的失效时间已过，请退回修改', en: 'is over meanwhile: return it' },
          },
        ],
      });
    const { message, xml } = await sealedMessage(db, row, now);
    await db.run(sql`
      update signal.warning set state = 'released', identifier = ${message.identifier}, message = ${JSON.stringify(message)}::text::jsonb, approved_by = ${actor.account},
        approved_name = ${actor.name}, approved_at = kernel.now(), sm3 = ${sm3Of(xml)} where id = ${row.id}::uuid`);
    await publish(db, { id: row.id, message, xml, level: row.level, expiresAt: row.expiresAt, refersTo: row.refersTo });
    await db.enqueue({ name: 'sign-warning', payload: { warning: row.id }, key: `sign ${row.id}` });
    await db.emit({ type: 'signal.warning.released', subject: row.id, data: { warning: row.id } });
    const [view] = await readWarnings(db, sql`where id = ${row.id}::uuid`);
    if (!view) throw NotFound.with();
    return warningView(view, actor.account);
  },
});

/** Sends a draft back with a reason (退回). */
export const returnWarning = route({
  method: 'PUT',
  path: '/api/signal/warnings/:id/returned',
  summary: { zh: '退回预警草稿', en: 'Return a draft' },
  allow: 'signal.warning.approve',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object({ note: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false }),
  reply: WarningSchema,
  errors: [NotFound, ApproverMustBeAnother, NotForThisPost, WarningNotOpen],
  examples: {
    own: {
      as: 'unit-head',
      unit: 'cyberspace',
      params: { id: 'fixture:signal-returned' },
      body: { note: '请写明影响范围' },
    },
  },
  handler: async ({ db, params, body, actor }) => {
    const row = await holdDraft(db, params.id, actor);
    await db.run(
      sql`update signal.warning set state = 'returned', returned_note = ${body.note} where id = ${row.id}::uuid`,
    );
    await db.emit({ type: 'signal.warning.returned', subject: row.id, data: { warning: row.id } });
    return warningView({ ...row, state: 'returned', returnedNote: body.note }, actor.account);
  },
});
