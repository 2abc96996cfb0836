import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { clocksWhere } from '#platform/calendar/clock.ts';
import type { ClockKind } from '#platform/calendar/clock-kind.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { findBase, type StatedValue } from './disputed-base.ts';
import { dispute } from './resources.ts';

/** In which time the source answers, and the centre reviews. Neither stands still: whoever answers holds all that it takes. */
export const answerClock: ClockKind = {
  id: 'dispute.answer',
  title: { zh: '答复数据异议', en: 'Answer a dispute' },
  basis: 'basedata.dispute.answer',
  stops: [],
  step: 'answer',
};
export const appealClock: ClockKind = {
  id: 'dispute.appeal',
  title: { zh: '复核数据异议', en: 'Review a dispute' },
  basis: 'basedata.dispute.appeal',
  stops: [],
  step: 'review',
};

/** The resource centre (区大数据中心): decides reviews, and what its source has left unanswered. Others who see the whole district do not. */
export const CENTRE = dispute.owner;
export const isCentre = ({ unit, reach }: Pick<Actor, 'unit' | 'reach'>): boolean =>
  unit === CENTRE && reach === 'district';

/** A refusal of a source may be reviewed, once. Where the centre itself has refused there is nobody left to review it but the law. */
export const isAppealable = (row: DisputeRow): boolean =>
  row.state === 'refused' && row.appealOf === null && !row.appealed && row.answeredUnit !== CENTRE;

/** What is sealed with a dispute: how the subject is called and what each source said when it was filed. */
export type Stated = { label: string; values: StatedValue[] };
export const statedContext = (id: string): string => `dispute:stated:${id}`;
export const claimedContext = (id: string): string => `dispute:claimed:${id}`;

export type DisputeRow = {
  id: string;
  base: string;
  subjectPerson: string | null;
  subjectEntity: string | null;
  attribute: string;
  claimed: string | null;
  stated: string;
  reason: string;
  evidence: string | null;
  filedBy: string;
  filedName: string;
  filedUnit: string | null;
  filedAt: Date;
  unit: string;
  sourceClaim: number | null;
  appealOf: string | null;
  addressee: 'unit' | 'centre';
  clock: string;
  state: 'open' | 'accepted' | 'refused' | 'withdrawn';
  escalatedAt: Date | null;
  answer: string | null;
  answeredBy: string | null;
  answeredName: string | null;
  answeredUnit: string | null;
  closedAt: Date | null;
  appealed: boolean;
};

const COLUMNS = sql`d.id, d.app as base, d.subject_person as "subjectPerson", d.subject_entity as "subjectEntity", d.attribute, d.claimed, d.stated, d.reason, d.evidence,
  d.filed_by as "filedBy", d.filed_name as "filedName", d.filed_unit as "filedUnit", d.filed_at as "filedAt", d.unit, d.source_claim as "sourceClaim", d.appeal_of as "appealOf",
  d.addressee, d.clock, d.state, d.escalated_at as "escalatedAt", d.answer, d.answered_by as "answeredBy", d.answered_name as "answeredName", d.answered_unit as "answeredUnit",
  d.closed_at as "closedAt", exists (select from dispute.dispute n where n.appeal_of = d.id) as appealed`;

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Nullable = Type.Union([Type.String(), Type.Null()]);

/** A dispute as those see it who filed it, whom it is about, and who answers it. */
export const DisputeSchema = Type.Object({
  ...itemOf(dispute, [
    'id',
    'base',
    'subjectPerson',
    'subjectEntity',
    'attribute',
    'claimed',
    'reason',
    'evidence',
    'filedName',
    'filedUnit',
    'filedAt',
    'unit',
    'appealOf',
    'addressee',
    'state',
    'escalatedAt',
    'answer',
    'answeredName',
    'answeredUnit',
    'closedAt',
  ]).properties,
  baseTitle: Words,
  attributeTitle: Words,
  label: Type.String({ description: 'name of the person or enterprise' }),
  card: Nullable,
  /** What each source said when it was filed; the value that stood comes first. */
  values: Type.Array(
    Type.Object({
      unit: Type.String(),
      dataset: Type.String(),
      datasetTitle: Words,
      receivedAt: Type.String({ format: 'date-time' }),
      value: Type.String(),
      masked: Type.Boolean(),
      golden: Type.Boolean(),
    }),
  ),
  clock: ClockSchema,
  mine: Type.Boolean({ description: 'the caller, or the unit of the caller, filed it' }),
  mayAnswer: Type.Boolean(),
  mayWithdraw: Type.Boolean(),
  mayAppeal: Type.Boolean(),
});
export type DisputeView = Static<typeof DisputeSchema>;

