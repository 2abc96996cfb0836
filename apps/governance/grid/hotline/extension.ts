import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import { isCalendarDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type AskedExtension, decideExtension, extensionAsked } from '#platform/case/caller-extension.ts';
import { REFUSALS } from '#platform/case/errors.ts';
import type { OutsideLimits } from '#platform/case/hooks.ts';
import { maskText } from '#platform/case/mask-text.ts';
import { ExtensionLate, NoExtension } from './errors.ts';
import { ORDER_NO } from './order.ts';
import { findOrder, holdOrder, inHotline, note, type OrderRow, queueTell } from './order-row.ts';

const Words = Type.String({ minLength: 4, maxLength: 500 });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const MaybeMoment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);
const Separation = REFUSALS.separation;

/** On a case that an open order stands in the city has set a limit: its unit's leader gives no more time, the city does. */
export const cityLimits: OutsideLimits = {
  bound: async ({ services, no }) =>
    (await inHotline(services, (db) =>
      db.first(
        sql`select 1 as bound from grid.hotline_order where case_no = ${no} and state = 'filed' and finished_at is null limit 1`,
      ),
    )) !== undefined,
};

/** More time that was, or is, asked for (延期). */
export const ExtensionView = Type.Object({
  /** `asked`: by the unit, and the centre has not decided; `sent`: the city has been asked. */
  state: Type.String(),
  reason: Type.String(),
  document: Type.String(),
  unit: MaybeText,
  until: MaybeMoment,
  /** Of whom the unit asks; it cannot be the same who decides. */
  mine: Type.Boolean(),
  words: MaybeText,
  dueBefore: MaybeMoment,
  dueAfter: MaybeMoment,
  answerWords: MaybeText,
  at: MaybeMoment,
});

/** What the unit asks for, and what was decided before, the newest first. */
export async function extensionsOf(
  db: Db,
  of: { order: OrderRow; asked: AskedExtension | undefined; account: string },
) {
  const { order, asked, account } = of;
  const rows = await db.rows<{
    state: string;
    reason: string;
    document: string;
    unit: string | null;
    until: Date | null;
    words: string;
    dueBefore: Date;
    dueAfter: Date | null;
    answerWords: string | null;
    at: Date;
  }>(sql`
    select state, reason, document, unit, until, words, due_before as "dueBefore", due_after as "dueAfter", answer_words as "answerWords", at
    from grid.hotline_extension where hotline_order = ${order.id}::uuid order by at desc limit 20`);
  const open = asked && !rows.some(({ state }) => state === 'sent');
  return [
    ...(open
      ? [
          {
            state: 'asked',
            reason: asked.reason,
            document: asked.document,
            unit: asked.unit,
            until: endOf(asked.until)?.toISOString() ?? null,
            mine: asked.by === account,
            words: null,
            dueBefore: order.finishDue.toISOString(),
            dueAfter: null,
            answerWords: null,
            at: null,
          },
        ]
      : []),
    ...rows.map((row) => ({
      ...row,
      mine: false,
      until: row.until?.toISOString() ?? null,
      dueBefore: row.dueBefore.toISOString(),
      dueAfter: row.dueAfter?.toISOString() ?? null,
      at: row.at.toISOString(),
    })),
  ];
}

/** A day counts to its end in Shanghai. */
const DAY_MS = 86_400_000;
const endOf = (day: string | null): Date | undefined =>
  day === null || !isCalendarDate(day) ? undefined : new Date(shanghaiMidnight(day).getTime() + DAY_MS - 1_000);

/**
 * The centre decides on more time that the unit asked for (延期审核), another person than the one who asked: it asks the city for it, or says no; what the city has not decided yet can be taken back. The limit stays as it
 * is until the city has granted it; the clock of the case gets longer with the city's word and by its own mechanism.
 */
