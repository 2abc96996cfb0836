import { type Static, Type } from 'typebox';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type Clock, clocksWhere } from '#platform/calendar/clock.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import type { AttachedFile } from '#platform/document/attach-document.ts';
import { answerState, type KeptAnswers } from './case-answers.ts';
import { answersContext, applicantContext, type Contact } from './case-applicant.ts';
import { type Beside, besideOf } from './case-beside.ts';
import { jointClock, STEP_CLOCKS, verifyClock } from './case-clocks.ts';
import { caseFile, subCase } from './case-resources.ts';
import { owes, SUB_COLUMNS, type SubRow } from './case-row.ts';
import type { CaseState, Step } from './case-state.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.String({ format: 'date-time' });
const MaybeMoment = Type.Union([Moment, Type.Null()]);
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const DefectSchema = Type.Object({ what: Type.String(), how: Type.String() });

/** Who has to do what next, and by when (下一步). */
const NextSchema = Type.Object({
  who: Type.Union([Type.Literal('applicant'), Type.Literal('unit'), Type.Literal('other'), Type.Literal('nobody')]),
  what: Type.String(),
  by: MaybeMoment,
});
export type Next = Static<typeof NextSchema>;

/** A line of the timeline (进度). */
const EventSchema = Type.Object({
  seq: Type.Integer(),
  at: Moment,
  kind: Type.String(),
  no: Type.Union([Type.Integer(), Type.Null()]),
  unit: MaybeText,
  byName: MaybeText,
  shown: Type.Boolean(),
  text: MaybeText,
  /** Of a fee: its order. */
  order: MaybeText,
  /** Only of a correction notice: what every item misses. */
  items: Type.Union([
    Type.Array(
      Type.Object({ no: Type.Integer(), title: Words, unit: Type.String(), defects: Type.Array(DefectSchema) }),
    ),
    Type.Null(),
  ]),
});
export type EventView = Static<typeof EventSchema>;

const DraftSchema = Type.Object({
  outcome: Type.Union([Type.Literal('granted'), Type.Literal('refused')]),
  name: Type.String(),
  reason: MaybeText,
  remedy: MaybeText,
  at: Moment,
});

const AnswerStateSchema = Type.Union([
  Type.Literal('verified'),
  Type.Literal('disputed'),
  Type.Literal('self-declared'),
]);
const FileSchema = Type.Object({
  name: Type.String(),
  mediaType: Type.String(),
  size: Type.Integer(),
  scan: Type.String(),
  flags: Type.Array(Type.String()),
});

/** An item of a case in full: for its unit and for the applicant. */
const SubSchema = Type.Object({
  ...itemOf(subCase, [
    'no',
    'item',
    'title',
    'unit',
    'state',
    'outcome',
    'reason',
    'remedy',
    'receivedAt',
    'acceptedAsOf',
    'deemed',
    'decidedAt',
    'decidedName',
  ]).properties,
  answers: Type.Array(
    Type.Object({
      element: Type.String(),
      title: Words,
      value: Type.Union([Type.String(), Type.Number(), Type.Boolean()]),
      from: Type.Union([Type.Object({ resource: Type.String(), unit: Type.String() }), Type.Null()]),
      state: AnswerStateSchema,
    }),
  ),
  materials: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Words,
      source: Type.String(),
      document: MaybeText,
      /** Of an upload that is there: the sample has some that are not. */
      file: Type.Union([FileSchema, Type.Null()]),
    }),
  ),
  /** What the applicant may hand in anew while the item waits for corrections. */
  uploads: Type.Array(Type.Object({ id: Type.String(), title: Words })),
  defects: Type.Union([Type.Array(DefectSchema), Type.Null()]),
  corrections: Type.Integer(),
  furtherCorrection: Type.Boolean(),
  waits: Type.Boolean(),
  after: Type.Array(Type.Integer()),
  committed: Type.Boolean(),
  heard: Type.Boolean(),
  /** What the check of the commitment has found, and until when it is made. */
  verified: MaybeText,
  check: Type.Union([ClockSchema, Type.Null()]),
  extended: Type.Boolean(),
  handlerName: MaybeText,
  draft: Type.Union([DraftSchema, Type.Null()]),
  discretion: Type.Boolean(),
  /** Fee in fen; the order and how it stands, once it is due. */
  fee: MaybeText,
  order: Type.Union([Type.Object({ id: Type.String(), state: Type.String() }), Type.Null()]),
  certificateType: MaybeText,
  certificate: MaybeText,
  rate: Type.Union([Type.Literal('first'), Type.Literal('again'), Type.Null()]),
  clock: Type.Union([ClockSchema, Type.Null()]),
  step: MaybeText,
  next: NextSchema,
});
export type SubView = Static<typeof SubSchema>;

