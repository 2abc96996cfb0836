import { Type } from 'typebox';
import { DutyConflict } from '#platform/access/duty/duty-errors.ts';
import { route } from '#platform/kernel/app.ts';
import { type FieldFault, InvalidInput } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { GrantTermPast, GrantTooWide } from './grant-errors.ts';
import {
  type Grant,
  GrantParams,
  GrantSchema,
  holdForDecision,
  readGrant,
  recordStep,
  RowFilterSchema,
} from './grant-record.ts';
import { assertQuality } from './quality/assert-quality.ts';
import { QualityTooLow } from './quality/quality-errors.ts';
import { makeAgreement } from './request/agreement.ts';
import { assertShared } from './request/open-request.ts';
import { NotShared } from './request/request-errors.ts';
import { type HeldRequest, holdRequest, WithheldSchema } from './request/request-record.ts';
import { settleApproved } from './request/settle.ts';
import { OnNegativeList } from './register/register-errors.ts';
import { beyond, fieldsOf, InstantOrNone, isPast, rowsBeyond } from './terms.ts';

type Terms = { fields: string[]; purposes: string[] };

/** What is approved when the officer names nothing: what was approved before, else all that is asked. */
export function termsOf(
  grant: Pick<Grant, 'wanted' | 'fields' | 'wantedPurposes' | 'purposes'>,
  chosen: { fields?: string[]; purposes?: string[] },
): Terms {
  const before = grant.fields.filter((name) => grant.wanted.includes(name));
  return {
    fields: chosen.fields ?? (before.length > 0 ? before : grant.wanted),
    purposes: chosen.purposes ?? grant.purposes.filter((code) => grant.wantedPurposes.includes(code)),
  };
}

/**
 * The owner unit approves a request, narrows a grant in force, or grants again after a withdrawal. What is given may be less than what
 * was asked for, with a reason for each field; what both agreed on is written down as an agreement.
 */
