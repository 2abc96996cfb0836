import { Type } from 'typebox';
import { DutyConflict } from '#platform/access/duty/duty-errors.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
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

type Terms = { fields: string[]; purposes: string[] };

/** Names in `chosen` that `wanted` does not hold, as faults at their place. */
export function beyond(options: {
  pointer: string;
  chosen: readonly string[];
  wanted: readonly string[];
}): FieldFault[] {
  const wanted = new Set(options.wanted);
  return options.chosen.flatMap((name, index) =>
    wanted.has(name)
      ? []
      : [
          {
            pointer: `${options.pointer}/${index}`,
            rule: 'not-requested',
            message: { zh: `申请中没有“${name}”`, en: `“${name}” was not asked for` },
          },
        ],
  );
}

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

/** The owner unit approves a request, narrows a grant in force, or grants again after a withdrawal. */
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
      /** ISO 8601 instant; null = without end; absent = as before. */
      validUntil: Type.Optional(
        Type.Union([Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+(Z|[+-]\\d{2}:\\d{2})$' }), Type.Null()]),
      ),
      rowFilter: Type.Optional(RowFilterSchema),
      reason: Type.String({ minLength: 2, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  reply: GrantSchema,
  errors: [GrantTooWide, GrantTermPast, DutyConflict],
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
    const terms = termsOf(grant, body);
    const faults = [
      ...beyond({ pointer: '/fields', chosen: terms.fields, wanted: grant.wanted }),
      ...beyond({ pointer: '/purposes', chosen: terms.purposes, wanted: grant.wantedPurposes }),
      ...beyond({
        pointer: '/rowFilter',
        chosen: (body.rowFilter ?? []).map((f) => f.field),
        wanted: await fieldsOf(db, grant.resource),
      }),
    ];
    if (faults.length > 0 || terms.purposes.length === 0) throw GrantTooWide.with({ fields: faults });
    const validUntil = body.validUntil === undefined ? grant.validUntil : body.validUntil;
    const { past } = await db.one<{ past: boolean }>(
      sql`select coalesce(${validUntil}::timestamptz <= kernel.now(), false) as past`,
    );
    if (past)
      throw GrantTermPast.with({ fields: [{ pointer: '/validUntil', rule: 'past', message: GrantTermPast.title }] });
    await db.run(sql`
      update catalog.grant set state = 'approved', fields = ${terms.fields}::text[], purposes = ${terms.purposes}::text[],
        row_filter = ${json(body.rowFilter ?? grant.rowFilter)}::text::jsonb, valid_until = ${validUntil}::timestamptz,
        decided_at = kernel.now(), decided_by = ${actor.account}, decided_name = ${actor.name}, decided_unit = ${actor.unit ?? null}::text, reason = ${body.reason}
      where id = ${grant.id}::uuid`);
    await recordStep({ db, grant, step: 'approved', reason: body.reason });
    return readGrant({ db, services, id: grant.id });
  },
});

async function fieldsOf(db: Db, resource: string): Promise<string[]> {
  return (await db.rows<{ name: string }>(sql`select name from catalog.field where resource = ${resource}`)).map(
    (row) => row.name,
  );
}
