import { Type } from 'typebox';
import { type Example, route } from '#platform/kernel/app.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { addWorkingDays } from '#platform/calendar/working-days.ts';
import { attachDocument } from '#platform/document/attach-document.ts';
import { FileGone } from '#platform/document/document-errors.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { APPEAL_ROWS } from './appeal-files.ts';
import { AppealKnown, AppealTooLate, SignalGone } from './errors.ts';
import { appealClock, AppealSchema, readAppeals } from './record.ts';

const example = (signal: string): Example => ({
  as: 'street-clerk',
  body: { signal, ground: '检验期间已依法停表，见停表文书。', document: 'fixture:evaluation-document' },
});

/**
 * Appeals against a signal (申诉): whose signal it is says why it is wrong, with the document that shows it, e.g. that of a stop of the
 * clock. Within the working days of the rulebook after it was told, and once. Another's signal does not exist.
 */
export const fileAppeal = route({
  method: 'POST',
  path: '/api/evaluation/appeals',
  summary: { zh: '对监察信号提出申诉', en: 'Appeal against a signal' },
  allow: 'evaluation.own.read',
  body: Type.Object(
    {
      signal: Type.String({ format: 'uuid' }),
      ground: Type.String({ minLength: 4, maxLength: 1000 }),
      document: Type.String({ format: 'uuid', description: '证明文书 / an upload of the caller' }),
    },
    { additionalProperties: false },
  ),
  reply: AppealSchema,
  status: 201,
  errors: [NotFound, Forbidden, AppealTooLate, AppealKnown, SignalGone, FileGone],
  examples: { own: example('fixture:evaluation-signal'), foreign: example('fixture:evaluation-foreign-signal') },
  handler: async ({ db, actor, clock, body: { signal, ground, document } }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    const found = await db.first<{ state: string; told_at: Date }>(
      sql`select state, told_at from evaluation.signal where id = ${signal}::uuid and handler = ${actor.account}`,
    );
    if (!found) throw NotFound.with();
    if (found.state !== 'standing') throw SignalGone.with();
    const now = clock.now();
    const { calendar } = await readCalendar(db);
    const { days } = await amountsAt(db, { days: { id: 'evaluation.appeal.file', unit: 'working-day' } }, now);
    if (now >= addWorkingDays({ from: found.told_at, days, calendar }).dueAt) throw AppealTooLate.with();
    const known = await db.first(
      sql`select 1 as found from evaluation.appeal where signal = ${signal}::uuid and state in ('open', 'refused')`,
    );
    if (known) throw AppealKnown.with();
    const id = uuidv7();
    const { id: clockId } = await startClock(db, { kind: appealClock, subject: id, event: 'filed', at: now });
    const made = await db.run(sql`
      insert into evaluation.appeal (id, signal, ground, document, filed_by, filed_name, filed_unit, handler, filed_at, clock, state)
      values (${id}::uuid, ${signal}::uuid, ${ground.trim()}, ${document}::uuid, ${actor.account}, ${actor.name}, ${actor.unit ?? null}::text, ${actor.account},
        ${now}::timestamptz, ${clockId}::uuid, 'open')
      on conflict (signal) where state in ('open', 'refused') do nothing`);
    // Another window was faster: this clock goes with the transaction.
    if (made === 0) throw AppealKnown.with();
    await attachDocument(db, { files: [document], kind: APPEAL_ROWS, subject: id });
    await db.emit({ type: 'evaluation.appeal.filed', subject: id, data: { signal } });
    const [shown] = await readAppeals(db, sql`a.id = ${id}::uuid`, now);
    if (!shown) throw NotFound.with();
    return shown;
  },
});
