import { Type, type Static } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { empty, sql, type Sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { TextSchema } from './item-detail.ts';

/**
 * The unit that runs the catalogue (大数据中心): sees every grant, decides on its own resources and on requests that their supplier left
 * unanswered.
 */
export const OVERSIGHT_UNIT = 'data-centre';

const MaybeText = Type.Union([Type.String(), Type.Null()]);

/** Rows are limited to those whose field has one of these values. */
export const RowFilterSchema = Type.Array(
  Type.Object({
    field: Type.String({ maxLength: 80 }),
    in: Type.Array(Type.String({ maxLength: 120 }), { minItems: 1, maxItems: 200 }),
  }),
  { maxItems: 8 },
);

/** A grant (共享授权): who may read which fields of whose resource, for which purposes, until when. */
export const GrantSchema = Type.Object({
  id: Type.String(),
  /** `<taker>.<name>`, the readable reference; stands for the id in every address. */
  ref: Type.String(),
  taker: Type.String(),
  takerTitle: TextSchema,
  name: Type.String(),
  resource: Type.String(),
  resourceTitle: TextSchema,
  level: Type.String(),
  owner: Type.String(),
  why: TextSchema,
  wanted: Type.Array(Type.String()),
  fields: Type.Array(Type.String()),
  wantedPurposes: Type.Array(Type.String()),
  purposes: Type.Array(Type.String()),
  rowFilter: RowFilterSchema,
  state: Type.Union([
    Type.Literal('requested'),
    Type.Literal('approved'),
    Type.Literal('refused'),
    Type.Literal('revoked'),
    Type.Literal('expired'),
  ]),
  validUntil: MaybeText,
  requestedAt: Type.String(),
  requestedName: MaybeText,
  requestedUnit: MaybeText,
  decidedAt: MaybeText,
  decidedName: MaybeText,
  decidedUnit: MaybeText,
  reason: MaybeText,
  /** The request that runs, unanswered or not delivered; none where only a manifest asks, or everything is settled. */
  request: MaybeText,
  /** Whether the caller may decide on it. */
  mayDecide: Type.Boolean(),
  steps: Type.Array(
    Type.Object({ at: Type.String(), step: Type.String(), name: MaybeText, unit: MaybeText, reason: MaybeText }),
  ),
});
export type Grant = Static<typeof GrantSchema>;

/** Address of a grant: its id, or `<taker>.<name>`. */
export const GrantParams = Type.Object({
  id: Type.String({ pattern: '^([0-9a-f-]{36}|[a-z][a-z0-9-]*\\.[a-z][a-z0-9_]*)$' }),
});

type Row = Omit<Grant, 'takerTitle' | 'validUntil' | 'requestedAt' | 'decidedAt' | 'steps'> & {
  validUntil: Date | null;
  requestedAt: Date;
  decidedAt: Date | null;
  steps: { at: string; step: string; name: string | null; unit: string | null; reason: string | null }[] | null;
};

/** Grants that this actor may see: of the own unit's resources, its own requests; all for the catalogue's unit and auditors. */
export function visibleTo(actor: Actor): Sql {
  if (actor.unit === OVERSIGHT_UNIT || actor.post === 'security-auditor') return sql`true`;
  return sql`(r.owner = ${actor.unit ?? ''}::text or g.requested_by = ${actor.account}::text)`;
}

/**
 * Deciding is for a data officer of the unit that owns the resource (一数一源), whatever the reach of the post; on a request whose time
 * is over also for one of the unit that runs the catalogue.
 */
export function decidableBy(actor: Actor): Sql {
  if (actor.post !== 'data-officer') return sql`false`;
  const own = sql`r.owner = ${actor.unit ?? ''}::text`;
  return actor.unit === OVERSIGHT_UNIT
    ? sql`(${own} or exists (select from catalog.request q where q.grant_id = g.id and q.state in ('open', 'supplement') and q.escalated_at is not null))`
    : own;
}

export async function findGrants(options: {
  db: Db;
  services: Services;
  where: Sql;
  limit?: number;
}): Promise<Grant[]> {
  const { db, services, where } = options;
  const rows = await db.rows<Row>(sql`
    select g.id, g.taker || '.' || g.name as ref, g.taker, g.name, g.resource, r.title as "resourceTitle", r.level, r.owner, g.why, g.wanted, g.fields,
      g.wanted_purposes as "wantedPurposes", g.purposes, g.row_filter as "rowFilter",
      case when g.state = 'approved' and g.valid_until <= kernel.now() then 'expired' else g.state end as state,
      g.valid_until as "validUntil", g.requested_at as "requestedAt", g.requested_name as "requestedName", g.requested_unit as "requestedUnit",
      g.decided_at as "decidedAt", g.decided_name as "decidedName", g.decided_unit as "decidedUnit", g.reason,
      ${decidableBy(db.actor)} as "mayDecide",
      (select q.id from catalog.request q where q.grant_id = g.id and q.state in ('open', 'supplement', 'delivering') order by q.asked_at desc, q.id desc limit 1) as request,
      (select jsonb_agg(jsonb_build_object('at', s.at, 'step', s.step, 'name', s.name, 'unit', s.unit, 'reason', s.reason) order by s.seq desc)
        from catalog.grant_step s where s.grant_id = g.id) as steps
    from catalog.grant g join catalog.resource r on r.id = g.resource
    where ${where}
    order by (g.state = 'requested') desc, coalesce(g.decided_at, g.requested_at) desc, g.taker, g.name
    ${options.limit === undefined ? empty : sql`limit ${options.limit}::int`}`);
  return rows.map((row) => ({
    ...row,
    takerTitle: titleOf(services, row.taker),
    validUntil: row.validUntil?.toISOString() ?? null,
    requestedAt: row.requestedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    steps: (row.steps ?? []).map((step) => ({ ...step, at: new Date(step.at).toISOString() })),
  }));
}

/** Name of a taker for people; its id when the module is no longer installed. */
export function titleOf(services: Services, module: string): Text {
  return services.registry.modules.find((m) => m.id === module)?.title ?? { zh: module, en: module };
}

export function byReference(reference: string): Sql {
  if (!reference.includes('.')) return sql`g.id = ${reference}::uuid`;
  const [taker = '', name = ''] = reference.split('.');
  return sql`(g.taker = ${taker}::text and g.name = ${name}::text)`;
}

/** The grant as it stands now, held until the end of the transaction; absent and not mine to decide look the same. */
export async function holdForDecision(options: { db: Db; services: Services; reference: string }): Promise<Grant> {
  const { db, services, reference } = options;
  const held = await db.first<{ id: string }>(sql`
    select g.id from catalog.grant g join catalog.resource r on r.id = g.resource
    where ${byReference(reference)} and ${decidableBy(db.actor)} for update of g`);
  if (!held) throw NotFound.with();
  return readGrant({ db, services, id: held.id });
}

export async function readGrant(options: { db: Db; services: Services; id: string }): Promise<Grant> {
  const [grant] = await findGrants({
    db: options.db,
    services: options.services,
    where: sql`g.id = ${options.id}::uuid`,
  });
  if (!grant) throw NotFound.with();
  return grant;
}

/** What every decision leaves behind: a step that is never changed, an event, and PostgreSQL's own rights set anew. */
export async function recordStep(options: {
  db: Db;
  grant: Pick<Grant, 'id' | 'taker' | 'resource'>;
  step: string;
  reason: string | null;
  /** The request that the step belongs to. */
  request?: string;
}): Promise<void> {
  const { db, grant, step, reason, request } = options;
  await db.run(sql`insert into catalog.grant_step (grant_id, request_id, step, account, name, unit, reason, at)
    values (${grant.id}::uuid, ${request ?? null}::uuid, ${step}, ${db.actor.account}, ${db.actor.name}, ${db.actor.unit ?? null}::text, ${reason}::text, kernel.now())`);
  await db.emit({
    type: `catalog.grant.${step}`,
    subject: grant.id,
    data: { resource: grant.resource, taker: grant.taker },
  });
  await db.run(sql`select share.apply(${grant.id}::uuid)`);
}
