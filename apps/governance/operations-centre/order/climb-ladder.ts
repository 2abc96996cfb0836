import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Holder, listHolders } from '#platform/identity/organisation/holders.ts';
import { holdersOf, nextRung, readLadder } from '#platform/signal/ladder/ladder.ts';
import { onShift } from '../shift/plan-roster.ts';
import { noteOrder } from './order-record.ts';

const BATCH = 200;
const actor = systemActor({ name: 'ladder' });
type Step = { post: string; where: 'unit' | 'district'; minutes: number };
type Due = {
  id: string;
  ord: string;
  unit: string;
  step: number;
  no: string;
  title: string;
  urgent: boolean;
  exercise: boolean;
};

/** The district's ladder of receipts (催签阶梯). */
async function readSteps(db: Db): Promise<Step[]> {
  const rows = await readLadder(db, 'ops.order.ladder');
  return rows.map(({ post, where, minutes }) => ({
    post: String(post),
    where: where as Step['where'],
    minutes: Number(minutes),
  }));
}

/**
 * Climbs the ladder of orders that nobody has received (逐级催签): the liaison at once, the head of the unit when the time of receipt is over (5 minutes
 * where it is urgent), then the duty officer and the leader. The step stands at the line and is committed with the messages, and lines that
 * another process has in hand are skipped: nobody is told twice, and a restart goes on where it was. Says how many lines went a step.
 */
export async function climbOrders(services: Services): Promise<number> {
  const tx = <T>(work: (db: Db) => Promise<T>) => services.database.tx({ module: 'ops', actor }, work);
  const waits = await tx((db) => db.first(sql`select from ops.order_line where next_step_at <= kernel.now() limit 1`));
  if (!waits) return 0;
  // Read before the transaction: on the embedded database a second one would wait for the first.
  const holders = await listHolders(services);
  let all = 0;
  for (;;) {
    const moved = await tx((db) => climbSome(db, holders));
    all += moved;
    if (moved < BATCH) return all;
  }
}

async function climbSome(db: Db, holders: readonly Holder[]): Promise<number> {
  const due = await db.rows<Due>(sql`
    select l.id, l.ord, l.unit, l.step, o.no, o.title, o.urgent, o.exercise is not null as exercise from ops.order_line l join ops.command_order o on o.id = l.ord
    where l.next_step_at <= kernel.now() and l.state = 'sent' order by o.urgent desc, l.next_step_at, l.id limit ${BATCH}::int for update of l skip locked`);
  if (due.length === 0) return 0;
  const ladder = await readSteps(db);
  const shift = await onShift(db);
  for (const line of due) await climbOne(db, { line, ladder, holders, shift });
  return due.length;
}

async function climbOne(
  db: Db,
  options: { line: Due; ladder: readonly Step[]; holders: readonly Holder[]; shift: readonly string[] },
): Promise<void> {
  const { line, ladder, holders, shift } = options;
  const found = await nextRung({
    ladder,
    told: line.step,
    who: ({ post, where }) => {
      const posted = holdersOf(holders, { posts: [post], where, unit: line.unit });
      // Who has gone home is not woken; where the roster names nobody who still holds the post, all of them are told.
      const there = post === 'duty-officer' ? posted.filter((account) => shift.includes(account)) : [];
      return there.length > 0 ? there : posted;
    },
    nobody: ({ post }, step) => noteOrder(db, { ord: line.ord, line: line.id, what: 'nobody', step, data: { post } }),
  });
  if (found) {
    const { rung, place, accounts } = found;
    // Until the first step's time, the limit of receipt, is over; later steps wait their own minutes.
    await db.run(sql`
      update ops.order_line set step = ${place}::int,
        next_step_at = case when ${place === ladder.length}::boolean then null when ${place}::int = 1 then receive_due
          else greatest(kernel.now(), receive_due) + ${rung.minutes}::float8 * interval '1 minute' end
      where id = ${line.id}::uuid`);
    await tellOrder(db, { line, step: place, accounts });
    await noteOrder(db, { ord: line.ord, line: line.id, what: 'told', step: place, data: { post: rung.post } });
    return;
  }
  await db.run(
    sql`update ops.order_line set next_step_at = null, step = ${ladder.length}::int where id = ${line.id}::uuid`,
  );
  await noteOrder(db, { ord: line.ord, line: line.id, what: 'unanswered' });
}

/** Tells in the same transaction, through the function that `signal` lends; channels are served by its queue. */
async function tellOrder(db: Db, options: { line: Due; step: number; accounts: readonly string[] }): Promise<void> {
  const { line, step, accounts } = options;
  const mark = line.exercise ? { zh: '【演练】', en: '[Exercise] ' } : { zh: '', en: '' };
  const title = {
    zh: `${mark.zh}${step > 1 ? '未签收：' : ''}${line.urgent ? '紧急指令 ' : '指令 '}${line.title}`,
    en: `${mark.en}${step > 1 ? 'Not received: ' : ''}${line.urgent ? 'Urgent order ' : 'Order '}${line.title}`,
  };
  const told = await db.rows<{ id: string }>(sql`
    select id from signal.tell_order(${[...accounts]}::text[], ${`${line.id}:${step}`}, ${line.ord}::uuid, ${line.urgent ? 2 : 3}::int, ${step}::int, ${JSON.stringify(title)}::text::jsonb)`);
  for (const { id } of told)
    await db.enqueue({ module: 'signal', name: 'serve-channels', payload: { message: id }, key: id });
}