export const approveGrant = route({
  method: 'POST',
  path: '/api/catalog/grants/:id/approve',
  summary: { zh: '批准共享授权', en: 'Approve a grant' },
  allow: 'catalog.grant.decide',
  params: GrantParams,
  body: Type.Object(
    {
      fields: Type.Optional(
        Type.Array(Type.String({ maxLength: 80 }), { minItems: 1, maxItems: 200, uniqueItems: true }),
      ),
      purposes: Type.Optional(
        Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 20, uniqueItems: true }),
      ),
      /** Absent = as asked, else as before. */
      validUntil: Type.Optional(InstantOrNone),
      rowFilter: Type.Optional(RowFilterSchema),
      /** Why a field that was asked for is not given (最小必要), one reason each. */
      withheld: Type.Optional(WithheldSchema),
      reason: Type.String({ minLength: 2, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  reply: GrantSchema,
  errors: [GrantTooWide, GrantTermPast, DutyConflict, NotShared, OnNegativeList, QualityTooLow],
  examples: {
    own: { as: 'data-officer', params: { id: 'community.household' }, body: { reason: '社区走访需要' } },
    foreign: { as: 'data-officer', params: { id: 'community.building' }, body: { reason: '社区走访需要' } },
  },
  handler: async ({ db, services, params, body, actor }) => {
    const grant = await holdForDecision({ db, services, reference: params.id });
    const asked = await db.first<{ by: string | null }>(
      sql`select requested_by as by from catalog.grant where id = ${grant.id}::uuid`,
    );
    // Narrowing what is in force is the owner's alone; a request is approved by somebody else than who made it.
    if (grant.state === 'requested' && asked?.by === actor.account) throw DutyConflict.with();
    await assertShared(db, grant.resource);
    // Narrowing what is in force makes nothing new.
    if (grant.state !== 'approved') await assertQuality(db, grant.resource);
    const request = await holdRequest(db, sql`q.grant_id = ${grant.id}::uuid and q.state in ('open', 'supplement')`);
    const scope = request ? scopeOf(grant, request) : grant;
    const terms = termsOf(scope, body);
    const rowFilter = body.rowFilter ?? request?.rowFilter ?? grant.rowFilter;
    const faults = [
      ...beyond({ pointer: '/fields', chosen: terms.fields, wanted: scope.wanted }),
      ...beyond({ pointer: '/purposes', chosen: terms.purposes, wanted: scope.wantedPurposes }),
      ...beyond({
        pointer: '/rowFilter',
        chosen: rowFilter.map((f) => f.field),
        wanted: await fieldsOf(db, grant.resource),
      }),
      ...rowsBeyond({ chosen: rowFilter, asked: request?.rowFilter ?? [] }),
    ];
    // A manifest that names none of it any more leaves nothing to approve.
    if (faults.length > 0 || terms.purposes.length === 0 || terms.fields.length === 0)
      throw GrantTooWide.with({ fields: faults });
    const validUntil = endOf({ chosen: body.validUntil, request, before: grant.validUntil });
    if (await isPast(db, validUntil))
      throw GrantTermPast.with({ fields: [{ pointer: '/validUntil', rule: 'past', message: GrantTermPast.title }] });
    const withheld = body.withheld ?? [];
    const silent = request ? unexplained({ asked: scope.wanted, given: terms.fields, withheld }) : [];
    if (silent.length > 0) throw InvalidInput.with({ fields: silent });
    await db.run(sql`
      update catalog.grant set state = 'approved', fields = ${terms.fields}::text[], purposes = ${terms.purposes}::text[],
        row_filter = ${json(rowFilter)}::text::jsonb, valid_until = ${validUntil}::timestamptz,
        decided_at = kernel.now(), decided_by = ${actor.account}, decided_name = ${actor.name}, decided_unit = ${actor.unit ?? null}::text, reason = ${body.reason}
      where id = ${grant.id}::uuid`);
    if (request) await settleApproved(db, { request, reason: body.reason, withheld });
    await makeAgreement(db, { grant, terms: { ...terms, rowFilter, validUntil }, request: request?.id });
    await recordStep({ db, grant, step: 'approved', reason: body.reason, request: request?.id });
    return readGrant({ db, services, id: grant.id });
  },
});

/** What can be approved of a request: what it asks for, as far as the manifest still names it. */
function scopeOf(
  grant: Pick<Grant, 'wanted' | 'wantedPurposes'>,
  request: HeldRequest,
): Pick<Grant, 'wanted' | 'fields' | 'wantedPurposes' | 'purposes'> {
  const purposes = request.purposes.filter((code) => grant.wantedPurposes.includes(code));
  return {
    wanted: request.fields.filter((name) => grant.wanted.includes(name)),
    fields: [],
    wantedPurposes: purposes,
    purposes,
  };
}

/** When the grant ends: as chosen, but not later than asked for; what nobody chose is as asked, else as before. */
function endOf(options: {
  chosen: string | null | undefined;
  request: HeldRequest | undefined;
  before: string | null;
}): string | null {
  const { chosen, request, before } = options;
  const asked = request ? (request.validUntil?.toISOString() ?? null) : before;
  if (chosen === undefined) return asked;
  const longer = request && asked !== null && (chosen === null || Date.parse(chosen) > Date.parse(asked));
  if (longer)
    throw GrantTooWide.with({
      fields: [
        {
          pointer: '/validUntil',
          rule: 'not-requested',
          message: { zh: '不能晚于申请的期限', en: 'cannot be later than the term that was asked for' },
        },
      ],
    });
  return chosen;
}

/** Fields that were asked for, are not given, and for which no reason stands. */
export function unexplained(options: {
  asked: readonly string[];
  given: readonly string[];
  withheld: readonly { field: string }[];
}): FieldFault[] {
  const { asked, given, withheld } = options;
  return asked
    .filter((name) => !given.includes(name) && !withheld.some(({ field }) => field === name))
    .map((name) => ({
      pointer: '/withheld',
      rule: 'required',
      message: { zh: `请说明为什么不提供“${name}”`, en: `must say why “${name}” is not given` },
    }));
}
