import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { assertMine } from '../own-centres.ts';

/**
 * Registers the agent of a window's devices (登记读卡器、扫描仪、打印机) with its public key, in place of the one before: from now on only what that
 * key has signed counts as read. An agent runs on the clerk's own machine and is found there; simulators come with the sample and are registered by it.
 */
export const registerDevice = route({
  method: 'PUT',
  path: '/api/service-hall/centres/:centre/windows/:no/device',
  summary: { zh: '登记窗口外设', en: 'Register the devices of a window' },
  allow: 'service-hall.centre.run',
  params: Type.Object({ centre: Type.String({ maxLength: 61 }), no: Type.Integer({ minimum: 1, maximum: 999 }) }),
  body: Type.Object(
    {
      agent: Type.String({ pattern: '^http://127\\.0\\.0\\.1:[0-9]{2,5}$' }),
      model: Type.String({ minLength: 2, maxLength: 80 }),
      publicKey: Type.String({ pattern: '^04[0-9a-f]{128}$' }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String() }),
  errors: [NotFound, InvalidInput],
  examples: {
    own: {
      as: 'unit-head',
      params: { centre: 'fixture:centre', no: '9' },
      body: { agent: 'http://127.0.0.1:17450', model: '样例读卡器', publicKey: `04${'a1'.repeat(64)}` },
    },
    foreign: {
      as: 'unit-head',
      params: { centre: 'fixture:foreign-centre', no: '1' },
      body: { agent: 'http://127.0.0.1:17450', model: '样例读卡器', publicKey: `04${'a1'.repeat(64)}` },
    },
  },
  handler: async ({ db, actor, clock, params: { centre, no }, body: { agent, model, publicKey } }) => {
    await assertMine(db, centre);
    const window = await db.first(
      sql`select no from service_hall.service_window where centre = ${centre} and no = ${no}::int for update`,
    );
    if (!window) throw NotFound.with();
    const now = clock.now();
    await db.run(sql`
      update service_hall.device set ended_at = ${now}::timestamptz where centre = ${centre} and window_no = ${no}::int and ended_at is null`);
    const id = uuidv7();
    await db.run(sql`
      insert into service_hall.device (id, centre, window_no, agent, model, public_key, simulated, registered_by, registered_at)
      values (${id}::uuid, ${centre}, ${no}::int, ${agent}, ${model}, ${publicKey}, false, ${actor.account}, ${now}::timestamptz)`);
    return { id };
  },
});
