import type { JobHandler, Services, Timer } from '#platform/kernel/app.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { createOutbound } from '#platform/kernel/outbound.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { signOutgoing } from '#platform/exchange/gateway/sign-outgoing.ts';
import { cityOf } from './city.ts';
import { waitAfter } from './order.ts';
import { inHotline, SEND_JOB } from './order-row.ts';

const ANSWER_MS = 10_000;
/** Service and purpose that our messages name; the number of the order is their case. */
const SERVICE = 'hotline.progress';
const PURPOSE = 'contact-reporter';

type Waiting = { id: string; seq: number; body: { key: string; no: string }; tries: number; due: boolean };

/** Sends what the city has not confirmed yet, one order beside the other. */
export const sendJob: JobHandler = {
  name: SEND_JOB,
  outside: true,
  run: async ({ payload, services, signal }) => sendOrder(services, payload.order ?? '', signal),
};

/** Orders whose next message is due: after a failure, or queued while another one was on its way. */
export const sendDue: Timer = {
  name: 'hotline-send-due',
  everyMs: 2_000,
  run: async ({ services }) => {
    const now = services.clock.now();
    await inHotline(services, async (db) => {
      const due = await db.rows<{ id: string }>(sql`
        select p.hotline_order as id from grid.hotline_push p where p.sent_at is null and p.next_at <= ${now}::timestamptz
          and not exists (select from grid.hotline_push e where e.hotline_order = p.hotline_order and e.seq < p.seq and e.sent_at is null)
        order by p.next_at limit 50`);
      for (const { id } of due) await db.enqueue({ name: SEND_JOB, payload: { order: id }, key: id });
    });
  },
};

/**
 * Tells the city what waits of an order (回传), in order: the next one goes when the one before was confirmed. Every try of a message has the same key, by
 * which the city knows a repeat whose answer was lost. A city that does not answer keeps nothing up but this.
 */
export async function sendOrder(services: Services, order: string, signal?: AbortSignal): Promise<void> {
  for (;;) {
    if (signal?.aborted) return;
    const now = services.clock.now();
    const next = await inHotline(services, (db) =>
      db.first<Waiting>(sql`
        select id, seq, body, tries, next_at <= ${now}::timestamptz as due from grid.hotline_push
        where hotline_order = ${order}::uuid and sent_at is null order by seq limit 1`),
    );
    if (!next?.due) return;
    const failed = await post(services, next);
    await inHotline(services, async (db) => {
      const at = services.clock.now();
      if (failed === undefined) {
        const done = await db.run(sql`
          update grid.hotline_push set sent_at = ${at}::timestamptz, tries = tries + 1, last_error = null where id = ${next.id}::uuid and sent_at is null`);
        const audit = services.registry.provided(auditTrail)[0]?.value;
        if (done > 0)
          await audit?.record(db, {
            route: `POST ${SERVICE}`,
            fields: [{ resource: 'grid.hotline-order', field: 'state', level: 'L2' }],
            subjects: [],
            outcome: 'changed',
            statement: next.body.key,
          });
      } else {
        const until = new Date(at.getTime() + waitAfter(next.tries + 1) * 1_000);
        await db.run(sql`
          update grid.hotline_push set tries = tries + 1, next_at = ${until}::timestamptz, last_error = ${json(failed)}::text::jsonb where id = ${next.id}::uuid and sent_at is null`);
      }
    });
    if (failed !== undefined) return;
  }
}

/** Undefined where the city confirmed it, else why not; never anything of what the city wrote. */
async function post(services: Services, waiting: Waiting): Promise<Text | undefined> {
  try {
    const city = await cityOf(services);
    if (!city) return { zh: '没有配置市热线的回传地址', en: 'No address of the city’s hotline is configured' };
    const { url, networks } = city;
    const body = JSON.stringify(waiting.body);
    const signed = await signOutgoing({
      services,
      url,
      body,
      service: SERVICE,
      purpose: PURPOSE,
      caseNo: waiting.body.no,
    });
    const outbound = createOutbound({
      targets: [{ origin: URL.parse(url)?.origin ?? '', networks }],
      timeoutMs: ANSWER_MS,
      maxBytes: 16 * 1024,
      maxRedirects: 0,
      keepRedirects: true,
    });
    const headers = { ...signed, 'idempotency-key': waiting.body.key };
    const { status, body: answer } = await outbound(url, { method: 'POST', body, headers });
    if (status < 200 || status > 299)
      return { zh: `市热线回答 ${status}`, en: `The city’s hotline answered ${status}` };
    if (confirmed(answer) === waiting.body.key) return undefined;
    return { zh: '市热线没有确认收到', en: 'The city’s hotline did not confirm it' };
  } catch (error) {
    if (error instanceof ProblemError) return error.spec.title;
    services.log.warn({ err: error instanceof Error ? error.message : 'unknown' }, 'the hotline was not told');
    return { zh: '回传时出错', en: 'Telling the city failed' };
  }
}

/** The key that an answer confirms: a page of some proxy confirms nothing. */
function confirmed(answer: Buffer): unknown {
  try {
    return (JSON.parse(answer.toString('utf8')) as { received?: unknown } | null)?.received;
  } catch {
    return undefined;
  }
}
