import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endClock } from '#platform/calendar/clock.ts';
import { DisputeClosed, JudgesOwnDispute } from './errors.ts';
import {
  answerClock,
  appealClock,
  DisputeSchema,
  filedByActor,
  holdDispute,
  mayAnswer,
  readDispute,
} from './record.ts';

export const DisputeParams = Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });

/**
 * Answers a dispute (答复异议): the unit of the source accepts it, and the correction takes effect and goes back to the source; or
 * refuses it with a reason, against which whoever filed it may appeal once.
 */
export const answerDispute = route({
  method: 'POST',
  path: '/api/dispute/disputes/:id/answer',
  summary: { zh: '答复数据异议', en: 'Answer a dispute' },
  allow: 'dispute.answer',
  params: DisputeParams,
  body: Type.Object(
    {
      accept: Type.Boolean(),
      text: Type.String({ minLength: 4, maxLength: 1000 }),
    },
    { additionalProperties: false },
  ),
  reply: DisputeSchema,
  errors: [NotFound, DisputeClosed, JudgesOwnDispute],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:dispute' },
      body: { accept: false, text: '经核对原始档案，登记无误。' },
      purpose: 'data-quality',
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-dispute' },
      body: { accept: false, text: '经核对原始档案，登记无误。' },
      purpose: 'data-quality',
    },
  },
  handler: async ({ db, actor, services, clock, params: { id }, body: { accept, text } }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    const row = await holdDispute(db, id);
    if (!row) throw NotFound.with();
    if (row.state !== 'open') throw DisputeClosed.with();
    const refused = row.appealOf === null ? undefined : await answererOf(db, row.appealOf);
    if (row.filedBy === actor.account || refused?.account === actor.account || (refused && refused.unit === actor.unit))
      throw JudgesOwnDispute.with();
    if (!mayAnswer(row, actor)) throw NotFound.with();
    const now = clock.now();
    const kind = row.addressee === 'centre' ? appealClock : answerClock;
    await endClock(db, { kind, clock: row.clock, at: now });
    await db.run(sql`
      update dispute.dispute set state = ${accept ? 'accepted' : 'refused'}, answer = ${text.trim()}, answered_by = ${actor.account}, answered_name = ${actor.name},
        answered_unit = ${actor.unit ?? null}::text, closed_at = ${now}::timestamptz where id = ${id}::uuid`);
    await db.emit({ type: accept ? 'dispute.accepted' : 'dispute.refused', subject: id, data: { base: row.base } });
    return readDispute({ db, services, now, id });
  },
});

/** Who has refused what is under review now: neither they nor their unit decide it. */
function answererOf(db: Db, id: string): Promise<{ account: string | null; unit: string | null }> {
  return db.one(sql`select answered_by as account, answered_unit as unit from dispute.dispute where id = ${id}::uuid`);
}

/** Takes a dispute back (撤回异议): nobody has to answer any more, and what stood stands. */
export const withdrawDispute = route({
  method: 'POST',
  path: '/api/dispute/disputes/:id/withdraw',
  summary: { zh: '撤回数据异议', en: 'Withdraw a dispute' },
  allow: 'dispute.read',
  params: DisputeParams,
  reply: Type.Object({ state: Type.Literal('withdrawn') }),
  errors: [NotFound, DisputeClosed],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:dispute-to-withdraw' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-dispute' } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const row = await holdDispute(db, id);
    if (!row || !filedByActor(row, actor)) throw NotFound.with();
    if (row.state !== 'open') throw DisputeClosed.with();
    const now = clock.now();
    await endClock(db, { kind: row.addressee === 'centre' ? appealClock : answerClock, clock: row.clock, at: now });
    await db.run(
      sql`update dispute.dispute set state = 'withdrawn', closed_at = ${now}::timestamptz where id = ${id}::uuid`,
    );
    await db.emit({ type: 'dispute.withdrawn', subject: id, data: { base: row.base } });
    return { state: 'withdrawn' as const };
  },
});
