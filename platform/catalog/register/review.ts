import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { isCalendarDate } from '#platform/kernel/dates.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { endClock, startClock } from '#platform/calendar/clock.ts';
import { changeClock, reviewClock } from './clocks.ts';
import {
  assertContent,
  EntryParams,
  EntrySchema,
  entryStep,
  holdEntry,
  ownEntry,
  readEntry,
  reviewableBy,
} from './entry-record.ts';
import { indexEntries } from './index-entries.ts';
import { EntryNotOpen, OwnProposal } from './register-errors.ts';

const strict = { additionalProperties: false };

async function hand(db: Db, { id, unit }: { id: string; unit: string }): Promise<void> {
  const clock = await startClock(db, { kind: reviewClock, subject: id, event: 'submitted', of: { unit } });
  await db.run(sql`
    update catalog.entry set submitted_at = kernel.now(), review_clock = ${clock.id}::uuid, returned_reason = null where id = ${id}::uuid`);
}

/** The owner hands a draft or a revision over (提交审核); the clock of the review begins. */
export const submitEntry = route({
  method: 'POST',
  path: '/api/catalog/entries/:id/submit',
  summary: { zh: '提交审核', en: 'Submit for review' },
  allow: 'catalog.register.keep',
  params: EntryParams,
  body: Type.Object({}, strict),
  reply: EntrySchema,
  errors: [EntryNotOpen],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:entry-to-submit' }, body: {} },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-entry' }, body: {} },
  },
  handler: async ({ db, params, clock }) => {
    const entry = await holdEntry(db, params.id, ownEntry(db));
    if (entry.proposed === null || entry.submittedAt !== null) throw EntryNotOpen.with();
    await assertContent(db, entry.proposed);
    await hand(db, entry);
    await entryStep(db, { id: entry.id, step: 'submitted' });
    return readEntry(db, entry.id, clock.now());
  },
});

/** The owner asks for an item to be withdrawn (撤销), with a reason; it stays until that is reviewed as well. */
export const withdrawEntry = route({
  method: 'POST',
  path: '/api/catalog/entries/:id/withdraw',
  summary: { zh: '申请撤销目录项', en: 'Ask to withdraw an item' },
  allow: 'catalog.register.keep',
  params: EntryParams,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 300 }) }, strict),
  reply: EntrySchema,
  errors: [EntryNotOpen],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:entry-to-withdraw' }, body: { reason: '系统已下线' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-entry' }, body: { reason: '系统已下线' } },
  },
  handler: async ({ db, params, body, actor, clock }) => {
    const entry = await holdEntry(db, params.id, ownEntry(db));
    // A revision that is being worked on is dropped first: nothing typed is lost by a withdrawal.
    if (entry.state !== 'published' || entry.submittedAt !== null || entry.proposal !== null) throw EntryNotOpen.with();
    await db.run(sql`
      update catalog.entry set proposal = 'withdrawal', proposed = null, proposed_by = ${actor.account}, proposed_name = ${actor.name}, proposed_why = ${body.reason} where id = ${entry.id}::uuid`);
    await hand(db, entry);
    await entryStep(db, { id: entry.id, step: 'withdrawal-asked', reason: body.reason });
    return readEntry(db, entry.id, clock.now());
  },
});

/** The provider tells that the resource itself has changed: from that on the catalogue has its time to follow. */
export const announceChange = route({
  method: 'POST',
  path: '/api/catalog/entries/:id/change',
  summary: { zh: '告知资源变更', en: 'Tell that a resource has changed' },
  allow: 'catalog.register.keep',
  params: EntryParams,
  body: Type.Object(
    { on: Type.String({ format: 'date' }), note: Type.String({ minLength: 2, maxLength: 300 }) },
    strict,
  ),
  reply: EntrySchema,
  errors: [EntryNotOpen],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:entry-to-change' },
      body: { on: '2026-01-05', note: '增加一个信息项' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-entry' },
      body: { on: '2026-01-05', note: '增加一个信息项' },
    },
  },
  handler: async ({ db, params, body, clock }) => {
    const entry = await holdEntry(db, params.id, ownEntry(db));
    if (entry.state !== 'published' || entry.changeClock !== null) throw EntryNotOpen.with();
    const { today } = await db.one<{ today: string }>(
      sql`select (kernel.now() at time zone 'Asia/Shanghai')::date::text as today`,
    );
    if (!isCalendarDate(body.on) || body.on > today)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/on',
            rule: 'range',
            message: { zh: '变更日期不能晚于今天', en: 'cannot lie in the future' },
          },
        ],
      });
    const running = await startClock(db, {
      kind: changeClock,
      subject: entry.id,
      event: 'changed',
      at: new Date(`${body.on}T09:00:00+08:00`),
      of: { unit: entry.unit },
    });
    await db.run(sql`
      update catalog.entry set changed_on = ${body.on}::date, change_note = ${body.note}, change_clock = ${running.id}::uuid where id = ${entry.id}::uuid`);
    await entryStep(db, { id: entry.id, step: 'changed', reason: body.note });
    return readEntry(db, entry.id, clock.now());
  },
});

