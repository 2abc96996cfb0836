import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { clocksWhere } from '#platform/calendar/clock.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { findings } from '../resources.ts';
import { FINDING_KINDS, FINDING_TITLES, type FindingKind, findingClock, RESULTS, visitClock } from './kinds.ts';

const Maybe = Type.Union([Type.String(), Type.Null()]);
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
export const Result = Type.Enum([...RESULTS]);
export const FindingParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

export const FindingClosed = domainError({
  code: 'FINDING_NOT_OPEN',
  status: 409,
  title: { zh: '该差异已经答复或已消除', en: 'This finding is answered, or the data agree again' },
  action: { zh: '请刷新后查看当前状态。', en: 'Reload to see how it stands.' },
});

/** A finding of the reconciliation (比对差异), as a case with its clock. */
export const FindingSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  ...itemOf(findings, ['uscc', 'name', 'kind', 'ownerUnit', 'committeeCode', 'buildingCode', 'state']).properties,
  kind: Type.Enum([...FINDING_KINDS]),
  title: Words,
  openedAt: Type.String(),
  recurs: Type.Integer(),
  /** Null once it is closed. */
  clock: ClockSchema,
  evidence: Type.Array(Type.Object({ attribute: Type.String(), unit: Type.String(), value: Maybe })),
  lateAt: Maybe,
  answer: Type.Union([
    Type.Object({ result: Result, text: Type.String(), name: Maybe, unit: Maybe, at: Type.String() }),
    Type.Null(),
  ]),
  closedAt: Maybe,
  visit: Type.Union([
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      unit: Type.String(),
      state: Type.String(),
      orderedName: Type.String(),
      orderedAt: Type.String(),
      clock: ClockSchema,
      report: Maybe,
    }),
    Type.Null(),
  ]),
  steps: Type.Array(Type.Object({ at: Type.String(), step: Type.String(), name: Maybe, unit: Maybe, note: Maybe })),
  mayAnswer: Type.Boolean(),
  mayVisit: Type.Boolean(),
});
export type FindingView = Static<typeof FindingSchema>;

type Row = {
  id: string;
  uscc: string;
  name: string | null;
  kind: FindingKind;
  ownerUnit: string;
  committeeCode: string | null;
  buildingCode: string | null;
  state: 'open' | 'answered' | 'closed';
  openedAt: Date;
  clock: string;
  recurs: number;
  evidence: FindingView['evidence'];
  lateAt: Date | null;
  result: Static<typeof Result> | null;
  answer: string | null;
  answeredAt: Date | null;
  answeredName: string | null;
  answeredUnit: string | null;
  closedAt: Date | null;
  visit: {
    id: string;
    unit: string;
    state: string;
    orderedName: string;
    orderedAt: string;
    clock: string;
    report: string | null;
  } | null;
  steps: FindingView['steps'] | null;
};

/** Findings that the caller may see (row security says which), with their clocks; `where` is on `legal_entity.finding f`. */
export async function readFindings(options: { db: Db; now: Date; where: Sql; limit?: number }): Promise<FindingView[]> {
  const { db, now, where, limit = 100 } = options;
  const rows = await db.rows<Row>(sql`
    select f.id, f.uscc, f.name, f.kind, f.owner_unit as "ownerUnit", f.committee_code as "committeeCode", f.building_code as "buildingCode", f.state, f.opened_at as "openedAt",
      f.clock, f.recurs, f.evidence, f.late_at as "lateAt", f.result, f.answer, f.answered_at as "answeredAt", f.answered_name as "answeredName", f.answered_unit as "answeredUnit",
      f.closed_at as "closedAt",
      (select jsonb_build_object('id', v.id, 'unit', v.unit, 'state', v.state, 'orderedName', v.ordered_name, 'orderedAt', v.ordered_at, 'clock', v.clock, 'report', v.report)
        from legal_entity.visit v where v.finding = f.id order by v.ordered_at desc limit 1) as visit,
      (select jsonb_agg(jsonb_build_object('at', s.at, 'step', s.step, 'name', s.name, 'unit', s.unit, 'note', s.note) order by s.seq desc)
        from legal_entity.finding_step s where s.finding = f.id) as steps
    from legal_entity.finding f where ${where} order by f.state = 'closed', f.opened_at, f.id limit ${limit}::int`);
  const ids = rows.flatMap(({ clock, visit }) => (visit === null ? [clock] : [clock, visit.clock]));
  const clocks = new Map((await clocksWhere(db, { ids })).map((clock) => [clock.id, clock]));
  const { calendar } = await readCalendar(db);
  const view = (id: string, kind: typeof findingClock) => {
    const clock = clocks.get(id);
    if (!clock) throw new Error(`a finding has no clock ${id}`);
    return clockView({ clock, kind, now, calendar });
  };
  return rows.map(({ clock, visit, result, answer, answeredAt, answeredName, answeredUnit, ...row }) => ({
    ...row,
    title: FINDING_TITLES[row.kind],
    openedAt: row.openedAt.toISOString(),
    lateAt: row.lateAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    clock: view(clock, findingClock),
    answer:
      result !== null && answer !== null && answeredAt
        ? { result, text: answer, name: answeredName, unit: answeredUnit, at: answeredAt.toISOString() }
        : null,
    visit: visit && {
      ...visit,
      orderedAt: new Date(visit.orderedAt).toISOString(),
      clock: view(visit.clock, visitClock),
    },
    steps: (row.steps ?? []).map((step) => ({ ...step, at: new Date(step.at).toISOString() })),
    mayAnswer: mayAnswer(db.actor, row),
    mayVisit: mayVisit(db.actor, row) && visit?.state !== 'open',
  }));
}

export async function readFinding(options: { db: Db; now: Date; id: string }): Promise<FindingView> {
  const [found] = await readFindings({ ...options, where: sql`f.id = ${options.id}::uuid` });
  if (!found) throw NotFound.with();
  return found;
}

/** A finding held until the end of the transaction; undefined for one that the caller does not see. */
export async function holdFinding(
  db: Db,
  id: string,
): Promise<Pick<Row, 'id' | 'uscc' | 'state' | 'ownerUnit' | 'committeeCode' | 'buildingCode' | 'clock'> | undefined> {
  return db.first(sql`
    select id, uscc, state, owner_unit as "ownerUnit", committee_code as "committeeCode", building_code as "buildingCode", clock
    from legal_entity.finding where id = ${id}::uuid for update`);
}

/** The unit that owns the finding answers: its data officers, or the clerks of the street. */
export const mayAnswer = (actor: Actor, row: Pick<Row, 'state' | 'ownerUnit'>): boolean =>
  row.state === 'open' && actor.kind === 'person' && actor.unit === row.ownerUnit;

/** The street in whose area the firm was found goes there. */
export const mayVisit = (actor: Actor, row: Pick<Row, 'state' | 'committeeCode'>): boolean =>
  row.state !== 'closed' &&
  actor.post === 'street-clerk' &&
  actor.area !== undefined &&
  (row.committeeCode?.startsWith(actor.area) ?? false);
