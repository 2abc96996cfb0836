import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type HallWindow, readCentre, readFamilies, readWindows, skillsOf } from './centre-record.ts';
import { NobodyWaits, NoSkilledWindow, NotAtWindow, TicketMoved, WindowBusy, WindowTaken } from './hall-errors.ts';
import { queueRules } from './hall-rules.ts';
import { Words } from './list-centres.ts';
import { callingOrder, nextTicket } from './queue/next-ticket.ts';
import { FamilyCode } from './ticket-kiosk.ts';
import { TicketParams } from './ticket-own.ts';
import { actOnTicket, holdTicket, readWaiting, ticketAt, type TicketRow } from './ticket-record.ts';

const WORK = { allow: 'service-hall.queue.work' } as const;
const TicketSchema = Type.Object({
  id: Type.String(),
  number: Type.String(),
  kind: Type.String(),
  family: Type.String(),
  priority: Type.Boolean(),
  state: Type.String(),
  since: Type.String({ format: 'date-time' }),
  calledAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  calls: Type.Integer(),
});
const shown = ({ id, number, kind, family, priority, state, since, calledAt, calls }: TicketRow) => ({
  id,
  number,
  kind,
  family,
  priority,
  state,
  calls,
  since: since.toISOString(),
  calledAt: calledAt?.toISOString() ?? null,
});

type Seat = HallWindow & { centre: string };

/** The window at which the caller sits. */
async function seatOf(db: Db): Promise<Seat | undefined> {
  return db.first<Seat>(sql`
    select centre, no, families, clerk, clerk_name as "clerkName", seated_at as "seatedAt" from service_hall.service_window where clerk = ${db.actor.account}`);
}

/** The calling panel (叫号面板): my window, who is at it, whom I can call next, who was set aside. */
export const showQueue = route({
  ...WORK,
  method: 'GET',
  path: '/api/service-hall/queue',
  summary: { zh: '叫号面板', en: 'Calling panel' },
  reply: Type.Object({
    at: Type.String({ format: 'date-time' }),
    seat: Type.Union([
      Type.Object({ centre: Type.String(), no: Type.Integer(), skills: Type.Array(Type.String()) }),
      Type.Null(),
    ]),
    families: Type.Array(Type.Object({ code: Type.String(), title: Words })),
    centres: Type.Array(
      Type.Object({
        code: Type.String(),
        title: Words,
        windows: Type.Array(
          Type.Object({
            no: Type.Integer(),
            families: Type.Array(Type.String()),
            clerkName: Type.Union([Type.String(), Type.Null()]),
          }),
        ),
      }),
    ),
    current: Type.Union([TicketSchema, Type.Null()]),
    next: Type.Array(Type.Object({ family: Type.String(), since: Type.String(), priority: Type.Boolean() })),
    waiting: Type.Integer({ description: 'in the whole hall' }),
    passed: Type.Array(TicketSchema),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor, clock }) => {
    const now = clock.now();
    const [seat, families, mine] = await Promise.all([
      seatOf(db),
      readFamilies(db),
      db.one<{ codes: string[] }>(sql`select service_hall.my_centres() as codes`),
    ]);
    const centres = [];
    for (const code of mine.codes) {
      const centre = await readCentre(db, code);
      const windows = await readWindows(db, code);
      if (centre)
        centres.push({
          code,
          title: centre.title,
          windows: windows.map(({ no, families: those, clerkName }) => ({ no, families: those, clerkName })),
        });
    }
    const base = { at: now.toISOString(), families: families.map(({ code, title }) => ({ code, title })), centres };
    if (!seat) return { ...base, seat: null, current: null, next: [], waiting: 0, passed: [] };
    const of = { centre: seat.centre, now };
    const [rules, skills, waiting, current, passed] = await Promise.all([
      queueRules(db, now),
      skillsOf(db, { account: actor.account, window: seat, now }),
      readWaiting(db, of),
      ticketAt(db, { centre: seat.centre, window: seat.no }),
      passedAt(db, { centre: seat.centre, window: seat.no }),
    ]);
    const window = { no: seat.no, families: skills };
    const order = callingOrder({ waiting, window, advanceMinutes: rules.advanceMinutes });
    return {
      ...base,
      seat: { centre: seat.centre, no: seat.no, skills: [...skills] },
      current: current ? shown(current) : null,
      next: order.slice(0, 20).map(({ family, since, priority }) => ({ family, since: since.toISOString(), priority })),
      waiting: waiting.length,
      passed: passed.map(shown),
    };
  },
});

