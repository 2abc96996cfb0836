import { createHash, createHmac } from 'node:crypto';
import type { JobHandler, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { createOutbound } from '#platform/kernel/outbound.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { SourceProblem } from '../connect/connector.ts';
import { explain } from '../feed/run-feed.ts';
import { acknowledge, nextPart, type Part, type SubscriptionRow, termsOf } from './changes.ts';
import { problemOf, refusalOf } from './deliverable.ts';
import { endSubscriptions } from './end-subscriptions.ts';
import { fillInbox } from './fill-inbox.ts';

/** Changes in one message to an outside endpoint. */
const PART = 1_000;
const ANSWER_MS = 15_000;
const LONGEST_WAIT = 300;

/**
 * Delivers what a taker has not had yet, in order, part after part (数据投递). To outside: at least once, with a key by which the
 * taker knows a repeat. Into the inbox of an app: exactly once, because rows and place commit together.
 */
export const deliver: JobHandler = {
  name: 'feed-deliver',
  attempts: 3,
  outside: true,
  async run({ payload, services, tx, signal, heartbeat }) {
    const id = payload.subscription ?? '';
    for (;;) {
      if (signal.aborted) throw new Error('stopped');
      try {
        const step = await tx((db) => prepareStep(db, { id, services }));
        if (step === 'done') return;
        if (step !== 'again') {
          await post({ services, ...step });
          if (!(await tx((db) => acknowledge(db, { ...step, rows: step.part.changes.length })))) return;
        }
      } catch (error) {
        if (signal.aborted) throw error;
        services.log.warn(
          { subscription: id, err: error instanceof Error ? error.message : String(error) },
          'not delivered',
        );
        await tx((db) => notTaken(db, id, error));
        return;
      }
      await heartbeat();
    }
  },
};

async function prepareStep(
  db: Db,
  options: { id: string; services: Services },
): Promise<'done' | 'again' | { subscription: SubscriptionRow; part: Part }> {
  const { id, services } = options;
  const subscription = await db.first<SubscriptionRow & { dataset: string }>(
    sql`select s.*, f.dataset from exchange.subscription s join exchange.feed f on f.id = s.feed where s.id = ${id}::uuid and s.state = 'active' for update of s`,
  );
  if (!subscription) return 'done';
  const terms = await termsOf(db, subscription.grant_id);
  if (!terms) {
    await endSubscriptions(db, id);
    return 'done';
  }
  const refused = await refusalOf(db, { services, terms, delivery: subscription });
  if (refused) {
    await notTaken(db, id, problemOf(refused));
    return 'done';
  }
  if (subscription.kind === 'inbox') return (await fillInbox(db, { subscription, terms, services })) ? 'again' : 'done';
  const part = await nextPart(db, { subscription, terms, size: PART });
  return part ? { subscription, part } : 'done';
}

/** Key of a message: the same for every try of the same part. */
export function messageKey(subscription: Pick<SubscriptionRow, 'id'>, part: Pick<Part, 'seq' | 'first'>): string {
  return `${subscription.id}:${part.seq}:${part.first}`;
}

async function post(options: { services: Services; subscription: SubscriptionRow; part: Part }): Promise<void> {
  const { services, subscription, part } = options;
  const url = subscription.url ?? '';
  const body = JSON.stringify({
    feed: subscription.feed,
    seq: part.seq,
    after: String(part.first),
    final: part.final,
    watermark: part.watermark,
    count: part.changes.length,
    changes: part.changes,
  });
  const key = messageKey(subscription, part);
  const at = String(Math.floor(services.clock.now().getTime() / 1000));
  const secret = services.keyring.open(subscription.secret ?? '', `subscription:${subscription.id}`);
  const reply = await createOutbound({
    targets: [{ origin: URL.parse(url)?.origin ?? '', networks: services.config.feedNetworks }],
    timeoutMs: ANSWER_MS,
    maxBytes: 64 * 1024,
    maxRedirects: 0,
    keepRedirects: true,
  })(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      'x-feed': subscription.feed,
      'x-seq': String(part.seq),
      'x-content-sm3': createHash('sm3').update(body).digest('hex'),
      'x-signature': `hmac-sm3 t=${at},v=${signature({ secret, at, key, body })}`,
    },
  });
  if (reply.status < 200 || reply.status > 299)
    throw new SourceProblem('TAKER_STATUS', {
      zh: `接收方回答 ${reply.status}`,
      en: `The taker answered ${reply.status}`,
    });
}

/** What the taker compares: HMAC-SM3 over time, key and body, base64url. */
export function signature(options: { secret: string; at: string; key: string; body: string }): string {
  return createHmac('sm3', options.secret).update(`${options.at}.${options.key}.${options.body}`).digest('base64url');
}

async function notTaken(db: Db, id: string, error: unknown): Promise<void> {
  const said = explain(error);
  await db.run(sql`
    update exchange.subscription set failures = failures + 1, last_error = ${json(said)}::text::jsonb,
      next_at = kernel.now() + least(power(2, least(failures, 12)), ${LONGEST_WAIT}::int) * interval '1 second'
    where id = ${id}::uuid`);
}
