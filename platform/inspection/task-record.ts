import { Type } from 'typebox';
import { isSkewed, skewLimit } from '#platform/calendar/device-skew.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { clocksWhere } from '#platform/calendar/clock.ts';
import type { ClockKind } from '#platform/calendar/clock-kind.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { type Answer, AnswerSchema } from './checklist.ts';

/** The time in which an order has to be met. It never stands still by itself; a stop needs a reason of this list. */
export const rectifyClock: ClockKind = {
  id: 'inspection.rectify',
  title: { zh: '责令改正', en: 'Put right what was found' },
  basis: 'inspection.rectify',
  step: 'rectify',
  stops: [{ id: 'appraisal', title: { zh: '鉴定', en: 'appraisal' } }],
};

export const TaskNotOpen = domainError({
  code: 'INSPECTION_NOT_OPEN',
  status: 409,
  title: { zh: '检查不在这一步', en: 'The inspection is not at this step' },
  action: { zh: '可能已由他人办理，请刷新查看。', en: 'Somebody else may have dealt with it: reload.' },
});
export const RecordReused = domainError({
  code: 'RECORD_ID_REUSED',
  status: 422,
  title: { zh: '同一记录编号有两份不同内容', en: 'One record id was used for two contents' },
  action: { zh: '请在设备上另存为新记录后再同步。', en: 'Keep it as a new record on the device and send that.' },
});
export const NotTheChecker = domainError({
  code: 'RECHECK_BY_ANOTHER',
  status: 403,
  title: { zh: '复查须由开具通知书以外的人进行', en: 'Whoever issued the order does not re-check it' },
  action: { zh: '请由另一位检查人员复查。', en: 'Ask another inspector.' },
});

const Moment = Type.String({ format: 'date-time' });
const Uuid = Type.String({ format: 'uuid' });
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

export const TaskSchema = Type.Object({
  id: Uuid,
  number: Type.String(),
  checklist: Type.String(),
  version: Type.Integer(),
  title: Type.Object({ zh: Type.String(), en: Type.String() }),
  target: Type.String(),
  targetName: Type.String(),
  address: Nullable(Type.String()),
  unit: Type.String(),
  inspectors: Type.Array(Type.String()),
  dueOn: Type.String({ format: 'date' }),
  state: Type.String(),
  record: Nullable(Uuid),
  findings: Type.Integer(),
});
export type TaskView = {
  id: string;
  number: string;
  checklist: string;
  version: number;
  title: { zh: string; en: string };
  target: string;
  targetName: string;
  address: string | null;
  unit: string;
  inspectors: string[];
  dueOn: string;
  state: string;
  record: string | null;
  findings: number;
};

export const readTasks = (db: Db, rest: Sql): Promise<TaskView[]> =>
  db.rows<TaskView>(sql`
    select t.id, t.number, t.checklist, t.version, c.title, t.target, t.target_name as "targetName", t.address, t.unit, t.inspectors, t.due_on::text as "dueOn", t.state, t.record,
      (select count(*)::int from inspection.finding f where f.record = t.record) as findings
    from inspection.task t join inspection.checklist c on c.code = t.checklist and c.version = t.version ${rest}`);

export const RecordSchema = Type.Object({
  id: Uuid,
  state: Type.String(),
  answers: Type.Array(AnswerSchema),
  filledAt: Moment,
  deviceFilledAt: Moment,
  receivedAt: Moment,
  skewSeconds: Type.Integer(),
  /** The clock of the device was further off than may be. */
  skewed: Type.Boolean(),
  lon: Nullable(Type.Number()),
  lat: Nullable(Type.Number()),
  accuracy: Nullable(Type.Number()),
  byName: Type.String(),
});

type RecordRow = {
  id: string;
  state: string;
  answers: Answer[];
  filledAt: Date;
  deviceFilledAt: Date;
  receivedAt: Date;
  skewSeconds: number;
  lon: number | null;
  lat: number | null;
  accuracy: number | null;
  byName: string;
};

export async function readRecords(db: Db, task: string) {
  const rows = await db.rows<RecordRow>(sql`
    select id, state, answers, filled_at as "filledAt", device_filled_at as "deviceFilledAt", received_at as "receivedAt", skew_seconds as "skewSeconds", lon, lat, accuracy, by_name as "byName"
    from inspection.record where task = ${task}::uuid order by received_at, id`);
  const [last] = rows.slice(-1);
  const limit = last ? await skewLimit(db, last.receivedAt) : 0;
  return rows.map((row) => ({
    ...row,
    skewed: isSkewed(row.skewSeconds, limit),
    filledAt: row.filledAt.toISOString(),
    deviceFilledAt: row.deviceFilledAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
  }));
}

export const FindingSchema = Type.Object({
  id: Uuid,
  item: Type.String(),
  severity: Type.String(),
  note: Type.String(),
  order: Nullable(Uuid),
});

export const OrderSchema = Type.Object({
  id: Uuid,
  number: Type.String(),
  task: Uuid,
  targetName: Type.String(),
  demand: Type.String(),
  basis: Type.String(),
  state: Type.String(),
  issuedName: Type.String(),
  issuedAt: Moment,
  report: Nullable(Type.String()),
  overdue: Type.Boolean(),
  clock: ClockSchema,
  rechecks: Type.Array(Type.Object({ at: Moment, byName: Type.String(), passed: Type.Boolean(), note: Type.String() })),
});

type OrderRow = {
  id: string;
  number: string;
  task: string;
  targetName: string;
  demand: string;
  basis: string;
  state: string;
  issuedBy: string;
  issuedName: string;
  issuedAt: Date;
  report: string | null;
  overdue: boolean;
  clock: string;
  rechecks: { at: string; byName: string; passed: boolean; note: string }[];
};

/** Orders (责令改正通知书) with their clocks and re-checks. */
export async function readOrders(db: Db, rest: Sql, now: Date) {
  const rows = await db.rows<OrderRow>(sql`
    select o.id, o.number, o.task, t.target_name as "targetName", o.demand, o.basis, o.state, o.issued_by as "issuedBy", o.issued_name as "issuedName", o.issued_at as "issuedAt", o.report,
      o.overdue_at is not null as overdue, o.clock,
      (select coalesce(jsonb_agg(jsonb_build_object('at', to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'byName', r.by_name, 'passed', r.passed, 'note', r.note) order by r.at, r.id), '[]')
        from inspection.recheck r where r.rectification = o.id) as rechecks
    from inspection.rectification o join inspection.task t on t.id = o.task ${rest}`);
  const clocks = new Map(
    (await clocksWhere(db, { ids: rows.map(({ clock }) => clock) })).map((clock) => [clock.id, clock]),
  );
  const { calendar } = await readCalendar(db);
  return rows.map(({ issuedBy: _issuedBy, ...row }) => {
    const clock = clocks.get(row.clock);
    if (!clock) throw new Error(`order ${row.id} has no clock`);
    return {
      ...row,
      issuedAt: row.issuedAt.toISOString(),
      clock: clockView({ clock, kind: rectifyClock, now, calendar }),
    };
  });
}
