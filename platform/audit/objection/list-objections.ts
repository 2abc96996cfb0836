import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { answerableBy, filedBy, ObjectionSchema, OwnObjectionSchema, ownView, readObjections } from './record.ts';

/** My objections (我的异议) with state, deadline and answer; open ones first. */
export const listOwnObjections = route({
  method: 'GET',
  path: '/api/objection/objections/own',
  summary: { zh: '我提出的异议', en: 'My objections' },
  allow: 'objection.file',
  self: true,
  reply: Type.Object({ objections: Type.Array(OwnObjectionSchema) }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor, services, clock }) => {
    const found = await readObjections({ db, services, now: clock.now(), where: filedBy(actor) });
    return { objections: found.map(ownView) };
  },
});

/** The inbox of who answers (异议收件箱): a head sees what the unit has to answer, the security auditor all of the district. */
export const listObjections = route({
  method: 'GET',
  path: '/api/objection/objections',
  summary: { zh: '待答复的异议', en: 'Objections to answer' },
  allow: 'objection.answer',
  query: Type.Object(
    { state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('answered'), Type.Literal('withdrawn')])) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ objections: Type.Array(ObjectionSchema) }),
  examples: { own: { as: 'unit-head', purpose: 'rights-request' } },
  handler: async ({ db, actor, services, clock, query }) => {
    const scope = answerableBy(actor);
    const where = query.state ? sql`${scope} and o.state = ${query.state}` : scope;
    return { objections: await readObjections({ db, services, now: clock.now(), where }) };
  },
});
