import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endClock } from '#platform/calendar/clock.ts';
import { WrongState } from '../errors.ts';
import { ownUnit } from '../scope.ts';
import { Done, Id, Line } from '../shapes.ts';
import { wishClock } from './clocks.ts';

/** Answers a wish (答复需求): will be opened, is open already or now, or is refused with the article. Ends the owner's clock. */
export const answerWish = route({
  method: 'POST',
  path: '/api/open-data/wishes/:id/answer',
  summary: { zh: '答复开放需求', en: 'Answer a wish' },
  allow: 'open-data.wish.answer',
  params: Id,
  body: Type.Object(
    {
      outcome: Type.Union([Type.Literal('accepted'), Type.Literal('opened'), Type.Literal('refused')]),
      text: Line(4, 1000),
      basis: Type.Optional(Line(4, 200)),
      dataset: Type.Optional(Line(3, 100)),
    },
    { additionalProperties: false },
  ),
  reply: Done,
  errors: [NotFound, WrongState, InvalidInput],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:wish-to-answer' },
      body: { outcome: 'accepted', text: '将于下季度去标识化后开放。' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-wish' },
      body: { outcome: 'accepted', text: '将于下季度去标识化后开放。' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body: { outcome, text, basis = null, dataset = null } }) => {
    const wish = await db.first<{ state: string; clock: string | null }>(
      sql`select state, clock from open_data.wish where id = ${id}::uuid and hidden_at is null and ${ownUnit(actor)} for update`,
    );
    if (!wish) throw NotFound.with();
    if (wish.state !== 'open' && wish.state !== 'accepted') throw WrongState.with({ extra: { state: wish.state } });
    if (outcome === 'refused' && basis === null)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/basis',
            rule: 'required',
            message: { zh: '不予开放须写明依据的条款', en: 'a refusal names the article' },
          },
        ],
      });
    if (
      outcome === 'opened' &&
      !(await db.first(sql`select id from open_data.dataset where id = ${dataset} and state = 'open'`))
    )
      throw InvalidInput.with({
        fields: [
          { pointer: '/dataset', rule: 'open', message: { zh: '请填写已开放的数据集', en: 'name a set that is open' } },
        ],
      });
    await db.run(sql`
      update open_data.wish set state = ${outcome}, reply = ${text}, basis = ${outcome === 'refused' ? basis : null}::text, replied_unit = ${actor.unit ?? ''}, replied_name = ${actor.name},
        replied_at = coalesce(replied_at, ${clock.now()}::timestamptz), dataset = coalesce(${outcome === 'opened' ? dataset : null}::text, dataset) where id = ${id}::uuid`);
    if (wish.clock !== null) await endClock(db, { kind: wishClock, clock: wish.clock });
    await db.emit({ type: 'open-data.wish.answered', subject: id, data: { outcome } });
    return { id, state: outcome };
  },
});
