import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCentre } from './centre-record.ts';
import { AlreadyInLine, CentreClosed, FamilyNotServed, TicketMoved } from './hall-errors.ts';
import { queueRules } from './hall-rules.ts';
import { tickets } from './resources.ts';
import { FamilyCode, TakenSchema } from './ticket-kiosk.ts';
import { actOnTicket, holdTicket, placeOf, takeTicket, type TicketRow } from './ticket-record.ts';

const OWN = { allow: 'service-hall.ticket.own', self: true } as const;
const CentreCode = Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' });
export const TicketParams = Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });

/** Joins a line from afar (手机取号): the place runs on while the resident is on the way. */
export const joinLine = route({
  ...OWN,
  method: 'POST',
  path: '/api/service-hall/own-tickets',
  summary: { zh: '手机取号', en: 'Join a line' },
  status: 201,
  body: Type.Object(
    { centre: CentreCode, family: FamilyCode, priority: Type.Boolean() },
    { additionalProperties: false },
  ),
  reply: TakenSchema,
  errors: [NotFound, AlreadyInLine, CentreClosed, FamilyNotServed],
  examples: { own: { as: 'citizen', body: 'fixture:own-ticket' } },
  handler: async ({ db, actor, clock, body: { centre: code, family, priority } }) => {
    const now = clock.now();
    const centre = await readCentre(db, code);
    if (!centre || actor.person === undefined) throw NotFound.with();
    const rules = await queueRules(db, now);
    const asked = { centre, family, kind: 'virtual' as const, priority, person: actor.person };
    return { ...(await takeTicket(db, { asked, rules, now })), at: now.toISOString() };
  },
});

/** My tickets (我的排队): where I stand now, and the last ones that are over. */
export const listOwnTickets = route({
  ...OWN,
  method: 'GET',
  path: '/api/service-hall/own-tickets',
  summary: { zh: '我的排队', en: 'My tickets' },
  reply: Type.Object({
    at: Type.String({ format: 'date-time' }),
    tickets: Type.Array(
      Type.Object({
        ...itemOf(tickets, ['id', 'centre', 'number', 'family', 'state', 'since', 'calledAt', 'person']).properties,
        window: Type.Union([Type.Integer(), Type.Null()]),
        ahead: Type.Union([Type.Integer(), Type.Null()]),
        waitMinutes: Type.Union([Type.Integer(), Type.Null()]),
        /** Until when one that was called is kept. */
        keptUntil: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
      }),
    ),
  }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor, clock }) => {
    const now = clock.now();
    const rules = await queueRules(db, now);
    const rows = await db.rows<TicketRow & { person: string | null }>(sql`
      select id, centre, number, kind, family, priority, since, state, at_window as window, only_window as "onlyWindow", called_at as "calledAt", calls,
        served_at as "servedAt", ended_at as "endedAt", person
      from service_hall.ticket where person = ${actor.person ?? null}::uuid order by ended_at is not null, taken_at desc limit 10`);
    const shown = [];
    for (const row of rows) {
      const { id, centre, number, family, state, person, window } = row;
      const waits = state === 'waiting';
      const place = waits
        ? await placeOf(db, { ticket: { ...row, window: row.onlyWindow }, rules, now })
        : { ahead: null, waitMinutes: null };
      const kept = row.calledAt && row.endedAt === null && row.servedAt === null;
      shown.push({
        id,
        centre,
        number,
        family,
        state,
        person,
        window,
        ...place,
        since: row.since.toISOString(),
        calledAt: row.calledAt?.toISOString() ?? null,
        keptUntil: kept ? new Date(Number(row.calledAt) + rules.noShowMinutes * 60_000).toISOString() : null,
      });
    }
    return { at: now.toISOString(), tickets: shown };
  },
});

/** Leaves the line (取消排队), so that nobody is called in vain. */
export const leaveLine = route({
  ...OWN,
  method: 'POST',
  path: '/api/service-hall/own-tickets/:id/leave',
  summary: { zh: '取消排队', en: 'Leave the line' },
  params: TicketParams,
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, TicketMoved],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:ticket-own' } },
    foreign: { as: 'citizen', params: { id: 'fixture:ticket-foreign' } },
  },
  handler: async ({ db, clock, params: { id } }) => {
    const now = clock.now();
    const ticket = await holdTicket(db, id);
    if (!ticket) throw NotFound.with();
    const { state } = await actOnTicket(db, { ticket, act: { act: 'leave' }, rules: await queueRules(db, now), now });
    return { state };
  },
});
