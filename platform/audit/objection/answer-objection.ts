import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endClock } from '#platform/calendar/clock.ts';
import { JudgesOwnLook, ObjectionClosed } from './errors.ts';
import {
  answerableBy,
  filedBy,
  objectionClock,
  ObjectionSchema,
  OwnObjectionSchema,
  ownView,
  readObjection,
} from './record.ts';

const Params = Type.Object({ id: Type.String({ format: 'uuid' }) });
const body = { finding: 'justified' as const, text: '为核对您家的住址登记，工作人员按流程查看，未作他用。' };

/**
 * Answers an objection (答复异议): a person other than the one who looked says in plain words whether the look was justified and
 * why. The answer stands; a further objection to the same entry is a new one.
 */
export const answerObjection = route({
  method: 'POST',
  path: '/api/objection/objections/:id/answer',
  summary: { zh: '答复异议', en: 'Answer an objection' },
  allow: 'objection.answer',
  params: Params,
  body: Type.Object(
    {
      finding: Type.Union([Type.Literal('justified'), Type.Literal('not-justified')]),
      text: Type.String({ minLength: 4, maxLength: 1000 }),
    },
    { additionalProperties: false },
  ),
  reply: ObjectionSchema,
  errors: [NotFound, ObjectionClosed, JudgesOwnLook],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:objection' }, body, purpose: 'rights-request' },
    foreign: { as: 'unit-head', params: { id: 'fixture:foreign-objection' }, body, purpose: 'rights-request' },
  },
  handler: async ({ db, actor, services, clock, params: { id }, body: { finding, text } }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    const row = await db.first<{ state: string; looker: string; clock: string }>(sql`
      select o.state, o.looker_account as looker, o.clock from objection.objection o where o.id = ${id}::uuid and ${answerableBy(actor)} for update`);
    if (!row) throw NotFound.with();
    if (row.state !== 'open') throw ObjectionClosed.with();
    if (row.looker === actor.account) throw JudgesOwnLook.with();
    const now = clock.now();
    await endClock(db, { kind: objectionClock, clock: row.clock, at: now });
    await db.run(sql`
      update objection.objection set state = 'answered', finding = ${finding}, answer = ${text.trim()}, answered_by = ${actor.account}, answered_name = ${actor.name},
        closed_at = ${now}::timestamptz where id = ${id}::uuid`);
    await db.emit({ type: 'objection.answered', subject: id, data: { finding } });
    return readObjection({ db, services, now, id });
  },
});

/** Takes an objection back (撤回异议): nobody has to answer any more. */
export const withdrawObjection = route({
  method: 'POST',
  path: '/api/objection/objections/:id/withdraw',
  summary: { zh: '撤回异议', en: 'Withdraw an objection' },
  allow: 'objection.file',
  params: Params,
  reply: OwnObjectionSchema,
  self: true,
  errors: [NotFound, ObjectionClosed],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:objection-to-withdraw' } },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-objection' } },
  },
  handler: async ({ db, actor, services, clock, params: { id } }) => {
    const row = await db.first<{ state: string; clock: string }>(
      sql`select o.state, o.clock from objection.objection o where o.id = ${id}::uuid and ${filedBy(actor)} for update`,
    );
    if (!row) throw NotFound.with();
    if (row.state !== 'open') throw ObjectionClosed.with();
    const now = clock.now();
    await endClock(db, { kind: objectionClock, clock: row.clock, at: now });
    await db.run(
      sql`update objection.objection set state = 'withdrawn', closed_at = ${now}::timestamptz where id = ${id}::uuid`,
    );
    await db.emit({ type: 'objection.withdrawn', subject: id });
    return ownView(await readObjection({ db, services, now, id }));
  },
});
