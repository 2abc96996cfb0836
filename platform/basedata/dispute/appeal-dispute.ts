import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { DisputeParams } from './answer-dispute.ts';
import { DisputeOpen, NotAppealable } from './errors.ts';
import {
  appealClock,
  CENTRE,
  claimedContext,
  filedByActor,
  holdDispute,
  isAppealable,
  statedContext,
} from './record.ts';

/** Asks for a review of a refused dispute (申请复核), once: the resource centre decides, not the unit that refused. */
export const appealDispute = route({
  method: 'POST',
  path: '/api/dispute/disputes/:id/appeal',
  summary: { zh: '申请复核', en: 'Ask for a review' },
  allow: 'dispute.read',
  params: DisputeParams,
  body: Type.Object({ reason: Type.String({ minLength: 4, maxLength: 1000 }) }, { additionalProperties: false }),
  reply: Type.Object({ id: Type.String() }),
  status: 201,
  errors: [NotFound, NotAppealable, DisputeOpen],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:refused-dispute' },
      body: { reason: '答复没有回应所附的证明材料。' },
    },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:foreign-dispute' },
      body: { reason: '答复没有回应所附的证明材料。' },
    },
  },
  handler: async ({ db, actor, services, clock, params, body }) => {
    const row = await holdDispute(db, params.id);
    if (!row || !filedByActor(row, actor)) throw NotFound.with();
    if (!isAppealable(row)) throw NotAppealable.with();
    const { keyring } = services;
    const id = uuidv7();
    const now = clock.now();
    const started = await startClock(db, {
      kind: appealClock,
      subject: id,
      event: 'appealed',
      at: now,
      of: { unit: CENTRE },
    });
    const again = (sealed: string, from: string, to: string): string => keyring.seal(keyring.open(sealed, from), to);
    const claimed = row.claimed === null ? null : again(row.claimed, claimedContext(row.id), claimedContext(id));
    const made = await db.run(sql`
      insert into dispute.dispute (id, app, subject_person, subject_entity, attribute, claimed, stated, reason, evidence, filed_by, filed_name, filed_unit, filed_at,
        unit, source_claim, appeal_of, addressee, clock, state)
      values (${id}::uuid, ${row.base}, ${row.subjectPerson}::uuid, ${row.subjectEntity}::text, ${row.attribute}, ${claimed}::text,
        ${again(row.stated, statedContext(row.id), statedContext(id))}, ${body.reason.trim()}, ${row.evidence}::text, ${actor.account}, ${actor.name}, ${row.filedUnit}::text,
        ${now}::timestamptz, ${row.unit}, ${row.sourceClaim}::bigint, ${row.id}::uuid, 'centre', ${started.id}::uuid, 'open')
      on conflict (app, (coalesce(subject_person::text, subject_entity)), attribute) where state = 'open' do nothing`);
    if (made === 0) throw DisputeOpen.with();
    await db.emit({ type: 'dispute.appealed', subject: id, data: { base: row.base, appealOf: row.id } });
    return { id };
  },
});