function passedAt(db: Db, of: { centre: string; window: number }): Promise<TicketRow[]> {
  return db.rows<TicketRow>(sql`
    select id, centre, number, kind, family, priority, since, state, at_window as window, only_window as "onlyWindow", called_at as "calledAt", calls,
      served_at as "servedAt", ended_at as "endedAt"
    from service_hall.ticket where centre = ${of.centre} and at_window = ${of.window}::int and state = 'passed' order by called_at`);
}

/**
 * Somebody is at the window: a ticket, or a visit of which a card was read. Whoever left it open could end it from nowhere else, and the window would be
 * nobody's. What broke off while it was sent waits for its clerk and keeps nobody.
 */
async function servesSomebody(db: Db, { centre, no }: Seat): Promise<boolean> {
  if (await ticketAt(db, { centre, window: no })) return true;
  const visit = await db.first(sql`
    select id from service_hall.counter_session where centre = ${centre} and window_no = ${no}::int and clerk = ${db.actor.account} and ended_at is null
      and card is not null and state <> 'sending'`);
  if (visit) return true;
  // Nothing was read yet: there is nothing to end but the beginning.
  await db.run(sql`
    update service_hall.counter_session set state = 'ended', ended_at = kernel.now()
    where centre = ${centre} and window_no = ${no}::int and clerk = ${db.actor.account} and ended_at is null and card is null`);
  return false;
}

/** Sits down at a window, or leaves it (窗口签到、离开). The window opens and closes with it. */
export const takeSeat = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/centres/:centre/windows/:no/seat',
  summary: { zh: '窗口签到、离开', en: 'Sit down at a window, or leave it' },
  params: Type.Object({ centre: Type.String({ maxLength: 61 }), no: Type.Integer({ minimum: 1, maximum: 999 }) }),
  body: Type.Object({ sit: Type.Boolean() }, { additionalProperties: false }),
  reply: Type.Object({ no: Type.Integer(), open: Type.Boolean() }),
  errors: [NotFound, WindowTaken, WindowBusy],
  examples: {
    own: { as: 'street-clerk', params: { centre: 'fixture:centre', no: '1' }, body: { sit: true } },
    foreign: { as: 'street-clerk', params: { centre: 'fixture:foreign-centre', no: '1' }, body: { sit: true } },
  },
  handler: async ({ db, actor, clock, params: { centre, no }, body: { sit } }) => {
    const found = await db.first<{ clerk: string | null }>(sql`
      select clerk from service_hall.service_window where centre = ${centre} and no = ${no}::int and centre = any (service_hall.my_centres()) for update`);
    if (!found) throw NotFound.with();
    if (found.clerk !== null && found.clerk !== actor.account) throw WindowTaken.with();
    const before = await seatOf(db);
    if (before && (await servesSomebody(db, before))) {
      if (sit && before.centre === centre && before.no === no) return { no, open: true };
      throw WindowBusy.with();
    }
    await db.run(
      sql`update service_hall.service_window set clerk = null, clerk_name = null, seated_at = null where clerk = ${actor.account}`,
    );
    if (sit)
      await db.run(sql`
        update service_hall.service_window set clerk = ${actor.account}, clerk_name = ${actor.name}, seated_at = ${clock.now()}::timestamptz
        where centre = ${centre} and no = ${no}::int`);
    return { no, open: sit };
  },
});

