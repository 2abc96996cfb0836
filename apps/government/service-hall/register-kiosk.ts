import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { kioskDigest, newKioskToken } from './kiosk-key.ts';
import { assertMine } from './own-centres.ts';

/**
 * Registers a kiosk (登记取号机). It gets a secret, shown once, that stays in its browser: with it tickets of this centre are taken
 * and nothing else, so that nobody's session stands open in a hall.
 */
export const registerKiosk = route({
  method: 'POST',
  path: '/api/service-hall/kiosks',
  summary: { zh: '登记取号机', en: 'Register a kiosk' },
  allow: 'service-hall.centre.run',
  shownOnce: true,
  status: 201,
  body: Type.Object(
    { centre: Type.String({ maxLength: 61 }), name: Type.String({ minLength: 2, maxLength: 60 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String(), token: Type.String() }),
  errors: [NotFound],
  examples: { own: { as: 'unit-head', body: { centre: 'fixture:centre', name: '一楼取号机' } } },
  handler: async ({ db, actor, clock, services, body }) => {
    await assertMine(db, body.centre);
    const id = uuidv7();
    const token = newKioskToken();
    await db.run(sql`
      insert into service_hall.kiosk (id, centre, name, token_hash, registered_by, registered_at)
      values (${id}::uuid, ${body.centre}, ${body.name}, ${kioskDigest(services, token)}, ${actor.account}, ${clock.now()}::timestamptz)`);
    return { id, token };
  },
});

/** Ends a kiosk (注销取号机): its secret opens nothing from now on. */
export const endKiosk = route({
  method: 'POST',
  path: '/api/service-hall/kiosks/:id/end',
  summary: { zh: '注销取号机', en: 'End a kiosk' },
  allow: 'service-hall.centre.run',
  params: Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) }),
  reply: Type.Object({ ended: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:kiosk' } },
    foreign: { as: 'unit-head', params: { id: 'fixture:foreign-kiosk' } },
  },
  handler: async ({ db, clock, params: { id } }) => {
    const touched = await db.run(
      sql`update service_hall.kiosk set ended_at = coalesce(ended_at, ${clock.now()}::timestamptz) where id = ${id}::uuid`,
    );
    if (touched === 0) throw NotFound.with();
    return { ended: true };
  },
});
