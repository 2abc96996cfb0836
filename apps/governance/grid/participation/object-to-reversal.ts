import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ObjectionDecided } from './errors.ts';

const Params = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Text = Type.String({ minLength: 4, maxLength: 1000 });

/** Objects to points that were taken back (对冲回提出异议), once, in one's own words. What somebody withdrew themselves is not objected to. */
export const objectToReversal = route({
  allow: 'grid.participation.own',
  self: true,
  method: 'POST',
  path: '/api/grid/own-reversals/:id/object',
  summary: { zh: '对收回积分提出异议', en: 'Object to points taken back' },
  params: Params,
  body: Type.Object({ text: Text }, { additionalProperties: false }),
  reply: Type.Object({ asked: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:grid-reversal-own' }, body: { text: '当时确实看到了' } },
    foreign: { as: 'citizen', params: { id: 'fixture:grid-reversal-other' }, body: { text: '当时确实看到了' } },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const line = await db.first(
      sql`select 1 as there from grid.points where id = ${id}::uuid and kind = 'reversal' and note is not null`,
    );
    if (!line) throw NotFound.with();
    await db.run(sql`
      insert into grid.points_objection (reversal, person, text, asked_at)
      values (${id}::uuid, ${actor.person ?? ''}::uuid, ${body.text}, ${clock.now()}::timestamptz) on conflict (reversal) do nothing`);
    return { asked: true };
  },
});

/** Objections that wait for a decision, the oldest first (待复核的异议): what was taken back, why, and what they say. Not who. */
export const listObjections = route({
  allow: 'grid.pause.decide',
  method: 'GET',
  path: '/api/grid/objections',
  summary: { zh: '收回积分的异议', en: 'Objections to points taken back' },
  reply: Type.Object({
    objections: Type.Array(
      Type.Object({
        id: Type.String({ format: 'uuid' }),
        amount: Type.Integer(),
        why: Type.String(),
        text: Type.String(),
        askedAt: Type.String({ format: 'date-time' }),
      }),
    ),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db }) => {
    const rows = await db.rows<{ id: string; amount: number; why: string; text: string; askedAt: Date }>(sql`
      select o.reversal as id, -p.amount as amount, coalesce(p.note, '') as why, o.text, o.asked_at as "askedAt"
      from grid.points_objection o join grid.points p on p.id = o.reversal where o.outcome is null order by o.asked_at, o.reversal limit 200`);
    return { objections: rows.map((row) => ({ ...row, askedAt: row.askedAt.toISOString() })) };
  },
});

/** Decides on an objection (复核异议): a person, with a reason. Restored points are a line of their own. */
export const decideObjection = route({
  allow: 'grid.pause.decide',
  method: 'POST',
  path: '/api/grid/objections/:id/decide',
  summary: { zh: '复核收回积分的异议', en: 'Decide on an objection' },
  params: Params,
  body: Type.Object({ restored: Type.Boolean(), reason: Text }, { additionalProperties: false }),
  reply: Type.Object({ outcome: Type.String() }),
  errors: [NotFound, ObjectionDecided],
  examples: {
    own: {
      as: 'duty-officer',
      params: { id: 'fixture:grid-reversal-objected' },
      body: { restored: true, reason: '复核属实，恢复积分' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const held = await db.first<{ person: string; waits: boolean }>(
      sql`select person, outcome is null as waits from grid.points_objection where reversal = ${id}::uuid for update`,
    );
    if (!held) throw NotFound.with();
    if (!held.waits) throw ObjectionDecided.with();
    const now = clock.now();
    const outcome = body.restored ? 'restored' : 'upheld';
    await db.run(sql`
      update grid.points_objection set outcome = ${outcome}, outcome_reason = ${body.reason}, decided_by = ${actor.account}, decided_at = ${now}::timestamptz where reversal = ${id}::uuid`);
    if (body.restored)
      await db.run(sql`
        insert into grid.points (id, person, kind, amount, cause, day, at, of_line, note)
        select ${uuidv7()}::uuid, person, 'restored', -amount, ${`restored:${id}`}, day, ${now}::timestamptz, id, ${body.reason} from grid.points where id = ${id}::uuid
        on conflict (cause) do nothing`);
    return { outcome };
  },
});