export const CaseSchema = Type.Object({
  ...itemOf(caseFile, [
    'code',
    'title',
    'channel',
    'applicantPerson',
    'applicantEntity',
    'state',
    'receivedAt',
    'receivedUnit',
    'promisedAt',
    'closedAt',
  ]).properties,
  name: Type.String(),
  phone: MaybeText,
  sample: Type.Boolean(),
  items: Type.Array(SubSchema),
  /** Time of the whole, where units handle it jointly (联合办理). */
  joint: Type.Union([ClockSchema, Type.Null()]),
  /** All items of the case, those of other units with their state only. */
  parts: Type.Array(
    Type.Object({
      no: Type.Integer(),
      title: Words,
      unit: Type.String(),
      state: Type.String(),
      outcome: MaybeText,
      waits: Type.Boolean(),
      plannedEnd: MaybeMoment,
    }),
  ),
  timeline: Type.Array(EventSchema),
});
export type CaseView = Static<typeof CaseSchema>;

export type CaseRow = {
  id: string;
  code: string;
  title: Text;
  channel: string;
  applicantPerson: string | null;
  applicantEntity: string | null;
  applicant: string;
  state: CaseState;
  receivedAt: Date;
  receivedUnit: string | null;
  promisedAt: Date | null;
  closedAt: Date | null;
  jointClock: string | null;
  sample: boolean;
};
const CASE_COLUMNS = sql`c.id, c.code, c.title, c.channel, c.applicant_person as "applicantPerson", c.applicant_entity as "applicantEntity", c.applicant, c.state,
  c.received_at as "receivedAt", c.received_unit as "receivedUnit", c.promised_at as "promisedAt", c.closed_at as "closedAt", c.joint_clock as "jointClock", c.sample`;

/** The clock that runs in a state, and the step that it times. */
export function stepOf(row: Pick<SubRow, 'state' | 'waits'>): Step | undefined {
  switch (row.state) {
    case 'submitted':
      return row.waits ? undefined : 'accept';
    case 'accepted':
    case 'review':
    case 'stopped':
      return 'decide';
    case 'decided':
    case 'issued':
      return 'certify';
    default:
      return undefined;
  }
}
const CLOCK_OF = { accept: 'acceptClock', decide: 'decideClock', certify: 'certifyClock' } as const;

export const clockIdOf = (row: SubRow): string | undefined => {
  const step = stepOf(row);
  return step === undefined ? undefined : (row[CLOCK_OF[step]] ?? undefined);
};

/** What happens next (下一步), in one word that the page turns into a sentence. */
export function nextOf(row: SubRow, clock: Clock | undefined): Next {
  const by = clock && clock.state === 'running' ? clock.dueAt.toISOString() : null;
  switch (row.state) {
    case 'draft':
    case 'correction':
      return { who: 'applicant', what: row.state, by: null };
    case 'submitted':
      return row.waits ? { who: 'other', what: 'waits', by: null } : { who: 'unit', what: 'accept', by };
    case 'accepted':
      return { who: 'unit', what: 'begin', by };
    case 'review':
      return { who: 'unit', what: row.draft ? 'decide' : 'draft', by };
    case 'stopped':
      return { who: 'other', what: 'stopped', by: null };
    case 'decided':
      // Nothing is made out before the fee is paid.
      if (owes(row)) return { who: 'applicant', what: 'pay', by: null };
      return { who: 'unit', what: 'issue', by };
    case 'issued':
      return { who: 'unit', what: 'deliver', by };
    case 'delivered':
      return { who: 'applicant', what: 'rate', by: null };
    default:
      return { who: 'nobody', what: row.state, by: null };
  }
}

/** One case with what the caller may see of it; undefined where it does not exist for them. `own`: the applicant reads. */
export async function readCase(options: {
  db: Db;
  services: Services;
  now: Date;
  code: string;
  own: boolean;
}): Promise<CaseView | undefined> {
  const { db, services, now, code, own } = options;
  const row = await db.first<CaseRow>(sql`select ${CASE_COLUMNS} from service.case_file c where c.code = ${code}`);
  if (!row) return undefined;
  const subs = await db.rows<SubRow>(
    sql`select ${SUB_COLUMNS} from service.sub_case s join service.case_file c on c.id = s.case_id where s.case_id = ${row.id}::uuid order by s.no`,
  );
  const parts = await db.rows<{
    no: number;
    title: Text;
    unit: string;
    state: string;
    outcome: string | null;
    waits: boolean;
    plannedEnd: Date | null;
  }>(
    sql`select no, title, unit, state, outcome, waits, planned_end as "plannedEnd" from service.case_parts(${row.id}::uuid)`,
  );
  const contact = JSON.parse(services.keyring.open(row.applicant, applicantContext(row.id))) as Contact;
  const clocks = await clocksOf(db, subs);
  const joint = row.jointClock === null ? undefined : (await clocksWhere(db, { ids: [row.jointClock] }))[0];
  const { calendar } = await readCalendar(db);
  const beside = await besideOf(db, { subCases: subs, own });
  const items = subs.map((sub) => {
    const clock = clocks.get(clockIdOf(sub) ?? '');
    const check = clocks.get(sub.verifyClock ?? '');
    return subView({ sub, clock, check, beside: beside(sub.id), services, now, calendar, own });
  });
  const { id: _id, applicant: _applicant, jointClock: _joint, ...plain } = row;
  return {
    ...plain,
    receivedAt: row.receivedAt.toISOString(),
    promisedAt: row.promisedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    name: contact.name,
    phone: own || subs.length > 0 ? contact.phone : null,
    items,
    joint: joint ? clockView({ clock: joint, kind: jointClock, now, calendar }) : null,
    parts: parts.map((part) => ({ ...part, plannedEnd: part.plannedEnd?.toISOString() ?? null })),
    timeline: await timelineOf(db, { where: sql`e.case_id = ${row.id}::uuid`, own }),
  };
}