/** Calls the next one whom this window can serve (叫号). Two windows never call the same: the line of a centre is held meanwhile. */
export const callNext = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/queue/call',
  summary: { zh: '叫下一号', en: 'Call the next one' },
  reply: TicketSchema,
  errors: [NotAtWindow, WindowBusy, NobodyWaits],
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor, clock }) => {
    const now = clock.now();
    const seat = await seatOf(db);
    if (!seat) throw NotAtWindow.with();
    await db.run(sql`select pg_advisory_xact_lock(hashtextextended(${`service-hall calls ${seat.centre}`}, 0))`);
    if (await ticketAt(db, { centre: seat.centre, window: seat.no })) throw WindowBusy.with();
    const [rules, families, waiting] = await Promise.all([
      queueRules(db, now),
      skillsOf(db, { account: actor.account, window: seat, now }),
      readWaiting(db, { centre: seat.centre, now }),
    ]);
    const { advanceMinutes } = rules;
    const next = nextTicket({ waiting, window: { no: seat.no, families }, advanceMinutes });
    const ticket = next && (await holdTicket(db, next.id));
    if (!ticket) throw NobodyWaits.with();
    return shown(await actOnTicket(db, { ticket, act: { act: 'call', window: seat.no }, rules, now }));
  },
});

/** What a clerk does with the one at their window, or with one who was set aside there and is back (重呼、过号、办理、办结、转窗口). */
export const actAtWindow = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/tickets/:id/acts',
  summary: { zh: '处理排队号', en: 'Act on a ticket' },
  params: TicketParams,
  body: Type.Union([
    Type.Object(
      {
        act: Type.Union([
          Type.Literal('recall'),
          Type.Literal('pass'),
          Type.Literal('back'),
          Type.Literal('serve'),
          Type.Literal('finish'),
        ]),
      },
      { additionalProperties: false },
    ),
    Type.Object({ act: Type.Literal('transfer'), family: FamilyCode }, { additionalProperties: false }),
  ]),
  reply: TicketSchema,
  errors: [NotFound, NotAtWindow, TicketMoved, NoSkilledWindow],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:ticket-called' }, body: { act: 'pass' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:ticket-foreign' }, body: { act: 'recall' } },
  },
  handler: async ({ db, clock, params: { id }, body }) => {
    const now = clock.now();
    const ticket = await holdTicket(db, id);
    if (!ticket) throw NotFound.with();
    const seat = await seatOf(db);
    if (seat?.centre !== ticket.centre || seat.no !== ticket.window) throw NotAtWindow.with();
    const act =
      body.act === 'transfer'
        ? { act: body.act, family: body.family, window: await skilledWindow(db, { seat, family: body.family, now }) }
        : { act: body.act };
    return shown(await actOnTicket(db, { ticket, act, rules: await queueRules(db, now), now }));
  },
});

/**
 * Where somebody is sent who asks for what this window cannot do: the open window with the skill that has the shortest line of its
 * own. They wait on from the time from which they waited before, so they come next there.
 */
async function skilledWindow(db: Db, options: { seat: Seat; family: string; now: Date }): Promise<number> {
  const { seat, family, now } = options;
  const [windows, waiting] = await Promise.all([
    readWindows(db, seat.centre),
    readWaiting(db, { centre: seat.centre, now }),
  ]);
  const skilled: { no: number; sent: number }[] = [];
  for (const window of windows) {
    const { clerk, no } = window;
    if (clerk === null || no === seat.no) continue;
    const skills = await skillsOf(db, { account: clerk, window, now });
    if (skills.has(family)) skilled.push({ no, sent: waiting.filter((ticket) => ticket.window === no).length });
  }
  const [best] = skilled.toSorted((a, b) => a.sent - b.sent || a.no - b.no);
  if (!best) throw NoSkilledWindow.with();
  return best.no;
}
