import type { JobHandler, Services, Timer } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { askCity, type CityFailure } from './ask-city.ts';
import { waitAfter } from './order.ts';
import { inHotline, note, SEND_JOB } from './order-row.ts';

const ANSWER_MS = 10_000;
const SERVICE = 'hotline.progress';

type Waiting = {
  id: string;
  seq: number;
  body: { key: string; no: string };
  system: string;
  tries: number;
  refusals: number;
  lastError: { zh: string } | null;
  aside: boolean;
  due: boolean;
  /** Numbers before it that a person has dropped: the city learns that they never come. */
  dropped: number[];
};

/** Sends what the city has not confirmed yet, one order beside the other. */
export const sendJob: JobHandler = {
  name: SEND_JOB,
  outside: true,
  run: async ({ payload, services, signal }) => sendOrder(services, payload.order ?? '', signal),
};

/** Orders whose next message is due: after a failure, or queued while another one was on its way. What was put aside holds up its own order only. */
export const sendDue: Timer = {
  name: 'hotline-send-due',
  everyMs: 2_000,
  run: async ({ services }) => {
    const now = services.clock.now();
    await inHotline(services, async (db) => {
      const due = await db.rows<{ id: string }>(sql`
        select p.hotline_order as id from grid.hotline_push p where p.sent_at is null and p.dropped_at is null and p.aside_at is null and p.next_at <= ${now}::timestamptz
          and not exists (select from grid.hotline_push e where e.hotline_order = p.hotline_order and e.seq < p.seq and e.sent_at is null and e.dropped_at is null)
        order by p.next_at limit 50`);
      for (const { id } of due) await db.enqueue({ name: SEND_JOB, payload: { order: id }, key: id });
    });
  },
};

/**
 * Tells the city what waits of an order (回传), in order: the next one goes when the one before was confirmed. Every try of a message has the same key, by
 * which the city knows a repeat whose answer was lost. A city that does not answer keeps nothing up but this; a message that it refuses again and again is put
 * aside (搁置) for a person, and holds up nothing but its order.
 */
export async function sendOrder(services: Services, order: string, signal?: AbortSignal): Promise<void> {
  for (;;) {
    if (signal?.aborted) return;
    const now = services.clock.now();
    const next = await inHotline(services, (db) =>
      db.first<Waiting>(sql`
        select p.id, p.seq, p.body, o.system, p.tries, p.refusals, p.last_error as "lastError", p.aside_at is not null as aside, p.next_at <= ${now}::timestamptz as due,
          (select coalesce(array_agg(d.seq order by d.seq), '{}') from grid.hotline_push d where d.hotline_order = p.hotline_order and d.seq < p.seq and d.dropped_at is not null
            and not exists (select from grid.hotline_push s where s.hotline_order = d.hotline_order and s.seq > d.seq and s.sent_at is not null)) as dropped
        from grid.hotline_push p join grid.hotline_order o on o.id = p.hotline_order
        where p.hotline_order = ${order}::uuid and p.sent_at is null and p.dropped_at is null order by p.seq limit 1`),
    );
    if (!next?.due || next.aside) return;
    const failed = await post(services, next);
    await inHotline(services, (db) =>
      failed === undefined ? confirm(services, db, next) : putOff(services, db, { order, next, failed }),
    );
    if (failed !== undefined) return;
  }
}

async function confirm(services: Services, db: Db, next: Waiting): Promise<void> {
  const done = await db.run(sql`
    update grid.hotline_push set sent_at = ${services.clock.now()}::timestamptz, tries = tries + 1, last_error = null where id = ${next.id}::uuid and sent_at is null`);
  const audit = services.registry.provided(auditTrail)[0]?.value;
  if (done > 0)
    await audit?.record(db, {
      route: `POST ${SERVICE}`,
      fields: [{ resource: 'grid.hotline-order', field: 'state', level: 'L2' }],
      subjects: [],
      outcome: 'changed',
      statement: next.body.key,
    });
}

/** It is tried again later, or put aside where the city itself has refused it too often. */
async function putOff(
  services: Services,
  db: Db,
  of: { order: string; next: Waiting; failed: CityFailure },
): Promise<void> {
  const { order, next, failed } = of;
  const at = services.clock.now();
  const until = new Date(at.getTime() + waitAfter(next.tries + 1) * 1_000);
  const refusals = failed.refused ? next.refusals + 1 : next.refusals;
  const most = (await amountAt(db, 'grid.hotline.refusals', at)).amount;
  const aside = failed.refused && refusals >= most;
  await db.run(sql`
    update grid.hotline_push set tries = tries + 1, refusals = ${refusals}::int, next_at = ${until}::timestamptz, last_error = ${json(failed.words)}::text::jsonb,
      aside_at = case when ${aside}::boolean then ${at}::timestamptz end
    where id = ${next.id}::uuid and sent_at is null and dropped_at is null`);
  if (aside) note(db, { order, at, kind: 'put-aside', text: `${next.seq} · ${failed.words.zh}` });
  // An answer that is not the city's is something to look into; once for the same fault in a row.
  else if (failed.disbelieved && next.lastError?.zh !== failed.words.zh)
    note(db, { order, at, kind: 'answer-disbelieved', text: `${next.seq} · ${failed.words.zh}` });
}

/** Undefined where the city confirmed it, else why not. */
async function post(services: Services, { system, body, dropped }: Waiting): Promise<CityFailure | undefined> {
  const told = await askCity(services, {
    system,
    service: SERVICE,
    no: body.no,
    body: dropped.length === 0 ? body : { ...body, dropped },
    key: body.key,
    timeoutMs: ANSWER_MS,
    maxBytes: 16 * 1024,
  });
  if ('failed' in told) return told.failed;
  if (confirmed(told.answer.body) === body.key) return undefined;
  const words = { zh: '市热线没有确认收到', en: 'The city’s hotline did not confirm it' };
  return { words, code: 'HOTLINE_UNCONFIRMED', refused: false };
}

/** The key that an answer confirms. */
function confirmed(answer: Buffer): unknown {
  try {
    return (JSON.parse(answer.toString('utf8')) as { received?: unknown } | null)?.received;
  } catch {
    return undefined;
  }
}
