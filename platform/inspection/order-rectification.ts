import { Type } from 'typebox';
import { type Consumer, route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endClock, startClock } from '#platform/calendar/clock.ts';
import { ClockRunning } from '#platform/calendar/clock-errors.ts';
import { NotTheChecker, OrderSchema, readOrders, rectifyClock, TaskNotOpen } from './task-record.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

async function orderOf(db: Db, id: string, now: Date) {
  const [order] = await readOrders(db, sql`where o.id = ${id}::uuid`, now);
  if (!order) throw NotFound.with();
  return order;
}

/** Orders that findings be put right (责令改正). The time runs by the calendar from now; the order names what and on which law. */
export const orderRectification = route({
  method: 'POST',
  path: '/api/inspection/rectifications',
  summary: { zh: '责令改正', en: 'Order to put right' },
  allow: 'inspection.rectification.order',
  body: Type.Object(
    {
      task: Type.String({ format: 'uuid' }),
      findings: Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 100 }),
      demand: Type.String({ minLength: 4, maxLength: 2_000 }),
      basis: Type.String({ minLength: 2, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: OrderSchema,
  errors: [NotFound, InvalidInput, TaskNotOpen, ClockRunning],
  examples: {
    own: {
      as: 'unit-head',
      body: {
        task: 'fixture:inspection-found',
        findings: ['fixture:inspection-finding'],
        demand: '清理安全出口堆物',
        basis: '《消防法》第二十八条',
      },
    },
    foreign: {
      as: 'unit-head',
      body: {
        task: 'fixture:inspection-foreign-task',
        findings: ['fixture:inspection-finding'],
        demand: '清理安全出口堆物',
        basis: '《消防法》第二十八条',
      },
    },
  },
  handler: async ({ db, body, actor, clock }) => {
    const task = await db.first<{ state: string; record: string | null; unit: string }>(sql`
      select state, record, unit from inspection.task where id = ${body.task}::uuid for update`);
    if (!task) throw NotFound.with();
    // While two records stand against each other, nobody is ordered anything.
    if (task.state !== 'done') throw TaskNotOpen.with();
    const id = uuidv7();
    const now = clock.now();
    const year = shanghaiDate(now).slice(0, 4);
    const { n } = await db.one<{ n: string }>(
      sql`select kernel.next_number('inspection.rectification', ${year})::text as n`,
    );
    const number = `ZG${year}-${n.padStart(5, '0')}`;
    const started = await startClock(db, {
      kind: rectifyClock,
      subject: id,
      event: 'issued',
      of: { unit: task.unit, caseNo: number },
    });
    await db.run(sql`
      insert into inspection.rectification (id, number, task, unit, demand, basis, clock, state, issued_at, issued_by, issued_name)
      values (${id}::uuid, ${number}, ${body.task}::uuid, ${task.unit}, ${body.demand}, ${body.basis}, ${started.id}::uuid, 'issued', kernel.now(),
        ${actor.account}, ${actor.name})`);
    const taken = await db.run(sql`
      update inspection.finding set ord = ${id}::uuid where id = any(${body.findings}::uuid[]) and record = ${task.record}::uuid and ord is null`);
    if (taken !== new Set(body.findings).size)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/findings',
            rule: 'exists',
            message: {
              zh: '有的发现不属于这次检查，或已开过通知书',
              en: 'must be of this inspection, and of no other order',
            },
          },
        ],
      });
    await db.emit({ type: 'inspection.rectification.issued', subject: id, data: { task: body.task } });
    return orderOf(db, id, now);
  },
});

/** Notes what the inspected say they have done (整改反馈). The clock runs on: only a re-check ends it. */
export const reportRectified = route({
  method: 'PUT',
  path: '/api/inspection/rectifications/:id/reported',
  summary: { zh: '登记整改反馈', en: 'Note what was done' },
  allow: 'inspection.rectification.order',
  params: Id,
  body: Type.Object({ report: Type.String({ minLength: 2, maxLength: 2_000 }) }, { additionalProperties: false }),
  reply: OrderSchema,
  errors: [NotFound, TaskNotOpen],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:inspection-order' }, body: { report: '堆物已清走' } },
    foreign: { as: 'unit-head', params: { id: 'fixture:inspection-foreign-order' }, body: { report: '堆物已清走' } },
  },
  handler: async ({ db, params, body, clock }) => {
    const held = await db.first<{ state: string }>(
      sql`select state from inspection.rectification where id = ${params.id}::uuid for update`,
    );
    if (!held) throw NotFound.with();
    if (held.state === 'closed') throw TaskNotOpen.with();
    await db.run(sql`
      update inspection.rectification set state = 'reported', report = ${body.report}, reported_at = kernel.now() where id = ${params.id}::uuid`);
    return orderOf(db, params.id, clock.now());
  },
});

/** Looks again (复查), by another person than the one who ordered. What is put right closes the order and ends its clock; what is not goes on. */
export const recheckRectification = route({
  method: 'POST',
  path: '/api/inspection/rectifications/:id/rechecks',
  summary: { zh: '复查', en: 'Re-check' },
  allow: 'inspection.record.write',
  params: Id,
  body: Type.Object(
    { passed: Type.Boolean(), note: Type.String({ minLength: 2, maxLength: 1_000 }) },
    { additionalProperties: false },
  ),
  status: 201,
  reply: OrderSchema,
  errors: [NotFound, TaskNotOpen, NotTheChecker],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:inspection-order' }, body: { passed: false, note: '仍有堆物' } },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:inspection-foreign-order' },
      body: { passed: false, note: '仍有堆物' },
    },
  },
  handler: async ({ db, params, body, actor, clock }) => {
    const held = await db.first<{ state: string; issuedBy: string; clock: string }>(sql`
      select state, issued_by as "issuedBy", clock from inspection.rectification where id = ${params.id}::uuid for update`);
    if (!held) throw NotFound.with();
    if (held.state === 'closed') throw TaskNotOpen.with();
    if (held.issuedBy === actor.account) throw NotTheChecker.with();
    await db.run(sql`
      insert into inspection.recheck (id, rectification, at, by_account, by_name, passed, note)
      values (${uuidv7()}::uuid, ${params.id}::uuid, kernel.now(), ${actor.account}, ${actor.name}, ${body.passed}::boolean, ${body.note})`);
    if (body.passed) {
      await endClock(db, { kind: rectifyClock, clock: held.clock });
      await db.run(
        sql`update inspection.rectification set state = 'closed', closed_at = kernel.now() where id = ${params.id}::uuid`,
      );
      await db.emit({ type: 'inspection.rectification.closed', subject: params.id });
    } else await db.run(sql`update inspection.rectification set state = 'issued' where id = ${params.id}::uuid`);
    return orderOf(db, params.id, clock.now());
  },
});

/** The time of an order is over (逾期未改): marked and told once. What follows is decided by a person. */
export const orderOverdue: Consumer = {
  name: 'order-overdue',
  type: 'calendar.clock.due',
  handle: async ({ event, db }) => {
    if (event.data.kind !== rectifyClock.id) return;
    const subject = event.data.subject ?? '';
    const late = await db.run(sql`
      update inspection.rectification set overdue_at = kernel.now() where id = ${subject}::uuid and state <> 'closed' and overdue_at is null`);
    if (late > 0) await db.emit({ type: 'inspection.rectification.overdue', subject });
  },
};
