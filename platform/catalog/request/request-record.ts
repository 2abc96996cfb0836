import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { clocksWhere, endClock } from '#platform/calendar/clock.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { OVERSIGHT_UNIT, RowFilterSchema, titleOf } from '../grant-record.ts';
import { TextSchema } from '../item-detail.ts';
import { answerClocks, deliveryClock } from './clocks.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);

export const WithheldSchema = Type.Array(
  Type.Object({ field: Type.String({ maxLength: 80 }), reason: Type.String({ minLength: 2, maxLength: 300 }) }),
  { maxItems: 200 },
);

const STATES = ['open', 'supplement', 'delivering', 'delivered', 'refused', 'revoked', 'lapsed', 'taken-back'] as const;

/** A request (共享申请): a case with the clock of its answer and that of its delivery. */
export const RequestSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  /** The grant that it asks for, `<taker>.<name>`. */
  grant: Type.String(),
  taker: Type.String(),
  takerTitle: TextSchema,
  resource: Type.String(),
  resourceTitle: TextSchema,
  level: Type.String(),
  sharing: Type.String(),
  supplierUnit: Type.String(),
  requesterUnit: MaybeText,
  requesterName: Type.String(),
  askedAt: Type.String(),
  why: Type.String(),
  fields: Type.Array(Type.String()),
  purposes: Type.Array(Type.String()),
  rowFilter: RowFilterSchema,
  validUntil: MaybeText,
  state: Type.Union(STATES.map((state) => Type.Literal(state))),
  clock: ClockSchema,
  delivery: Type.Union([ClockSchema, Type.Null()]),
  supplement: Type.Union([
    Type.Object({
      points: Type.Array(Type.String()),
      document: Type.String(),
      askedAt: Type.String(),
      answers: Type.Union([Type.Array(Type.String()), Type.Null()]),
      answeredAt: MaybeText,
    }),
    Type.Null(),
  ]),
  /** Since when the unit that runs the catalogue may decide as well; the delay stays that of `lateUnit`. */
  escalatedAt: MaybeText,
  lateUnit: MaybeText,
  deliveryLateAt: MaybeText,
  decidedAt: MaybeText,
  decidedName: MaybeText,
  decidedUnit: MaybeText,
  reason: MaybeText,
  basis: MaybeText,
  withheld: WithheldSchema,
  deliveredAt: MaybeText,
  deliveryNote: MaybeText,
  agreements: Type.Array(Type.Object({ id: Type.String(), madeAt: Type.String(), digest: Type.String() })),
  steps: Type.Array(
    Type.Object({ at: Type.String(), step: Type.String(), name: MaybeText, unit: MaybeText, reason: MaybeText }),
  ),
  mayDecide: Type.Boolean(),
  mayAskMore: Type.Boolean(),
  mayAnswer: Type.Boolean(),
  mayTakeBack: Type.Boolean(),
  mayDeliver: Type.Boolean(),
});
export type RequestView = Static<typeof RequestSchema>;
export const RequestParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

type Row = {
  id: string;
  grant: string;
  taker: string;
  resource: string;
  resourceTitle: Text;
  level: string;
  sharing: 'unconditional' | 'conditional';
  supplierUnit: string;
  requesterAccount: string;
  requesterUnit: string | null;
  requesterName: string;
  askedAt: Date;
  why: string;
  fields: string[];
  purposes: string[];
  rowFilter: RequestView['rowFilter'];
  validUntil: Date | null;
  state: RequestView['state'];
  clock: string;
  deliveryClock: string | null;
  points: string[] | null;
  document: string | null;
  supplementAskedAt: Date | null;
  answers: string[] | null;
  answeredAt: Date | null;
  escalatedAt: Date | null;
  lateUnit: string | null;
  deliveryLateAt: Date | null;
  decidedAt: Date | null;
  decidedName: string | null;
  decidedUnit: string | null;
  reason: string | null;
  basis: string | null;
  withheld: RequestView['withheld'];
  deliveredAt: Date | null;
  deliveryNote: string | null;
  agreements: { id: string; madeAt: string; digest: string }[] | null;
  steps: RequestView['steps'] | null;
};

/** Condition on `catalog.request q` for what the caller may see: both sides, the unit that runs the catalogue, and auditors. */
export function requestsOf(actor: Actor): Sql {
  if (actor.unit === OVERSIGHT_UNIT || actor.post === 'security-auditor') return sql`true`;
  return sql`(q.supplier_unit = ${actor.unit ?? ''}::text or ${askedBy(actor)})`;
}

