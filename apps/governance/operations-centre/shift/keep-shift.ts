import { type Static, type TObject, Type } from 'typebox';
import { type Example, type Route, route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { whoIsTold } from '#platform/signal/alert/who-is-told.ts';
import { TwoPersons, WrongState } from '../errors.ts';

const Moment = Type.String({ format: 'date-time' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const MaybeMoment = Type.Union([Moment, Type.Null()]);
const ShiftSchema = Type.Object({
  id: Type.String(),
  fromAt: Moment,
  toAt: Moment,
  leaderName: Type.String(),
  leader: Type.String(),
  officers: Type.Array(Type.Object({ account: Type.String(), name: Type.String() })),
  givenAt: MaybeMoment,
  takenName: MaybeText,
  takenAt: MaybeMoment,
  sample: Type.Boolean(),
});
export const Board = Type.Object({
  now: Type.Union([ShiftSchema, Type.Null()]),
  roster: Type.Array(ShiftSchema),
  items: Type.Array(Type.Object({ id: Type.String(), text: Type.String(), madeAt: Moment, madeName: Type.String() })),
  log: Type.Array(
    Type.Object({
      at: Moment,
      what: Type.String(),
      byName: Type.String(),
      text: Type.String(),
      shiftFrom: Moment,
    }),
  ),
  asOf: Moment,
});
type Row = {
  id: string;
  fromAt: Date;
  toAt: Date;
  leader: string;
  leaderName: string;
  officers: { account: string; name: string }[];
  givenBy: string | null;
  givenAt: Date | null;
  takenName: string | null;
  takenAt: Date | null;
  sample: boolean;
};
const COLUMNS = sql`id, from_at as "fromAt", to_at as "toAt", leader, leader_name as "leaderName", officers, given_by as "givenBy", given_at as "givenAt", taken_name as "takenName", taken_at as "takenAt", sample`;
const view = (row: Row) => ({
  id: row.id,
  fromAt: row.fromAt.toISOString(),
  toAt: row.toAt.toISOString(),
  leader: row.leader,
  leaderName: row.leaderName,
  officers: row.officers,
  givenAt: row.givenAt?.toISOString() ?? null,
  takenName: row.takenName,
  takenAt: row.takenAt?.toISOString() ?? null,
  sample: row.sample,
});

/** The shift that has the duty: the last one that was taken over or handed over, else the one that the roster names for now (当值班次).
 * Who comes late takes over from the one who has waited. */
export async function shiftNow(db: Db): Promise<Row | undefined> {
  const taken = await db.first<Row>(
    sql`select ${COLUMNS} from ops.shift where (taken_at is not null or given_at is not null) and from_at <= kernel.now() + interval '1 hour' order by from_at desc limit 1`,
  );
  // A roster that nobody has taken over from for more than a shift does not hold the duty for ever.
  const named = await db.first<Row>(
    sql`select ${COLUMNS} from ops.shift where from_at <= kernel.now() and to_at > kernel.now()`,
  );
  if (taken && named && taken.toAt.getTime() + 60 * 60_000 >= named.fromAt.getTime()) return taken;
  return named ?? taken;
}

async function log(db: Db, entry: { shift: string; what: string; text: string }): Promise<void> {
  await db.run(sql`
    insert into ops.shift_entry (id, shift, at, what, by_account, by_name, text)
    values (${uuidv7()}::uuid, ${entry.shift}::uuid, kernel.now(), ${entry.what}, ${db.actor.account}, ${db.actor.name}, ${entry.text})`);
}

/** The board of the shift as it stands. */
export async function board(db: Db, now: Date) {
  const current = await shiftNow(db);
  const roster = await db.rows<Row>(sql`
    select ${COLUMNS} from ops.shift where to_at > kernel.now() - interval '8 hours' order by from_at limit 200`);
  const items = await db.rows<{ id: string; text: string; madeAt: Date; madeName: string }>(sql`
    select id, text, made_at as "madeAt", made_name as "madeName" from ops.handover_item where done_at is null order by made_at, id`);
  const entries = await db.rows<{ at: Date; what: string; byName: string; text: string; shiftFrom: Date }>(sql`
    select e.at, e.what, e.by_name as "byName", e.text, s.from_at as "shiftFrom" from ops.shift_entry e join ops.shift s on s.id = e.shift order by e.at desc, e.id desc limit 60`);
  return {
    now: current ? view(current) : null,
    roster: roster.map(view),
    items: items.map((item) => ({ ...item, madeAt: item.madeAt.toISOString() })),
    log: entries.map((entry) => ({
      ...entry,
      at: entry.at.toISOString(),
      shiftFrom: entry.shiftFrom.toISOString(),
    })),
    asOf: now.toISOString(),
  };
}

/** The shift on duty, the roster, what is handed over and the log (值班). */
export const showShift = route({
  method: 'GET',
  path: '/api/ops/shift',
  summary: { zh: '值班', en: 'The shift' },
  allow: 'ops.shift.read',
  reply: Board,
  examples: { own: { as: 'duty-officer' } },
  handler: ({ db, clock }) => board(db, clock.now()),
});

/** Whom an alert tells first now (谁会接到预警), and whether that is by a roster: without one everybody who holds the post is told. */
export const showTold = route({
  method: 'GET',
  path: '/api/ops/shift/told',
  summary: { zh: '现在通知谁', en: 'Who is told now' },
  allow: 'ops.shift.read',
  reply: Type.Object({ rostered: Type.Boolean(), names: Type.Array(Type.String()) }),
  examples: { own: { as: 'duty-officer' } },
  prepare: ({ services }) => whoIsTold(services),
  handler: async ({ prepared }) => prepared,
});

/** What somebody on duty does; the reply is the board that stands afterwards. */
function keep<B extends TObject>(of: {
  path: string;
  summary: Text;
  body: B;
  example: Example;
  params?: true;
  work(context: { db: Db; body: Static<B>; id: string; shift: Row }): Promise<void>;
}): Route {
  return route({
    method: 'POST',
    path: of.path,
    summary: of.summary,
    allow: 'ops.shift.keep',
    ...(of.params ? { params: Type.Object({ id: Type.String({ format: 'uuid' }) }) } : {}),
    body: of.body,
    reply: Board,
    errors: [NotFound, InvalidInput, WrongState, TwoPersons],
    examples: { own: of.example },
    handler: async ({ db, body, params, clock }) => {
      await db.rows(sql`select pg_advisory_xact_lock(hashtext('ops.shift'))`);
      const shift = await shiftNow(db);
      if (!shift) throw WrongState.with({ detail: { zh: '排班表没有当值班次', en: 'the roster names no shift now' } });
      const { id = '' } = (params ?? {}) as { id?: string };
      await of.work({ db, body: body as Static<B>, id, shift });
      return board(db, clock.now());
    },
  });
}
const WORDS = Type.Object({ text: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false });
const NOTHING = Type.Object({}, { additionalProperties: false });

export const shiftActs = [
  keep({
    path: '/api/ops/shift/notes',
    summary: { zh: '记值班日志', en: 'Write in the log' },
    body: WORDS,
    example: { as: 'duty-officer', body: { text: '22:10 通报雨情' } },
    work: ({ db, body, shift }) => log(db, { shift: shift.id, what: 'note', text: body.text }),
  }),
  keep({
    path: '/api/ops/shift/items',
    summary: { zh: '登记交接事项', en: 'Note what is to be handed over' },
    body: WORDS,
    example: { as: 'duty-officer', body: { text: '跟进外滩泵站检修' } },
    work: async ({ db, body, shift }) => {
      await db.run(sql`
        insert into ops.handover_item (id, text, made_in, made_at, made_name) values (${uuidv7()}::uuid, ${body.text}, ${shift.id}::uuid, kernel.now(), ${db.actor.name})`);
      await log(db, { shift: shift.id, what: 'item', text: body.text });
    },
  }),
  keep({
    path: '/api/ops/shift/items/:id/done',
    summary: { zh: '交接事项办结', en: 'An item is done' },
    params: true,
    body: Type.Object({ note: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false }),
    example: { as: 'duty-officer', params: { id: 'fixture:ops-handover-item' }, body: { note: '已修复' } },
    work: async ({ db, body, id, shift }) => {
      const item = await db.first<{ text: string; done: boolean }>(
        sql`select text, done_at is not null as done from ops.handover_item where id = ${id}::uuid for update`,
      );
      if (!item) throw NotFound.with();
      if (item.done) throw WrongState.with();
      await db.run(sql`
        update ops.handover_item set done_at = kernel.now(), done_in = ${shift.id}::uuid, done_name = ${db.actor.name}, done_note = ${body.note} where id = ${id}::uuid`);
      await log(db, { shift: shift.id, what: 'done', text: `${item.text}：${body.note}` });
    },
  }),
  keep({
    path: '/api/ops/shift/take',
    summary: { zh: '接班', en: 'Take over' },
    body: NOTHING,
    example: { as: 'duty-officer', body: {} },
    // Both persons: the one who goes hands over, another one takes over. Open items go along by themselves.
    work: async ({ db, shift }) => {
      if (!shift.givenAt)
        throw WrongState.with({ detail: { zh: '上一班还没有交班', en: 'the shift before has not handed over' } });
      if (shift.givenBy === db.actor.account) throw TwoPersons.with();
      const next = await db.first<{ id: string }>(sql`
        select id from ops.shift where from_at > ${shift.fromAt}::timestamptz and taken_at is null and to_at > kernel.now() order by from_at limit 1 for update`);
      if (!next) throw WrongState.with({ detail: { zh: '排班表没有下一班', en: 'the roster names no next shift' } });
      await db.run(sql`
        update ops.shift set taken_by = ${db.actor.account}, taken_name = ${db.actor.name}, taken_at = kernel.now() where id = ${next.id}::uuid`);
      await log(db, { shift: next.id, what: 'taken', text: '接班' });
    },
  }),
  keep({
    path: '/api/ops/shift/give',
    summary: { zh: '交班', en: 'Hand over' },
    body: NOTHING,
    example: { as: 'duty-officer', body: {} },
    work: async ({ db, shift }) => {
      if (shift.givenAt) throw WrongState.with();
      await db.run(sql`
        update ops.shift set given_by = ${db.actor.account}, given_at = kernel.now() where id = ${shift.id}::uuid`);
      await log(db, { shift: shift.id, what: 'given', text: '交班' });
    },
  }),
];