/** Disputes within what row security leaves the caller, with their clocks; open ones first, the most urgent on top. */
export async function readDisputes(options: {
  db: Db;
  services: Services;
  now: Date;
  where: Sql;
}): Promise<DisputeView[]> {
  const { db, services, now, where } = options;
  const rows = await db.rows<DisputeRow>(
    sql`select ${COLUMNS} from dispute.dispute d where ${where} order by d.state <> 'open', case when d.state = 'open' then d.filed_at end, d.filed_at desc, d.id limit 200`,
  );
  const clocks = new Map((await clocksWhere(db, { ids: rows.map(({ clock }) => clock) })).map((c) => [c.id, c]));
  const { calendar } = await readCalendar(db);
  return rows.map((row) => {
    const clock = clocks.get(row.clock);
    if (!clock) throw new Error(`dispute ${row.id} has no clock`);
    const kind = row.addressee === 'centre' ? appealClock : answerClock;
    return viewOf({ row, actor: db.actor, services, clock: clockView({ clock, kind, now, calendar }) });
  });
}

/** One dispute; NOT_FOUND for one that the caller may not see, as for none. */
export async function readDispute(options: {
  db: Db;
  services: Services;
  now: Date;
  id: string;
}): Promise<DisputeView> {
  const [found] = await readDisputes({
    ...options,
    where: sql`d.id = ${options.id}::uuid and ${seenBy(options.db.actor)}`,
  });
  if (!found) throw NotFound.with();
  return found;
}

/** The row itself, locked; undefined for one that the caller may not see. */
export function holdDispute(db: Db, id: string): Promise<DisputeRow | undefined> {
  return db.first<DisputeRow>(
    sql`select ${COLUMNS} from dispute.dispute d where d.id = ${id}::uuid and ${seenBy(db.actor)} for update of d`,
  );
}

function viewOf(options: {
  row: DisputeRow;
  actor: Actor;
  services: Services;
  clock: DisputeView['clock'];
}): DisputeView {
  const { row, actor, services, clock } = options;
  const { keyring } = services;
  const base = findBase(services, row.base);
  const attribute = base?.attributes.find(({ name }) => name === row.attribute);
  const stated = JSON.parse(keyring.open(row.stated, statedContext(row.id))) as Stated;
  const own = aboutActor(row, actor);
  const unnamed: Text = { zh: row.attribute, en: row.attribute };
  const { filedBy: _f, answeredBy: _a, sourceClaim: _s, stated: _t, appealed: _p, clock: _c, ...plain } = row;
  return {
    ...plain,
    claimed: row.claimed === null ? null : keyring.open(row.claimed, claimedContext(row.id)),
    filedAt: row.filedAt.toISOString(),
    escalatedAt: row.escalatedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    baseTitle: base?.title ?? { zh: row.base, en: row.base },
    attributeTitle: attribute?.title ?? unnamed,
    label: stated.label,
    card: own ? null : (base?.card.replace(':subject', subjectOf(row)) ?? null),
    values: stated.values.map(({ value, masked, ...source }) => {
      // A unit knows its own value; the person knows all of theirs; others see what the card would show them.
      const clear = own || source.unit === actor.unit || attribute?.open === true;
      return { ...source, value: clear ? value : masked, masked: !clear };
    }),
    clock,
    mine: filedByActor(row, actor),
    mayAnswer: mayAnswer(row, actor),
    mayWithdraw: row.state === 'open' && filedByActor(row, actor),
    mayAppeal: isAppealable(row) && filedByActor(row, actor),
  };
}

export const subjectOf = (row: Pick<DisputeRow, 'subjectPerson' | 'subjectEntity'>): string =>
  row.subjectPerson ?? row.subjectEntity ?? '';

function aboutActor(row: DisputeRow, actor: Actor): boolean {
  return actor.unit === undefined && subjectOf(row) === (actor.person ?? actor.entity);
}

/** A department's dispute is the department's, a person's is the person's. */
export function filedByActor(row: DisputeRow, actor: Actor): boolean {
  if (actor.kind !== 'person' || actor.behalf) return false;
  return row.filedUnit === null ? aboutActor(row, actor) : row.filedUnit === actor.unit;
}

/** The unit of the source; the centre what is late or under review. Never who filed it. */
export function mayAnswer(row: DisputeRow, actor: Actor): boolean {
  if (row.state !== 'open' || actor.kind !== 'person' || actor.behalf || actor.account === row.filedBy) return false;
  if (actor.post !== 'data-officer' && actor.post !== 'unit-head') return false;
  if (row.addressee === 'unit' && row.unit === actor.unit) return true;
  return isCentre(actor) && (row.addressee === 'centre' || row.escalatedAt !== null);
}

/** Condition on `dispute.dispute d` for what the caller sees: what is about them, what they or their unit filed, and what they answer. */
export function seenBy(actor: Actor): Sql {
  if (actor.post === 'citizen') return sql`d.subject_person = ${actor.person ?? null}::uuid`;
  if (actor.post === 'enterprise-agent') return sql`d.subject_entity = ${actor.entity ?? null}::text`;
  const unit = actor.unit ?? null;
  const own = sql`d.filed_unit = ${unit}::text`;
  if (actor.post !== 'data-officer' && actor.post !== 'unit-head') return own;
  const answered = sql`(d.unit = ${unit}::text and d.addressee = 'unit')`;
  return isCentre(actor) ? sql`true` : sql`(${own} or ${answered})`;
}