/** Condition for what the caller's unit, or the caller alone, has asked for. */
export function askedBy(actor: Actor): Sql {
  return sql`(q.requester_unit = ${actor.unit ?? ''}::text or q.requester_account = ${actor.account}::text)`;
}

/** Condition for the inbox of a supplier: what its data officers answer and deliver, and what was escalated to the catalogue's unit. */
export function inboxOf(actor: Actor): Sql {
  if (actor.post !== 'data-officer') return sql`false`;
  const own = sql`q.supplier_unit = ${actor.unit ?? ''}::text`;
  const escalated = sql`(q.escalated_at is not null and q.state in ('open', 'supplement'))`;
  return actor.unit === OVERSIGHT_UNIT ? sql`(${own} or ${escalated})` : own;
}

/** Requests with their clocks; `where` is on `catalog.request q`. */
export async function readRequests(options: {
  db: Db;
  services: Services;
  now: Date;
  where: Sql;
}): Promise<RequestView[]> {
  const { db, services, now, where } = options;
  const rows = await db.rows<Row>(sql`
    select q.id, g.taker || '.' || g.name as "grant", g.taker, q.resource, r.title as "resourceTitle", r.level, q.sharing, q.supplier_unit as "supplierUnit",
      q.requester_account as "requesterAccount", q.requester_unit as "requesterUnit", q.requester_name as "requesterName", q.asked_at as "askedAt", q.why, q.fields, q.purposes,
      q.row_filter as "rowFilter", q.valid_until as "validUntil", q.state, q.clock, q.delivery_clock as "deliveryClock", q.supplement_points as points,
      q.supplement_document as document, q.supplement_asked_at as "supplementAskedAt", q.supplement_answers as answers, q.supplement_answered_at as "answeredAt",
      q.escalated_at as "escalatedAt", q.late_unit as "lateUnit", q.delivery_late_at as "deliveryLateAt", q.decided_at as "decidedAt", q.decided_name as "decidedName",
      q.decided_unit as "decidedUnit", q.reason, q.basis, q.withheld, q.delivered_at as "deliveredAt", q.delivery_note as "deliveryNote",
      (select jsonb_agg(jsonb_build_object('id', a.id, 'madeAt', a.made_at, 'digest', a.digest) order by a.made_at desc) from catalog.agreement a where a.request_id = q.id) as agreements,
      (select jsonb_agg(jsonb_build_object('at', s.at, 'step', s.step, 'name', s.name, 'unit', s.unit, 'reason', s.reason) order by s.seq desc)
        from catalog.grant_step s where s.request_id = q.id) as steps
    from catalog.request q join catalog.grant g on g.id = q.grant_id join catalog.resource r on r.id = q.resource
    where ${where} order by q.state not in ('open', 'supplement', 'delivering'), q.asked_at desc, q.id desc limit 300`);
  const ids = rows.flatMap(({ clock, deliveryClock: second }) => (second === null ? [clock] : [clock, second]));
  const clocks = new Map((await clocksWhere(db, { ids })).map((clock) => [clock.id, clock]));
  const { calendar } = await readCalendar(db);
  const view = (id: string, kind: (typeof answerClocks)['conditional' | 'unconditional'] | typeof deliveryClock) => {
    const clock = clocks.get(id);
    if (!clock) throw new Error(`a request has no clock ${id}`);
    return clockView({ clock, kind, now, calendar });
  };
  return rows.map((row) => {
    const {
      requesterAccount,
      deliveryClock: second,
      points,
      document,
      supplementAskedAt,
      answers,
      answeredAt,
      ...rest
    } = row;
    const decides = mayDecide(db.actor, row);
    const clock = view(row.clock, answerClocks[row.sharing]);
    return {
      ...rest,
      takerTitle: titleOf(services, row.taker),
      askedAt: row.askedAt.toISOString(),
      validUntil: row.validUntil?.toISOString() ?? null,
      clock,
      delivery: second === null ? null : view(second, deliveryClock),
      supplement:
        points && document !== null && supplementAskedAt
          ? {
              points,
              document,
              askedAt: supplementAskedAt.toISOString(),
              answers,
              answeredAt: answeredAt?.toISOString() ?? null,
            }
          : null,
      escalatedAt: row.escalatedAt?.toISOString() ?? null,
      deliveryLateAt: row.deliveryLateAt?.toISOString() ?? null,
      decidedAt: row.decidedAt?.toISOString() ?? null,
      deliveredAt: row.deliveredAt?.toISOString() ?? null,
      agreements: (row.agreements ?? []).map((each) => ({ ...each, madeAt: new Date(each.madeAt).toISOString() })),
      steps: (row.steps ?? []).map((step) => ({ ...step, at: new Date(step.at).toISOString() })),
      mayDecide: decides && requesterAccount !== db.actor.account,
      // A clock that is over cannot be stopped any more.
      mayAskMore: decides && row.state === 'open' && supplementAskedAt === null && clock.state !== 'overdue',
      mayAnswer: row.state === 'supplement' && isAsking(db.actor, row),
      mayTakeBack: (row.state === 'open' || row.state === 'supplement') && isAsking(db.actor, row),
      mayDeliver: row.state === 'delivering' && isSupplier(db.actor, row),
    };
  });
}