export async function clocksOf(db: Db, subs: readonly SubRow[]): Promise<Map<string, Clock>> {
  const ids = subs.flatMap((sub) => [clockIdOf(sub) ?? [], sub.verifyClock ?? []].flat());
  return new Map((await clocksWhere(db, { ids })).map((clock) => [clock.id, clock]));
}

function subView(options: {
  sub: SubRow;
  clock: Clock | undefined;
  check: Clock | undefined;
  beside: Beside;
  services: Services;
  now: Date;
  calendar: Awaited<ReturnType<typeof readCalendar>>['calendar'];
  own: boolean;
}): SubView {
  const { sub, clock, check, beside, services, now, calendar, own } = options;
  const kept = JSON.parse(services.keyring.open(sub.answers, answersContext(sub.id))) as KeptAnswers;
  const step = stepOf(sub);
  const { terms, draft } = sub;
  return {
    no: sub.no,
    item: sub.item,
    title: sub.title,
    unit: sub.unit,
    state: sub.state,
    outcome: sub.outcome,
    reason: sub.reason,
    remedy: sub.remedy,
    receivedAt: sub.receivedAt.toISOString(),
    acceptedAsOf: sub.acceptedAsOf?.toISOString() ?? null,
    deemed: sub.deemed,
    decidedAt: sub.decidedAt?.toISOString() ?? null,
    decidedName: sub.decidedName,
    answers: Object.entries(kept).map(([element, answer]) => ({
      element,
      title: answer.title,
      value: answer.value as string | number | boolean,
      from: answer.from ?? null,
      state: answerState(answer),
    })),
    materials: sub.materials.map(({ id, source, document }) => ({
      id,
      title: terms.materials.find((each) => each.id === id)?.title ?? { zh: id, en: id },
      source,
      document,
      file: fileOf(beside.files.get(document ?? '')),
    })),
    uploads: sub.state === 'correction' ? terms.materials.map(({ id, title }) => ({ id, title })) : [],
    // What was collected and not told yet is the unit's.
    defects: own && sub.state === 'submitted' ? null : sub.defects,
    corrections: sub.corrections,
    furtherCorrection: sub.furtherCorrection,
    waits: sub.waits,
    after: sub.after,
    committed: sub.committed,
    heard: sub.heard,
    verified: sub.verified,
    check: check ? clockView({ clock: check, kind: verifyClock, now, calendar }) : null,
    extended: sub.extended,
    handlerName: own ? null : sub.handlerName,
    draft: own || draft === null ? null : draft,
    discretion: terms.discretion,
    fee: terms.fee?.amount ?? null,
    order: sub.feeOrder === null ? null : { id: sub.feeOrder, state: sub.feeState ?? 'open' },
    certificateType: terms.certificateType ?? null,
    certificate: beside.certificate,
    rate: beside.rate,
    clock: step && clock ? clockView({ clock, kind: STEP_CLOCKS[step], now, calendar }) : null,
    step: step ?? null,
    next: nextOf(sub, clock),
  };
}

function fileOf(file: AttachedFile | undefined): Static<typeof FileSchema> | null {
  if (!file) return null;
  const { name, mediaType, size, scan, flags } = file;
  return { name, mediaType, size, scan, flags };
}

type EventRow = Omit<EventView, 'at' | 'items' | 'order'> & {
  at: Date;
  data: { items?: EventView['items']; order?: string };
};

/** The timeline that the caller may see, oldest first; names of officials stay inside. */
export async function timelineOf(db: Db, options: { where: Sql; own: boolean }): Promise<EventView[]> {
  const { where, own } = options;
  const rows = await db.rows<EventRow>(sql`
    select e.seq::int as seq, e.at, e.kind, s.no, e.unit, e.by_name as "byName", e.shown, e.text, e.data
    from service.case_event e left join service.sub_case s on s.id = e.sub_case
    where ${where} and (${own}::boolean is false or e.shown) order by e.seq`);
  return rows.map(({ data, ...event }) => ({
    ...event,
    at: event.at.toISOString(),
    byName: own ? null : event.byName,
    order: data.order ?? null,
    items: data.items ?? null,
  }));
}
