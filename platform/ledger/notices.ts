import { systemActor } from '#platform/kernel/actor.ts';
import type { Mount, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { bookPayment } from './book-payment.ts';
import { bookRefund } from './book-refund.ts';
import { openDifference } from './difference.ts';
import { type Notice, NoticeRefused, openChannel } from './payment-channel.ts';

const LARGEST = 64 * 1024;
const actor = systemActor({ name: 'payment-notices' });

/**
 * Notices of the providers (支付通知、退款通知). Nobody signs in here: a notice is proven by its signature over the very bytes that came.
 * It is answered when what it says is committed; the same one again, late or in another order, changes nothing.
 */
export const notices: Mount = {
  path: '/api/ledger/notices',
  summary: { zh: '支付平台通知（验签）', en: 'Notices of payment providers (signed)' },
  allow: 'public',
  register(server, kernel) {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) =>
      done(null, body),
    );
    server.post<{ Params: { channel: string } }>('/api/ledger/notices/:channel', async (request, reply) => {
      const { services } = kernel;
      const channel = await openChannel(services, request.params.channel);
      if (!channel) return reply.callNotFound();
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, [value].flat()[0]]),
      );
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const answer = (outcome: Parameters<typeof channel.answer>[0]) => {
        const { status, body: text } = channel.answer(outcome);
        return reply.code(status).type('application/json').send(text);
      };
      try {
        const notice = channel.readNotice({ headers, body, now: services.clock.now() });
        await takeNotice(services, { channel: request.params.channel, notice });
        return answer({ taken: true });
      } catch (error) {
        if (!(error instanceof NoticeRefused)) throw error;
        services.log.warn({ channel: request.params.channel, why: error.message }, 'payment notice refused');
        return answer({ taken: false, why: error.message });
      }
    });
  },
};

/** Does what a proven notice says, once; notice and effect commit together. */
export async function takeNotice(services: Services, options: { channel: string; notice: Notice }): Promise<void> {
  const { channel, notice } = options;
  await services.database.tx({ module: 'ledger', actor }, async (db) => {
    const fresh = await db.run(sql`
      insert into ledger.notice (channel, id, kind, number, outcome) values (${channel}, ${notice.id}, ${notice.kind}, ${notice.number}, 'taken')
      on conflict do nothing`);
    if (fresh > 0) await act(db, channel, notice);
  });
  services.wake();
}

async function act(db: Db, channel: string, notice: Notice): Promise<void> {
  if (notice.kind === 'payment' && notice.trade.state === 'paid') {
    const found = await db.first<{ id: string }>(
      sql`select id from ledger.payment where channel = ${channel} and no = ${notice.number}`,
    );
    if (found) await bookPayment(db, { payment: found.id, trade: notice.trade, source: 'notice' });
    else await unknown(db, channel, { ...notice, kind: 'payment', theirs: notice.trade.amount, at: notice.trade.at });
  }
  if (notice.kind === 'refund') {
    const found = await db.first<{ id: string }>(
      sql`select r.id from ledger.refund r join ledger.payment p on p.id = r.payment where p.channel = ${channel} and r.no = ${notice.number}`,
    );
    if (found) await bookRefund(db, { refund: found.id, said: notice.refund });
    else if (notice.refund.state === 'refunded')
      await unknown(db, channel, { ...notice, kind: 'refund', theirs: notice.refund.amount, at: notice.refund.at });
  }
}

/** Money moved under a number that we never gave. */
async function unknown(
  db: Db,
  channel: string,
  said: { kind: 'payment' | 'refund'; number: string; theirs: bigint; at: Date },
): Promise<void> {
  const { kind: subject, number, theirs, at } = said;
  await openDifference(db, { channel, day: shanghaiDate(at), kind: 'missing-here', subject, number, theirs });
}
