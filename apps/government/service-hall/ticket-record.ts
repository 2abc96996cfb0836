import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { isOpenAt } from './centre-hours.ts';
import { type Centre, readFamilies, readWindows } from './centre-record.ts';
import { AlreadyInLine, CentreClosed, FamilyNotServed, TicketMoved } from './hall-errors.ts';
import type { QueueRules } from './hall-rules.ts';
import { estimateWait } from './queue/estimate-wait.ts';
import { aheadOf, type WaitingTicket } from './queue/next-ticket.ts';
import { moveTicket, type TicketAct, type TicketFacts } from './ticket-state.ts';

/** Series of the numbers of a day at a centre (排队号). */
const SERIES = 'service-hall-ticket';

export type TicketRow = TicketFacts & {
  id: string;
  centre: string;
  number: string;
  kind: 'walk-in' | 'appointment' | 'virtual';
  priority: boolean;
  since: Date;
};
const COLUMNS = sql`id, centre, number, kind, family, priority, since, state, at_window as window, only_window as "onlyWindow",
  called_at as "calledAt", calls, served_at as "servedAt", ended_at as "endedAt"`;

/** Everybody who waits at a centre today, without who they are. */
export async function readWaiting(db: Db, of: { centre: string; now: Date }): Promise<WaitingTicket[]> {
  return db.rows<WaitingTicket>(sql`
    select id, family, since, priority, only_window as window from service_hall.waiting(${of.centre}, ${shanghaiDate(of.now)}::date)`);
}

/** Where a ticket stands in its line, and how long that will be. */
export async function placeOf(
  db: Db,
  options: { ticket: WaitingTicket & { centre: string }; rules: QueueRules; now: Date },
): Promise<{ ahead: number; waitMinutes: number | null }> {
  const { ticket, rules, now } = options;
  const [waiting, windows] = await Promise.all([
    readWaiting(db, { centre: ticket.centre, now }),
    readWindows(db, ticket.centre),
  ]);
  const ahead = aheadOf({ waiting, ticket, advanceMinutes: rules.advanceMinutes });
  const open = windows.filter(({ clerk, families }) => clerk !== null && families.includes(ticket.family)).length;
  return { ahead, waitMinutes: estimateWait({ ahead, windows: open, serviceMinutes: rules.serviceMinutes }) };
}

export type NewTicket = {
  centre: Centre;
  family: string;
  kind: TicketRow['kind'];
  priority: boolean;
  since?: Date;
  person?: string;
  appointment?: string;
};
export type TakenTicket = { id: string; number: string; ahead: number; waitMinutes: number | null };

/** Puts somebody into a line of an open centre (取号). Times are the server's. */
export async function takeTicket(
  db: Db,
  options: { asked: NewTicket; rules: QueueRules; now: Date },
): Promise<TakenTicket> {
  const { asked, rules, now } = options;
  const { centre, family, priority } = asked;
  const { calendar } = await readCalendar(db);
  if (!isOpenAt({ hours: centre.hours, now, isWorked: (day) => calendar.day(day).working })) throw CentreClosed.with();
  const [families, windows] = await Promise.all([readFamilies(db), readWindows(db, centre.code)]);
  const letter = families.find(({ code }) => code === family)?.letter;
  if (letter === undefined || !windows.some((window) => window.families.includes(family))) {
    const elsewhere = await db.rows<{ centre: string }>(
      sql`select distinct centre from service_hall.service_window where families @> array[${family}::text] order by centre`,
    );
    throw FamilyNotServed.with({ extra: { centres: elsewhere.map((row) => row.centre) } });
  }
  if (asked.person !== undefined) await assertNotInLine(db, { person: asked.person, centre: centre.code, family });
  const day = shanghaiDate(now);
  const id = uuidv7();
  const { n } = await db.one<{ n: number }>(
    sql`select kernel.next_number(${SERIES}, ${`${centre.code}:${day}:${letter}`})::int as n`,
  );
  const number = `${letter}${String(n).padStart(3, '0')}`;
  const since = asked.since ?? now;
  await db.run(sql`
    insert into service_hall.ticket (id, centre, day, number, kind, family, priority, since, taken_at, state, person, appointment)
    values (${id}::uuid, ${centre.code}, ${day}::date, ${number}, ${asked.kind}, ${family}, ${priority}::boolean, ${since}::timestamptz, ${now}::timestamptz, 'waiting',
      ${asked.person ?? null}::uuid, ${asked.appointment ?? null}::uuid)`);
  const ticket = { id, centre: centre.code, family, priority, since, window: null };
  return { id, number, ...(await placeOf(db, { ticket, rules, now })) };
}

async function assertNotInLine(db: Db, of: { person: string; centre: string; family: string }): Promise<void> {
  const there = await db.first(sql`
    select id from service_hall.ticket where person = ${of.person}::uuid and centre = ${of.centre} and family = ${of.family} and ended_at is null`);
  if (there) throw AlreadyInLine.with();
}

/** A ticket that the caller may see, held until the end of the transaction. */
export function holdTicket(db: Db, id: string): Promise<TicketRow | undefined> {
  return db.first<TicketRow>(sql`select ${COLUMNS} from service_hall.ticket where id = ${id}::uuid for update`);
}

/** The ticket at a window, if somebody is called to it or served at it. */
export function ticketAt(db: Db, of: { centre: string; window: number }): Promise<TicketRow | undefined> {
  return db.first<TicketRow>(sql`
    select ${COLUMNS} from service_hall.ticket where centre = ${of.centre} and at_window = ${of.window}::int and state in ('called', 'serving')`);
}

/** Carries an act out on a ticket that is held, or says that it has moved meanwhile. */
export async function actOnTicket(
  db: Db,
  options: { ticket: TicketRow; act: TicketAct; rules: QueueRules; now: Date },
): Promise<TicketRow> {
  const { ticket, act, rules, now } = options;
  const moved = moveTicket(ticket, act, { now, noShowMinutes: rules.noShowMinutes });
  if (!moved.ok) throw TicketMoved.with();
  const { next } = moved;
  await db.run(sql`
    update service_hall.ticket set state = ${next.state}, family = ${next.family}, at_window = ${next.window}::int, only_window = ${next.onlyWindow}::int,
      called_at = ${next.calledAt}::timestamptz, calls = ${next.calls}::int, served_at = ${next.servedAt}::timestamptz, ended_at = ${next.endedAt}::timestamptz
    where id = ${ticket.id}::uuid`);
  return { ...ticket, ...next };
}
