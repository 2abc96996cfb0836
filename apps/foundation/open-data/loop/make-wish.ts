import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { PORTAL_UNIT, unitExists, voiceOf } from '../scope.ts';
import { Done, Line } from '../shapes.ts';
import { wishClock } from './clocks.ts';
import { abusiveWords, noteModeration } from './moderate.ts';

/** Says which data somebody would like to have (提出开放需求). The unit that owns them answers within its time; who does not know it leaves it open. */
export const makeWish = route({
  method: 'POST',
  path: '/api/open-data/wishes',
  summary: { zh: '提出开放需求', en: 'Wish for data' },
  allow: 'signed-in',
  body: Type.Object(
    { title: Line(4, 80), text: Line(10, 1000), owner: Type.Optional(Line(2, 80)) },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Done,
  errors: [InvalidInput],
  examples: {
    own: {
      as: 'citizen',
      body: { title: '路内停车泊位历史数据', text: '希望开放路内停车泊位的位置与历史占用情况，便于开发找车位的应用。' },
    },
  },
  prepare: async ({ services, body: { owner = PORTAL_UNIT } }) => ({ known: await unitExists(services, owner) }),
  handler: async ({ db, actor, services, prepared, clock: time, body: { title, text, owner = PORTAL_UNIT } }) => {
    if (!prepared.known)
      throw InvalidInput.with({
        fields: [{ pointer: '/owner', rule: 'known', message: { zh: '没有这个单位', en: 'is no unit' } }],
      });
    const id = uuidv7();
    const words = await abusiveWords(db, title, text);
    const held = words.length > 0;
    const clock = held
      ? null
      : (await startClock(db, { kind: wishClock, subject: id, event: 'asked', of: { unit: owner } })).id;
    await db.run(sql`insert into open_data.wish (id, title, text, owner, author, state, clock, asked_at)
      values (${id}::uuid, ${title}, ${text}, ${owner}, ${voiceOf(services, actor)}, ${held ? 'held' : 'open'}, ${clock}::uuid, ${time.now()}::timestamptz)`);
    if (held) await noteModeration(db, { kind: 'wish', subject: id, step: 'held', words });
    return { id, state: held ? 'held' : 'open' };
  },
});
