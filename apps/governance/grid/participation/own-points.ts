import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { DrawClosed, NotEnoughPoints, SoldOut } from './errors.ts';
import { draws, pause, points } from './resources.ts';

const OWN = { allow: 'grid.participation.own', self: true } as const;
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.String({ format: 'date-time' });

type DrawRow = {
  id: string;
  title: { zh: string; en: string };
  cost: number;
  winners: number;
  seed: string;
  openedAt: Date;
  closesAt: Date;
  drawnAt: Date | null;
  poolDigest: string | null;
};
export const DrawSchema = Type.Object({
  ...itemOf(draws, ['id', 'title', 'cost', 'winners', 'seed', 'openedAt', 'closesAt', 'drawnAt', 'poolDigest'])
    .properties,
  won: Type.Array(Type.String()),
});
export async function drawRows(db: Db) {
  const rows = await db.rows<DrawRow & { won: string[] }>(sql`
    select id, title, cost, winners, seed, opened_at as "openedAt", closes_at as "closesAt", drawn_at as "drawnAt", pool_digest as "poolDigest", won
    from grid.draw order by opened_at desc limit 20`);
  return rows.map((row) => ({
    ...row,
    openedAt: row.openedAt.toISOString(),
    closesAt: row.closesAt.toISOString(),
    drawnAt: row.drawnAt?.toISOString() ?? null,
  }));
}

/** My points (我的积分): what I have and from what, what I can have for them, my badges and my tickets. Of others nothing, and no place in any order. */
export const showPoints = route({
  ...OWN,
  method: 'GET',
  path: '/api/grid/points',
  summary: { zh: '我的积分', en: 'My points' },
  reply: Type.Object({
    balance: Type.Integer(),
    rules: Type.Object({ report: Type.Number(), follower: Type.Number(), day: Type.Number() }),
    badges: Type.Array(Type.String()),
    lines: Type.Array(
      Type.Object({
        ...itemOf(points, ['id', 'person', 'kind', 'amount', 'at', 'note']).properties,
        /** Points of the line that this one takes back or gives again. */
        earned: Type.Union([Type.Integer(), Type.Null()]),
        objection: Type.Union([
          Type.Object({
            text: Type.String(),
            outcome: Type.Union([Type.String(), Type.Null()]),
            reason: Type.Union([Type.String(), Type.Null()]),
          }),
          Type.Null(),
        ]),
      }),
    ),
    vouchers: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Words,
        cost: Type.Integer(),
        left: Type.Integer(),
        validTo: Type.String(),
      }),
    ),
    redeemed: Type.Array(Type.Object({ voucher: Type.String(), title: Words, code: Type.String(), at: Moment })),
    draws: Type.Array(Type.Object({ ...DrawSchema.properties, ticket: Type.Union([Type.String(), Type.Null()]) })),
    pauses: Type.Array(itemOf(pause, ['id', 'reason', 'until', 'decidedAt', 'appeal', 'outcome', 'outcomeReason'])),
  }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, clock }) => {
    const now = clock.now();
    const rules = await amountsAt(
      db,
      {
        report: { id: 'grid.points.report', unit: 'point' },
        follower: { id: 'grid.points.follower', unit: 'percent' },
        day: { id: 'grid.points.day', unit: 'point' },
      },
      now,
    );
    const held = await db.first<{ amount: number }>(sql`select amount from grid.points_balance`);
    const lines = await db.rows<{
      id: string;
      person: string;
      kind: string;
      amount: number;
      at: Date;
      note: string | null;
      earned: number | null;
      objection: { text: string; outcome: string | null; reason: string | null } | null;
    }>(sql`
      select p.id, p.person, p.kind, p.amount, p.at, p.note, e.amount as earned,
        case when o.reversal is not null then jsonb_build_object('text', o.text, 'outcome', o.outcome, 'reason', o.outcome_reason) end as objection
      from grid.points p left join grid.points e on e.id = p.of_line left join grid.points_objection o on o.reversal = p.id order by p.at desc, p.id desc limit 100`);
    const { reports, adopted } = await db.one<{ reports: number; adopted: number }>(sql`
      select (select count(*)::int from grid.points p where kind = 'report'
          and not exists (select 1 from grid.points r where r.of_line = p.id and r.kind = 'reversal')) as reports,
        (select count(*)::int from grid.adoption where state in ('approved', 'ended') and until is not null) as adopted`);
    const vouchers = await db.rows<{
      id: string;
      title: { zh: string; en: string };
      cost: number;
      left: number;
      validTo: string;
    }>(
      sql`select id, title, cost, stock as left, valid_to::text as "validTo" from grid.voucher where valid_to >= ${shanghaiDate(now)}::date order by cost, id limit 100`,
    );
    const redeemed = await db.rows<{ voucher: string; title: { zh: string; en: string }; code: string; at: Date }>(sql`
      select r.voucher, v.title, r.code, r.at from grid.redemption r join grid.voucher v on v.id = r.voucher order by r.at desc limit 50`);
    const tickets = await db.rows<{ id: string; draw: string }>(sql`select id, draw from grid.ticket`);
    const ticketOf = new Map(tickets.map(({ id, draw }) => [draw, id]));
    const pauses = await db.rows<{
      id: string;
      reason: string;
      until: string;
      decidedAt: Date;
      appeal: string | null;
      outcome: string | null;
      outcomeReason: string | null;
    }>(sql`
      select id, reason, until::text, decided_at as "decidedAt", appeal, outcome, outcome_reason as "outcomeReason" from grid.pause order by decided_at desc limit 20`);
    return {
      balance: held?.amount ?? 0,
      rules,
      badges: badgesOf({ reports, adopted }),
      lines: lines.map((line) => ({ ...line, at: line.at.toISOString() })),
      vouchers,
      redeemed: redeemed.map((each) => ({ ...each, at: each.at.toISOString() })),
      draws: (await drawRows(db)).map((each) => ({ ...each, ticket: ticketOf.get(each.id) ?? null })),
      pauses: pauses.map((each) => ({ ...each, decidedAt: each.decidedAt.toISOString() })),
    };
  },
});

