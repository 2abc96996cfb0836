import type { Consumer, JobHandler, Services } from '#platform/kernel/app.ts';
import { createOutbound } from '#platform/kernel/outbound.ts';
import { sql } from '#platform/kernel/sql.ts';
import { signature } from '#platform/exchange/delivery/deliver.ts';
import { readSignals, type SignalView } from '../signal-view.ts';
import { hookContext } from './keep-hook.ts';

const ANSWER_MS = 15_000;
/** Tries, each after twice the time of the one before, up to five minutes: about half an hour in all. */
const ATTEMPTS = 12;
const JOB = 'send-signal';

/** A signal was raised or taken back in a unit that wants to be told: queued in the same transaction, sent beside the queue. */
export const hookConsumers: readonly Consumer[] = (['raised', 'withdrawn'] as const).map((what) => ({
  name: `hook-${what}`,
  type: `evaluation.signal.${what}`,
  handle: async ({ event, db }) => {
    const unit = event.data.unit ?? '';
    if (!(await db.first(sql`select 1 as found from evaluation.hook where unit = ${unit}`))) return;
    const payload = { event: event.id, what, unit, signal: event.subject, at: event.time.toISOString() };
    await db.enqueue({ name: JOB, payload, key: `hook:${event.id}` });
  },
}));

/**
 * Tells a unit's own system of a signal (信号推送): a CloudEvent 1.0, signed (HMAC-SM3 over time, key and body), at least once, with the event's id as
 * the key by which a repeat is known. Case and step, never the person.
 */
export const sendSignal: JobHandler = {
  name: JOB,
  attempts: ATTEMPTS,
  outside: true,
  async run({ payload: { event = '', what = '', unit = '', signal = '', at = '' }, services, tx }) {
    const found = await tx(async (db) => {
      const hook = await db.first<{ url: string; secret: string }>(
        sql`select url, secret from evaluation.hook where unit = ${unit}`,
      );
      const [shown] = await readSignals(db, sql`s.id = ${signal}::uuid and s.unit = ${unit}`, 1);
      return hook && shown && { hook, shown };
    });
    if (!found) return;
    const body = JSON.stringify(messageOf({ event, what, at, signal: found.shown }));
    const secret = services.keyring.open(found.hook.secret, hookContext(unit));
    const failed = await post({ services, url: found.hook.url, body, key: event, secret });
    await tx((db) =>
      db.run(
        failed === undefined
          ? sql`update evaluation.hook set taken_at = kernel.now(), failures = 0, last_error = null where unit = ${unit}`
          : sql`update evaluation.hook set failures = failures + 1, last_error = ${failed} where unit = ${unit}`,
      ),
    );
    if (failed !== undefined) throw new Error(failed);
  },
};

function messageOf(options: { event: string; what: string; at: string; signal: SignalView }): Record<string, unknown> {
  const { event, what, at, signal } = options;
  const { id, level, rule, verified, app, caseNo, item, step, unit, holdsFrom, provisional, state, withdrawnWhy } =
    signal;
  return {
    specversion: '1.0',
    id: event,
    source: '/api/supervision/signals',
    type: `evaluation.signal.${what}`,
    subject: id,
    time: at,
    datacontenttype: 'application/json',
    data: { id, level, rule, verified, app, caseNo, item, step, unit, holdsFrom, provisional, state, withdrawnWhy },
  };
}

/** Undefined where it was taken, else why not. */
async function post(options: {
  services: Services;
  url: string;
  body: string;
  key: string;
  secret: string;
}): Promise<string | undefined> {
  const { services, url, body, key, secret } = options;
  const at = String(Math.floor(services.clock.now().getTime() / 1_000));
  try {
    const { status } = await createOutbound({
      targets: [{ origin: URL.parse(url)?.origin ?? '', networks: services.config.feedNetworks }],
      timeoutMs: ANSWER_MS,
      maxBytes: 64 * 1024,
      maxRedirects: 0,
      keepRedirects: true,
    })(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/cloudevents+json',
        'idempotency-key': key,
        'x-signature': `hmac-sm3 t=${at},v=${signature({ secret, at, key, body })}`,
      },
    });
    return status >= 200 && status < 300 ? undefined : `HTTP ${status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
