import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { draw, poolDigest } from '#platform/inspection/draw.ts';
import { DrawNotDue } from './errors.ts';
import { DrawSchema, drawRows } from './own-points.ts';

const Title = Type.String({ minLength: 2, maxLength: 80 });
const past: FieldFault = {
  pointer: '/closesAt',
  rule: 'future',
  message: { zh: '截止时间要在现在之后', en: 'has to lie in the future' },
};

/** All draws with seed, digest and winning numbers (抽奖公示): anybody can compute them again. */
export const listDraws = route({
  method: 'GET',
  path: '/api/grid/draws',
  summary: { zh: '抽奖公示', en: 'Draws' },
  allow: 'public',
  reply: Type.Object({ draws: Type.Array(DrawSchema) }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => ({ draws: await drawRows(db) }),
});

/** Tickets of a draw, once it is drawn: with them and the seed the result can be computed. Numbers only. */
export const listTickets = route({
  method: 'GET',
  path: '/api/grid/draws/:id/tickets',
  summary: { zh: '抽奖号码池', en: 'Tickets of a draw' },
  allow: 'grid.draw.hold',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({ tickets: Type.Array(Type.String()) }),
  errors: [NotFound],
  examples: { own: { as: 'duty-officer', params: { id: 'fixture:grid-draw-due' } } },
  handler: async ({ db, params: { id } }) => {
    if (!(await db.first(sql`select 1 as there from grid.draw where id = ${id}::uuid`))) throw NotFound.with();
    const rows = await db.rows<{ id: string }>(sql`select id from grid.ticket where draw = ${id}::uuid order by id`);
    return { tickets: rows.map((row) => row.id) };
  },
});

/** Opens a draw (发布抽奖): the seed is made and published before the first ticket is given. */
export const openDraw = route({
  method: 'POST',
  path: '/api/grid/draws',
  summary: { zh: '发布抽奖', en: 'Open a draw' },
  allow: 'grid.draw.hold',
  body: Type.Object(
    {
      zh: Title,
      en: Title,
      cost: Type.Integer({ minimum: 1, maximum: 1000 }),
      winners: Type.Integer({ minimum: 1, maximum: 1000 }),
      closesAt: Type.String({ format: 'date-time' }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String({ format: 'uuid' }), seed: Type.String() }),
  errors: [InvalidInput],
  examples: {
    own: {
      as: 'duty-officer',
      body: { zh: '样例抽奖', en: 'Sample draw', cost: 2, winners: 1, closesAt: '2099-01-01T00:00:00Z' },
    },
  },
  handler: async ({ db, actor, clock, body }) => {
    const now = clock.now();
    if (Date.parse(body.closesAt) <= now.getTime()) throw InvalidInput.with({ fields: [past] });
    const [id, seed] = [uuidv7(), randomBytes(32).toString('hex')];
    await db.run(sql`
      insert into grid.draw (id, title, cost, winners, seed, opened_at, opened_by, closes_at)
      values (${id}::uuid, ${JSON.stringify({ zh: body.zh, en: body.en })}::text::jsonb, ${body.cost}::int, ${body.winners}::int, ${seed}, ${now}::timestamptz, ${actor.account},
        ${body.closesAt}::timestamptz)`);
    return { id, seed };
  },
});

/** Draws (开奖): the tickets in the order of SM3 over seed and number, as in inspections; the same input gives the same result anywhere. */
export const holdDraw = route({
  method: 'POST',
  path: '/api/grid/draws/:id/draw',
  summary: { zh: '开奖', en: 'Draw' },
  allow: 'grid.draw.hold',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({ won: Type.Array(Type.String()), poolDigest: Type.String() }),
  errors: [NotFound, DrawNotDue],
  examples: { own: { as: 'duty-officer', params: { id: 'fixture:grid-draw-due' } } },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const now = clock.now();
    const held = await db.first<{ seed: string; winners: number; due: boolean }>(sql`
      select seed, winners, drawn_at is null and closes_at <= ${now}::timestamptz as due from grid.draw where id = ${id}::uuid for update`);
    if (!held) throw NotFound.with();
    if (!held.due) throw DrawNotDue.with();
    const rows = await db.rows<{ id: string }>(sql`select id from grid.ticket where draw = ${id}::uuid order by id`);
    const tickets = rows.map((row) => row.id);
    const won = winnersOf({ seed: held.seed, tickets, winners: held.winners });
    const digest = poolDigest(tickets);
    await db.run(sql`
      update grid.draw set drawn_at = ${now}::timestamptz, drawn_by = ${actor.account}, pool_digest = ${digest}, won = ${won}::uuid[] where id = ${id}::uuid`);
    return { won, poolDigest: digest };
  },
});

/** The tickets that win; all of them where there are no more than prizes. */
export function winnersOf(of: { seed: string; tickets: readonly string[]; winners: number }): string[] {
  const howMany = Math.min(of.winners, new Set(of.tickets).size);
  if (howMany === 0) return [];
  return draw({ seed: of.seed, targets: of.tickets, howMany, inspectors: [], perTask: 0 }).map(({ target }) => target);
}
