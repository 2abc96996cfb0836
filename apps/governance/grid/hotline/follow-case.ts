import type { Consumer, JobHandler, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { progressForCaller, type Told } from '#platform/case/caller-report.ts';
import { maskText } from '#platform/case/mask-text.ts';
import { CASE_MOVED } from '#platform/case/tell.ts';
import { photosToCase } from './attachments.ts';
import { FINAL_STATUS, STATUS_OF_ACT } from './order.ts';
import { FOLLOW_JOB, holdOrder, inHotline, ORDER_COLUMNS, type OrderRow, queueTell } from './order-row.ts';

/** A case moved: orders that stand in it are followed by a job, since cases are another module's. */
export const followCase: Consumer = {
  name: 'hotline-follow-case',
  type: CASE_MOVED,
  handle: async ({ event, db }) => {
    const orders = await db.rows<{ id: string }>(
      sql`select id from grid.hotline_order where case_id = ${event.data.case ?? ''}::uuid`,
    );
    for (const { id } of orders)
      await db.enqueue({ name: FOLLOW_JOB, payload: { order: id }, key: `${id}:${event.id}` });
  },
};

export const followJob: JobHandler = {
  name: FOLLOW_JOB,
  run: async ({ payload, services }) => followOrder(services, payload.order ?? ''),
};

/**
 * Queues for the city what a reporter may read of the case since it was told last (回传): state, unit and words, numbers masked. It goes by the timeline and
 * the place reached, both moved in one transaction, so that nothing is told twice or left out, whenever and however often it is asked.
 */
export async function followOrder(services: Services, id: string): Promise<void> {
  while (!(await followed(services, id)));
  const order = await inHotline(services, (db) => orderOf(db, id));
  if (order) await photosToCase(services, order.no);
}

/** False where another one was quicker: there may be more by now. */
async function followed(services: Services, id: string): Promise<boolean> {
  const order = await inHotline(services, (db) => orderOf(db, id));
  if (!order?.report) return true;
  const progress = await progressForCaller(services, { report: order.report, after: order.toldSeq });
  if (!progress) return true;
  const all = progress.told.some(({ kind }) => kind === 'close')
    ? await progressForCaller(services, { report: order.report, after: 0 })
    : undefined;
  const names = await services.registry.provided(unitNames)[0]?.value.all(services);
  return inHotline(services, async (db) => {
    const held = await holdOrder(db, order.no);
    if (!held || held.toldSeq !== order.toldSeq || held.report !== order.report) return false;
    const now = { ...held, caseId: progress.case, caseNo: progress.no };
    let { finishedAt, satisfied, solved, settledAt } = held;
    for (const told of progress.told) {
      const status = statusOf(told, progress.state);
      if (status === undefined || held.state !== 'filed') continue;
      const unit = told.unit === null ? null : (names?.get(told.unit)?.zh ?? null);
      await queueTell(db, now, { status, at: told.at, unit, text: wordsOf(told, progress.no, all?.told ?? []) });
      if (FINAL_STATUS.has(status)) finishedAt = told.at;
      if (status === 'reopened') [finishedAt, satisfied, solved, settledAt] = [null, null, null, null];
      if (status === 'called-back') settledAt = told.at;
    }
    await db.run(sql`
      update grid.hotline_order set told_seq = ${progress.told.at(-1)?.seq ?? held.toldSeq}::bigint, case_id = ${progress.case}::uuid, case_no = ${progress.no},
        case_state = ${progress.state}, finished_at = ${finishedAt}::timestamptz, satisfied = ${satisfied}::boolean, solved = ${solved}::boolean, settled_at = ${settledAt}::timestamptz,
        extension = case when extension = 'sent' then extension when ${progress.asksTime}::boolean then 'asked' end
      where id = ${held.id}::uuid`);
    return true;
  });
}

const orderOf = (db: Db, id: string): Promise<OrderRow | undefined> =>
  db.first<OrderRow>(sql`select ${ORDER_COLUMNS} from grid.hotline_order o where o.id = ${id}::uuid`);

function statusOf(told: Told, state: string): string | undefined {
  const status = STATUS_OF_ACT[told.kind];
  // A call-back either leaves it as it is or has it done again.
  return status === 'called-back' && state !== 'evaluated' && state !== 'archived' ? 'reopened' : status;
}

/** The words that go along: of what was done, when it is closed; nothing where nobody wrote any. */
function wordsOf(told: Told, no: string, all: readonly Told[]): string | null {
  if (told.kind === 'merge') return `与同一问题并案办理，案件编号 ${no}`;
  const words = told.kind === 'close' ? all.findLast(({ kind }) => kind === 'feedback')?.text : told.text;
  return words ? maskText(words) : null;
}