/**
 * The head of the unit, or an officer of the unit that runs the catalogue, reviews (审核): never who proposed it. Passing publishes,
 * revises or withdraws; a code is given once, with the first publication.
 */
export const reviewEntry = route({
  method: 'POST',
  path: '/api/catalog/entries/:id/review',
  summary: { zh: '审核目录项', en: 'Review an item' },
  allow: 'catalog.register.review',
  params: EntryParams,
  body: Type.Union([
    Type.Object({ decision: Type.Literal('pass') }, strict),
    Type.Object({ decision: Type.Literal('return'), reason: Type.String({ minLength: 2, maxLength: 300 }) }, strict),
  ]),
  reply: EntrySchema,
  errors: [EntryNotOpen, OwnProposal],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:entry-to-review' }, body: { decision: 'pass' } },
    foreign: { as: 'unit-head', params: { id: 'fixture:foreign-entry' }, body: { decision: 'pass' } },
  },
  handler: async ({ db, params, body, actor, clock }) => {
    const entry = await holdEntry(db, params.id, reviewableBy(actor));
    if (entry.submittedAt === null || entry.reviewClock === null || entry.proposal === null) throw EntryNotOpen.with();
    if (entry.proposedBy === actor.account) throw OwnProposal.with();
    await endClock(db, { kind: reviewClock, clock: entry.reviewClock });
    if (body.decision === 'return') {
      await db.run(sql`
        update catalog.entry set submitted_at = null, review_clock = null, returned_reason = ${body.reason},
          proposal = case when proposal = 'withdrawal' then null else proposal end, proposed_by = case when proposal = 'withdrawal' then null else proposed_by end,
          proposed_name = case when proposal = 'withdrawal' then null else proposed_name end where id = ${entry.id}::uuid`);
      await entryStep(db, { id: entry.id, step: 'returned', reason: body.reason });
      return readEntry(db, entry.id, clock.now());
    }
    if (entry.proposal === 'withdrawal') {
      await db.run(sql`
        update catalog.entry set state = 'withdrawn', withdrawn_at = kernel.now(), submitted_at = null, review_clock = null, proposal = null, proposed_by = null, proposed_name = null, change_clock = null
        where id = ${entry.id}::uuid`);
      if (entry.changeClock !== null) await endClock(db, { kind: changeClock, clock: entry.changeClock });
    } else if (entry.proposed) {
      // Classes may have been renamed since; what is published must hold today.
      await assertContent(db, entry.proposed);
      await db.run(sql`
        update catalog.entry set state = 'published', content = ${json(entry.proposed)}::text::jsonb, code = coalesce(code, catalog.next_code(${entry.proposed.class})), version = version + 1,
          published_at = coalesce(published_at, kernel.now()), revised_at = kernel.now(), submitted_at = null, review_clock = null, proposal = null, proposed = null,
          proposed_by = null, proposed_name = null, proposed_why = null, returned_reason = null, changed_on = null, change_note = null, change_clock = null where id = ${entry.id}::uuid`);
      if (entry.changeClock !== null) await endClock(db, { kind: changeClock, clock: entry.changeClock });
    }
    await indexEntries(db, [entry.id]);
    const steps = { new: 'published', revision: 'revised', withdrawal: 'withdrawn' } as const;
    await entryStep(db, { id: entry.id, step: steps[entry.proposal] });
    return readEntry(db, entry.id, clock.now());
  },
});
