import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { type Example, route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { ObjectionOpen, OwnLook } from './errors.ts';
import { objectionClock, OwnObjectionSchema, ownView, readObjection } from './record.ts';

const example = (entry: string): Example => ({
  as: 'citizen',
  body: { entry, text: '我没有申请过这项服务，请说明为什么查看。' },
});

/**
 * Objects to a look (提出异议): the person or enterprise that an entry is about says in their own words what is wrong with it. The
 * unit that looked must answer within the time of the rulebook; an entry about somebody else does not exist.
 */
export const fileObjection = route({
  method: 'POST',
  path: '/api/objection/objections',
  summary: { zh: '对一次查看提出异议', en: 'Object to a look' },
  allow: 'objection.file',
  body: Type.Object(
    { entry: Type.String({ format: 'uuid' }), text: Type.String({ minLength: 4, maxLength: 1000 }) },
    { additionalProperties: false },
  ),
  reply: OwnObjectionSchema,
  status: 201,
  self: true,
  errors: [NotFound, ObjectionOpen, OwnLook],
  examples: { own: example('fixture:own-look'), foreign: example('fixture:foreign-look') },
  handler: async ({ db, actor, services, clock, body }) => {
    const subject = subjectOf(actor);
    const look = await db.first<Look>(sql`
      select account, name, unit, post, at, route, purpose, fields from audit.own_look(${subject.kind}, ${body.entry}::uuid)`);
    if (!look) throw NotFound.with();
    if (look.account === actor.account) throw OwnLook.with();
    const now = clock.now();
    const id = uuidv7();
    const addressee = look.unit === null || look.post === 'unit-head' ? 'auditor' : 'unit';
    const open = await db.first(sql`
      select 1 as found from objection.objection where access_id = ${body.entry}::uuid and coalesce(objector_person::text, objector_entity) = ${subject.id} and state = 'open'`);
    if (open) throw ObjectionOpen.with();
    const { id: clockId } = await startClock(db, {
      kind: objectionClock,
      subject: id,
      event: 'filed',
      at: now,
      of: { unit: addressee === 'unit' ? look.unit : null },
    });
    const made = await db.run(sql`
      insert into objection.objection (id, access_id, objector_person, objector_entity, objector_name, filed_by, text, filed_at, looker_account, looker_name, looker_unit, looked_at, look_route, look_purpose, look_fields,
        addressee, clock, state)
      values (${id}::uuid, ${body.entry}::uuid, ${subject.kind === 'person' ? subject.id : null}::uuid, ${subject.kind === 'entity' ? subject.id : null}::text, ${actor.name},
        ${actor.account}, ${body.text.trim()}, ${now}::timestamptz, ${look.account}, ${look.name}, ${look.unit}::text, ${look.at}::timestamptz, ${look.route}, ${look.purpose}::text, ${look.fields}::text[], ${addressee}, ${clockId}::uuid, 'open')
      on conflict (access_id, (coalesce(objector_person::text, objector_entity))) where state = 'open' do nothing`);
    // Another window was faster: this clock goes with the transaction.
    if (made === 0) throw ObjectionOpen.with();
    await db.emit({ type: 'objection.filed', subject: id, data: { addressee, unit: look.unit ?? '' } });
    return ownView(await readObjection({ db, services, now, id }));
  },
});

type Look = {
  account: string;
  name: string;
  unit: string | null;
  post: string | null;
  at: Date;
  route: string;
  purpose: string | null;
  fields: string[];
};

/** The person or enterprise that the caller is. Who is matched with neither has no entries. */
function subjectOf(actor: Actor): { kind: 'person' | 'entity'; id: string } {
  if (actor.post === 'enterprise-agent' && actor.entity !== undefined) return { kind: 'entity', id: actor.entity };
  if (actor.post === 'citizen' && actor.person !== undefined) return { kind: 'person', id: actor.person };
  throw NotFound.with();
}