/** Badges (徽章) for what somebody did, each the same for everybody: no order among them. */
export function badgesOf({ reports, adopted }: { reports: number; adopted: number }): string[] {
  return [
    ...(reports >= 1 ? ['first'] : []),
    ...(reports >= 10 ? ['steady'] : []),
    ...(adopted >= 1 ? ['keeper'] : []),
  ];
}

/** Takes points from the caller; the ledger keeps them from going below zero, whoever comes at once. */
async function spend(
  db: Db,
  of: { person: string; kind: 'voucher' | 'ticket'; cost: number; cause: string; now: Date },
): Promise<void> {
  await db.run(sql`select pg_advisory_xact_lock(hashtextextended(${of.person}, 70))`);
  const held = await db.first<{ amount: number }>(sql`select amount from grid.points_balance`);
  if ((held?.amount ?? 0) < of.cost) throw NotEnoughPoints.with();
  await db.run(sql`
    insert into grid.points (id, person, kind, amount, cause, day, at)
    values (${uuidv7()}::uuid, ${of.person}::uuid, ${of.kind}, ${-of.cost}::int, ${of.cause}, ${shanghaiDate(of.now)}::date, ${of.now}::timestamptz)`);
}

/** Has a voucher for points (兑换): points, stock and code in one transaction, all or nothing. */
export const redeemVoucher = route({
  ...OWN,
  method: 'POST',
  path: '/api/grid/vouchers/:id/redeem',
  summary: { zh: '兑换', en: 'Redeem points' },
  params: Type.Object({ id: Type.String({ pattern: '^[a-z0-9-]{2,40}$' }) }),
  status: 201,
  reply: Type.Object({ code: Type.String() }),
  errors: [NotFound, NotEnoughPoints, SoldOut],
  examples: { own: { as: 'citizen', params: { id: 'fixture:grid-voucher' } } },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const now = clock.now();
    const person = actor.person ?? '';
    const voucher = await db.first<{ cost: number }>(sql`select cost from grid.voucher where id = ${id}`);
    if (!voucher) throw NotFound.with();
    const redemption = uuidv7();
    await spend(db, { person, kind: 'voucher', cost: voucher.cost, cause: `voucher:${redemption}`, now });
    const taken = await db.run(
      sql`update grid.voucher set stock = stock - 1 where id = ${id} and stock > 0 and valid_to >= ${shanghaiDate(now)}::date`,
    );
    if (taken === 0) throw SoldOut.with();
    const code = randomBytes(6).toString('hex').toUpperCase();
    await db.run(sql`
      insert into grid.redemption (id, voucher, person, code, at) values (${redemption}::uuid, ${id}, ${person}::uuid, ${code}, ${now}::timestamptz)`);
    return { code };
  },
});

/** Takes part in a draw (参加抽奖): one ticket for each person, a random number. */
export const takeTicket = route({
  ...OWN,
  method: 'POST',
  path: '/api/grid/draws/:id/tickets',
  summary: { zh: '参加抽奖', en: 'Take a ticket' },
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  status: 201,
  reply: Type.Object({ ticket: Type.String() }),
  errors: [NotFound, NotEnoughPoints, DrawClosed],
  examples: { own: { as: 'citizen', params: { id: 'fixture:grid-draw-open' } } },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const now = clock.now();
    const person = actor.person ?? '';
    // Held against the draw itself: nobody gets a ticket while it is being drawn.
    const found = await db.first<{ cost: number; open: boolean }>(
      sql`select cost, drawn_at is null and closes_at > ${now}::timestamptz as open from grid.draw where id = ${id}::uuid for update`,
    );
    if (!found) throw NotFound.with();
    if (!found.open) throw DrawClosed.with();
    const ticket = crypto.randomUUID();
    const made = await db.run(sql`
      insert into grid.ticket (id, draw, person, at) values (${ticket}::uuid, ${id}::uuid, ${person}::uuid, ${now}::timestamptz) on conflict (draw, person) do nothing`);
    if (made === 0) throw DrawClosed.with();
    await spend(db, { person, kind: 'ticket', cost: found.cost, cause: `ticket:${ticket}`, now });
    return { ticket };
  },
});