export const decideOnExtension = route({
  method: 'POST',
  path: '/api/grid/hotline/orders/:no/extension',
  summary: { zh: '审核延期并报市热线', en: 'Decide on more time and ask the city' },
  allow: 'grid.hotline.extend',
  params: Type.Object({ no: Type.String({ pattern: ORDER_NO }) }),
  body: Type.Object(
    {
      approve: Type.Boolean(),
      /** The last day that the city is asked for; without it the day that the unit named. */
      until: Type.Optional(Type.String({ format: 'date' })),
      text: Words,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ no: Type.String(), state: Type.String(), until: MaybeMoment }),
  errors: [NotFound, NoExtension, ExtensionLate, InvalidInput, Separation],
  examples: {
    own: {
      as: 'duty-officer',
      params: { no: 'fixture:hotline-to-extend' },
      body: { approve: true, until: '2099-12-31', text: '定制件尚未到货，情况属实' },
    },
  },
  prepare: async ({ services, actor, params: { no }, body }) => {
    const order = await inHotline(services, (db) => findOrder(db, no));
    if (!order) throw NotFound.with();
    const asked = await askedOf(services, order, body.approve);
    if (asked.by === actor.account) throw Separation.with();
    const { report } = order;
    if (!body.approve) {
      await decideExtension(services, {
        report: report ?? '',
        account: actor.account,
        granted: false,
        text: maskText(body.text),
      });
      return { asked, until: endOf(asked.until) ?? null };
    }
    const now = services.clock.now();
    if (now >= order.finishDue) throw ExtensionLate.with();
    const until = endOf(body.until ?? asked.until);
    if (!until) throw faultAt('required', '请填写延至哪一天', 'say until which day');
    if (until <= order.finishDue) throw faultAt('later', '应晚于现在的办结时限', 'has to be later than the limit now');
    return { asked, until };
  },
  handler: async ({ db, actor, clock, params: { no }, body, prepared: { asked, until } }) => {
    const order = await holdOrder(db, no);
    if (!order) throw NotFound.with();
    const sent = order.extension === 'sent';
    if ((body.approve && sent) || order.finishedAt) throw NoExtension.with();
    const now = clock.now();
    const words = maskText(body.text);
    if (sent) {
      await db.run(sql`
        update grid.hotline_extension set state = 'denied', answer_words = ${words}, answered_at = ${now}::timestamptz where hotline_order = ${order.id}::uuid and state = 'sent'`);
      await db.run(sql`update grid.hotline_order set extension = null where id = ${order.id}::uuid`);
      await queueTell(db, order, { status: 'extension-withdrawn', at: now, text: words });
      note(db, { order: order.id, at: now, kind: 'extension-denied', text: words });
      return { no, state: 'denied', until: null };
    }
    const state = body.approve ? 'sent' : 'denied';
    const reason = maskText(asked.reason);
    const seq = body.approve
      ? await queueTell(db, order, {
          status: 'extension-asked',
          at: now,
          reason,
          text: words,
          until: until ?? order.finishDue,
        })
      : null;
    await db.run(sql`
      insert into grid.hotline_extension (id, hotline_order, state, reason, document, unit, until, asked_by, decided_by, decided_name, words, at, seq, due_before)
      values (${uuidv7()}::uuid, ${order.id}::uuid, ${state}, ${reason}, ${asked.document}, ${asked.unit}::text, ${until}::timestamptz, ${asked.by}, ${actor.account}, ${actor.name},
        ${words}, ${now}::timestamptz, ${seq}::int, ${order.finishDue}::timestamptz)`);
    await db.run(
      sql`update grid.hotline_order set extension = ${body.approve ? 'sent' : null}::text where id = ${order.id}::uuid`,
    );
    note(db, { order: order.id, at: now, kind: body.approve ? 'extension-sent' : 'extension-denied', text: words });
    return { no, state, until: until?.toISOString() ?? null };
  },
});

/** What the unit asks for. One request at a time; while the city thinks it over the centre can only take it back. */
async function askedOf(services: Services, order: OrderRow, approve: boolean): Promise<AskedExtension> {
  if (order.state !== 'filed' || !order.report || order.finishedAt || (approve && order.extension === 'sent'))
    throw NoExtension.with();
  const asked = await extensionAsked(services, { report: order.report });
  if (!asked) throw NoExtension.with();
  return asked;
}

const faultAt = (rule: string, zh: string, en: string) =>
  InvalidInput.with({ fields: [{ pointer: '/until', rule, message: { zh, en } } satisfies FieldFault] });