/** One request that the caller may see; NOT_FOUND for one of others, as for none. */
export async function readRequest(options: {
  db: Db;
  services: Services;
  now: Date;
  id: string;
}): Promise<RequestView> {
  const [found] = await readRequests({
    ...options,
    where: sql`q.id = ${options.id}::uuid and ${requestsOf(options.db.actor)}`,
  });
  if (!found) throw NotFound.with();
  return found;
}

/** A request as stored, held until the end of the transaction. */
export type HeldRequest = {
  id: string;
  grantId: string;
  taker: string;
  resource: string;
  state: RequestView['state'];
  sharing: 'unconditional' | 'conditional';
  clock: string;
  deliveryClock: string | null;
  supplierUnit: string;
  requesterAccount: string;
  requesterUnit: string | null;
  fields: string[];
  purposes: string[];
  rowFilter: RequestView['rowFilter'];
  validUntil: Date | null;
  points: string[] | null;
};

/** Holds the newest request that `where` names (on `catalog.request q`); undefined for none. */
export async function holdRequest(db: Db, where: Sql): Promise<HeldRequest | undefined> {
  return db.first<HeldRequest>(sql`
    select q.id, q.grant_id as "grantId", g.taker, q.resource, q.state, q.sharing, q.clock, q.delivery_clock as "deliveryClock", q.supplier_unit as "supplierUnit",
      q.requester_account as "requesterAccount", q.requester_unit as "requesterUnit", q.fields, q.purposes, q.row_filter as "rowFilter", q.valid_until as "validUntil", q.supplement_points as points
    from catalog.request q join catalog.grant g on g.id = q.grant_id where ${where} order by q.asked_at desc, q.id desc limit 1 for update of q`);
}

/** The request of a grant that still runs: unanswered, or not delivered. */
export async function holdRunning(db: Db, grant: string): Promise<HeldRequest | undefined> {
  return holdRequest(db, sql`q.grant_id = ${grant}::uuid and q.state in ('open', 'supplement', 'delivering')`);
}

/**
 * Ends the clock of the answer (办结). An answer after its time leaves on record whose delay it was, whoever gave it in the end:
 * the event may not have been delivered yet.
 */
export async function endAnswerClock(db: Db, request: HeldRequest): Promise<void> {
  const { dueAt, endedAt } = await endClock(db, { kind: answerClocks[request.sharing], clock: request.clock });
  if (endedAt && endedAt >= dueAt)
    await db.run(sql`update catalog.request set late_unit = supplier_unit where id = ${request.id}::uuid`);
}

/** A step of a request that decides nothing: it stands in the history of request and grant and is never changed. */
export async function noteStep(
  db: Db,
  options: { request: { id: string; grantId: string }; step: string; reason: string | null },
): Promise<void> {
  const { request, step, reason } = options;
  await db.run(sql`insert into catalog.grant_step (grant_id, request_id, step, account, name, unit, reason, at)
    values (${request.grantId}::uuid, ${request.id}::uuid, ${step}, ${db.actor.account}, ${db.actor.name}, ${db.actor.unit ?? null}::text, ${reason}::text, kernel.now())`);
  await db.emit({ type: `catalog.request.${step}`, subject: request.id, data: { grant: request.grantId } });
}

type Sides = Pick<Row, 'state' | 'supplierUnit' | 'requesterUnit' | 'requesterAccount' | 'escalatedAt'>;

const isSupplier = (actor: Actor, row: Pick<Sides, 'supplierUnit'>): boolean =>
  actor.post === 'data-officer' && actor.unit === row.supplierUnit;

const isAsking = (actor: Actor, row: Pick<Sides, 'requesterUnit' | 'requesterAccount'>): boolean =>
  actor.account === row.requesterAccount || (actor.unit !== undefined && actor.unit === row.requesterUnit);

function mayDecide(actor: Actor, row: Sides): boolean {
  if (row.state !== 'open' && row.state !== 'supplement') return false;
  const coordinates = actor.post === 'data-officer' && actor.unit === OVERSIGHT_UNIT && row.escalatedAt !== null;
  return isSupplier(actor, row) || coordinates;
}
