import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { decideExtension } from '#platform/case/caller-extension.ts';
import { maskText } from '#platform/case/mask-text.ts';
import type { TakeService } from '#platform/exchange/gateway/take-service.ts';
import { NoExtension } from './errors.ts';
import { PushedExtension } from './order.ts';
import { findOrder, inHotline, note } from './order-row.ts';

/**
 * Takes what the city decided on more time that it was asked for (延期审批结果). Granted: the limit of the order moves, and the clock of the case gets longer by its own
 * mechanism. Refused: both stay as they were, and the unit reads why.
 */
export const takeExtension: TakeService = {
  id: 'take.hotline-extension',
  title: { zh: '接收市热线延期审批结果', en: 'Take what the city decided on more time' },
  body: PushedExtension,
  fields: {
    reason: {
      title: { zh: '审批意见', en: 'What the city says to it' },
      mark: { resource: 'grid.hotline-order', field: 'state', level: 'L2' },
    },
  },
  take: async ({ services, body }) => ({ value: await keepDecision(services, body as PushedExtension), rows: 1 }),
};

type Open = { id: string; state: string; until: Date | null; decidedBy: string; answer: string | null };
type Decided = { no: string; result: 'granted' | 'refused'; finishBy: string };

const openOf = (db: Db, order: string): Promise<Open | undefined> =>
  db.first<Open>(sql`
    select id, state, until, decided_by as "decidedBy", answer from grid.hotline_extension where hotline_order = ${order}::uuid and (state = 'sent' or answer is not null)
    order by at desc limit 1`);

async function keepDecision(services: Services, given: PushedExtension): Promise<Decided> {
  const { no, id, granted } = given;
  const now = services.clock.now();
  const fault = (pointer: string, rule: string, zh: string, en: string) =>
    InvalidInput.with({ fields: [{ pointer, rule, message: { zh, en } }] });
  if (Date.parse(given.at) > now.getTime() + 300_000)
    throw fault('/at', 'future', '审批时间晚于现在', 'lies in the future');
  const order = await inHotline(services, (db) => findOrder(db, no));
  if (!order) throw NotFound.with();
  const open = await inHotline(services, (db) => openOf(db, order.id));
  const result = granted ? 'granted' : 'refused';
  if (open?.answer === id) return { no, result, finishBy: order.finishDue.toISOString() };
  if (open?.state !== 'sent') throw NoExtension.with();
  const until = given.until === undefined ? open.until : new Date(given.until);
  if (granted && (!until || until <= order.finishDue))
    throw fault('/until', 'later', '应晚于现在的办结时限', 'has to be later than the limit now');
  const said = given.reason === undefined ? null : maskText(given.reason);
  if (order.report)
    await decideExtension(services, {
      report: order.report,
      account: open.decidedBy,
      granted,
      text: `市热线${granted ? '同意' : '不同意'}延期${said === null ? '' : `：${said}`}`,
    });
  return inHotline(services, async (db) => {
    const due = granted && until ? until : order.finishDue;
    const kept = await db.run(sql`
      update grid.hotline_extension set state = ${result}, due_after = ${granted ? due : null}::timestamptz, answer = ${id}, answered_at = ${now}::timestamptz, answer_words = ${said}::text
      where id = ${open.id}::uuid and state = 'sent'`);
    if (kept > 0) {
      await db.run(
        sql`update grid.hotline_order set extension = null, finish_due = ${due}::timestamptz where id = ${order.id}::uuid`,
      );
      note(db, { order: order.id, at: now, kind: `extension-${result}`, text: said });
      await db.emit({ type: 'grid.hotline.extension-decided', subject: order.id, data: { result } });
    }
    return { no, result, finishBy: due.toISOString() };
  });
}
