import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { maskName } from '#platform/kernel/mask.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCentre, readFamilies, skillsOf } from '../centre-record.ts';
import { NotAtWindow } from '../hall-errors.ts';
import { ticketAt } from '../ticket-record.ts';
import { CounterBusy, CounterMoved } from './counter-errors.ts';
import { DraftSchema } from './counter-draft.ts';
import {
  draftOf,
  holderOf,
  holdSession,
  openSessionOf,
  SESSION,
  type Session,
  SessionParams,
  stepOf,
  StepSchema,
  WORK,
  Words,
} from './counter-record.ts';

type Seat = { centre: string; no: number; families: string[] };
export const seatOfClerk = (db: Db): Promise<Seat | undefined> =>
  db.first<Seat>(sql`select centre, no, families from service_hall.service_window where clerk = ${db.actor.account}`);

const MaybeText = Type.Union([Type.String(), Type.Null()]);
const HolderSchema = Type.Object({
  name: Type.String(),
  number: Type.String({ description: 'masked' }),
  address: MaybeText,
  validTo: MaybeText,
});

/** The desk as it stands (综窗台面): window, ticket, devices, second screen, the session, and colleagues who ask for a second officer. */
export const showCounter = route({
  ...WORK,
  method: 'GET',
  path: '/api/service-hall/counter',
  summary: { zh: '综窗台面', en: 'The desk as it stands' },
  reply: Type.Object({
    seat: Type.Union([
      Type.Object({ centre: Type.String(), title: Words, no: Type.Integer(), skills: Type.Array(Type.String()) }),
      Type.Null(),
    ]),
    families: Type.Array(Type.Object({ code: Type.String(), title: Words })),
    ticket: Type.Union([
      Type.Object({ id: Type.String(), number: Type.String(), family: Type.String(), state: Type.String() }),
      Type.Null(),
    ]),
    device: Type.Union([
      Type.Object({ agent: Type.String(), model: Type.String(), simulated: Type.Boolean() }),
      Type.Null(),
    ]),
    screen: Type.Boolean({ description: 'a second screen is paired with the window' }),
    session: Type.Union([
      Type.Object({
        id: Type.String(),
        challenge: Type.String(),
        /** What the card says, as far as the clerk who holds it in the hand needs it. */
        holder: Type.Union([HolderSchema, Type.Null()]),
        applicant: MaybeText,
        mandated: Type.Boolean(),
        step: StepSchema,
        draft: Type.Union([DraftSchema, Type.Null()]),
      }),
      Type.Null(),
    ]),
    colleagues: Type.Array(
      Type.Object({ id: Type.String(), window: Type.Integer(), clerkName: Type.String(), name: Type.String() }),
    ),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor, services, clock }) => {
    const now = clock.now();
    const { keyring } = services;
    const [seat, families, asking] = await Promise.all([
      seatOfClerk(db),
      readFamilies(db),
      db.rows<Session>(sql`
        select ${SESSION} from service_hall.counter_session where wants_officer and step_up is null and officer_said is null and ended_at is null and clerk <> ${actor.account}`),
    ]);
    const colleagues = asking.map((each) => ({
      id: each.id,
      window: each.window,
      clerkName: each.clerkName,
      name: maskName(holderOf(keyring, each)?.name ?? ''),
    }));
    const base = { families: families.map(({ code, title }) => ({ code, title })), colleagues };
    if (!seat) return { ...base, seat: null, ticket: null, device: null, screen: false, session: null };
    const of = { centre: seat.centre, window: seat.no };
    const [session, centre, skills, ticket, device, screen] = await Promise.all([
      openSessionOf(db, seat),
      readCentre(db, seat.centre),
      skillsOf(db, { account: actor.account, window: seat, now }),
      ticketAt(db, of),
      db.first<{ agent: string; model: string; simulated: boolean }>(sql`
        select agent, model, simulated from service_hall.device where centre = ${of.centre} and window_no = ${of.window}::int and ended_at is null`),
      db.first(sql`
        select id from service_hall.second_screen where centre = ${of.centre} and window_no = ${of.window}::int and paired_at is not null and ended_at is null`),
    ]);
    const holder = session && holderOf(keyring, session);
    return {
      ...base,
      seat: { centre: seat.centre, title: centre?.title ?? { zh: '', en: '' }, no: seat.no, skills: [...skills] },
      ticket: ticket ? { id: ticket.id, number: ticket.number, family: ticket.family, state: ticket.state } : null,
      device: device ?? null,
      screen: screen !== undefined,
      session: session
        ? {
            id: session.id,
            challenge: session.challenge,
            holder: holder
              ? {
                  name: holder.name,
                  number: `${holder.number.slice(0, 6)}********${holder.number.slice(-4)}`,
                  address: holder.address ?? null,
                  validTo: holder.validTo ?? null,
                }
              : null,
            applicant: session.applicantName,
            mandated: session.mandate !== null,
            step: stepOf(session, holder, now),
            draft: draftOf(keyring, session) ?? null,
          }
        : null,
    };
  },
});

/** Begins with whoever stands at the window (开始办理). The challenge is what the reader has to sign. */
export const openSession = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/counter/sessions',
  summary: { zh: '开始办理', en: 'Begin with whoever stands there' },
  status: 201,
  reply: Type.Object({ id: Type.String(), challenge: Type.String() }),
  errors: [NotAtWindow, CounterBusy],
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor, clock }) => {
    const seat = await seatOfClerk(db);
    if (!seat) throw NotAtWindow.with();
    const open = await openSessionOf(db, seat);
    if (open) {
      // Nothing has been read yet: it is the same beginning.
      if (open.card === null) return { id: open.id, challenge: open.challenge };
      throw CounterBusy.with();
    }
    const ticket = await ticketAt(db, { centre: seat.centre, window: seat.no });
    const [id, challenge] = [uuidv7(), randomBytes(16).toString('hex')];
    const begun = await db.run(sql`
      insert into service_hall.counter_session (id, centre, window_no, unit, clerk, clerk_name, ticket, opened_at, challenge, state)
      values (${id}::uuid, ${seat.centre}, ${seat.no}::int, ${actor.unit ?? ''}, ${actor.account}, ${actor.name}, ${ticket?.id ?? null}::uuid, ${clock.now()}::timestamptz, ${challenge}, 'open')
      on conflict (centre, window_no) where ended_at is null do nothing`);
    // A colleague who sat here before has left somebody's visit open.
    if (begun === 0) throw CounterBusy.with();
    return { id, challenge };
  },
});

/** Ends it (结束办理), done or not: what was read of the card and typed goes; what was sent stays with the case. */
export const endSession = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/counter/sessions/:id/end',
  summary: { zh: '结束办理', en: 'End it' },
  params: SessionParams,
  reply: Type.Object({ ended: Type.Boolean() }),
  errors: [NotFound, CounterMoved],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:counter-to-end' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:counter-foreign' } },
  },
  handler: async ({ db, clock, params: { id } }) => {
    const session = await holdSession(db, id, 'open', 'asked', 'confirmed', 'sent');
    const state = session.state === 'sent' ? 'sent' : 'ended';
    await db.run(sql`
      update service_hall.counter_session set state = ${state}, ended_at = ${clock.now()}::timestamptz, holder = null, draft = null, signature = null, sms_hash = null
      where id = ${id}::uuid and ended_at is null`);
    return { ended: true };
  },
});
