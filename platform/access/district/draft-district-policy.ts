import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { PolicyCase } from '../policy/cases.ts';
import { CaseResultShape, CaseShape, FaultShape } from '../policy/shapes.ts';
import { tryDistrictPolicy } from './check-district.ts';
import { DistrictPolicy, findDistrictPolicies, readDistrictPolicy } from './district-record.ts';

const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{2,60}$' });
const Moment = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(Z|[+-]\\d{2}:\\d{2})$' });
const Cases = Type.Array(CaseShape, { maxItems: 100 });
const Text = Type.String({ maxLength: 8000 });

export const EXAMPLE_TEXT = `@id("district.office-hours")
@zh("数据专员只在工作时间（8–20 时）审批共享授权。")
@en("Data officers decide on grants during working hours (8 to 20) only.")
forbid (principal, action == Action::"catalog.grant.decide", resource)
unless { context.hour >= 8 && context.hour < 20 };
`;
export const EXAMPLE_CASES: PolicyCase[] = [
  {
    who: 'data-officer',
    does: 'catalog.grant.decide',
    with: { at: '2026-11-23T23:00:00+08:00' },
    expect: 'deny',
    by: 'district.office-hours',
    why: { zh: '夜间不审批', en: 'Nothing is decided at night' },
  },
];

/** All district policies with every version (区级策略), newest first. */
export const listDistrictPolicies = route({
  method: 'GET',
  path: '/api/access/district-policies',
  summary: { zh: '区级策略与各版本', en: 'District policies with their versions' },
  allow: 'access.policy.read',
  reply: Type.Object({ policies: Type.Array(DistrictPolicy) }),
  examples: { own: { as: 'security-administrator' } },
  handler: async ({ db, clock }) => ({
    policies: await findDistrictPolicies({ db, now: clock.now() }),
  }),
});

/** Tries a text before anybody is asked to approve it: faults, cases, and which shipped cases it would change. */
export const checkDistrictPolicy = route({
  method: 'POST',
  path: '/api/access/district-policies/check',
  summary: { zh: '试运行区级策略', en: 'Try a district policy' },
  allow: 'access.policy.draft',
  repeatable: true,
  body: Type.Object({ slug: Slug, text: Text, cases: Cases }, { additionalProperties: false }),
  reply: Type.Object({
    faults: Type.Array(FaultShape),
    results: Type.Array(CaseResultShape),
    changes: Type.Array(CaseResultShape, { description: 'shipped cases that would come out differently' }),
  }),
  examples: {
    own: { as: 'security-administrator', body: { slug: 'office-hours', text: EXAMPLE_TEXT, cases: EXAMPLE_CASES } },
  },
  handler: async ({ services, body }) => {
    const { faults, results, changes } = tryDistrictPolicy({ services, ...body, cases: body.cases as PolicyCase[] });
    const shown = (list: typeof results) => list.map((one) => ({ ...one, reasons: [...one.reasons] }));
    return { faults, results: shown(results), changes: shown(changes) };
  },
});

/** Drafts a version of a district policy (起草). Nothing changes until somebody else approves it; an empty text withdraws. */
export const draftDistrictPolicy = route({
  method: 'POST',
  path: '/api/access/district-policies',
  summary: { zh: '起草区级策略', en: 'Draft a district policy' },
  allow: 'access.policy.draft',
  body: Type.Object(
    {
      slug: Slug,
      text: Text,
      cases: Cases,
      reason: Type.String({ minLength: 5, maxLength: 500 }),
      validFrom: Type.Optional(Moment),
      validTo: Type.Optional(Moment),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: DistrictPolicy,
  examples: {
    own: {
      as: 'security-administrator',
      body: { slug: 'office-hours', text: EXAMPLE_TEXT, cases: EXAMPLE_CASES, reason: '夜间审批无人复核' },
    },
  },
  handler: async ({ db, actor, clock, body }) => {
    const now = clock.now();
    const from = body.validFrom === undefined ? now : new Date(body.validFrom);
    const to = body.validTo === undefined ? null : new Date(body.validTo);
    if (to !== null && to <= from) {
      const message = { zh: '截止时间须晚于生效时间', en: 'must be later than the beginning' };
      throw InvalidInput.with({ fields: [{ pointer: '/validTo', rule: 'order', message }] });
    }
    const id = uuidv7();
    await db.run(sql`
      insert into access.district_policy (id, slug, version, text, cases, reason, state, drafted_by, drafted_name, drafted_unit, drafted_at, valid_from, valid_to)
      select ${id}::uuid, ${body.slug}, coalesce(max(version), 0) + 1, ${body.text.trim()}, ${json(body.cases)}::text::jsonb, ${body.reason}, 'draft', ${actor.account}, ${actor.name},
        ${actor.unit ?? null}::text, ${now}::timestamptz, ${from}::timestamptz, ${to}::timestamptz
      from access.district_policy where slug = ${body.slug}`);
    await db.emit({ type: 'access.policy.drafted', subject: id });
    return readDistrictPolicy({ db, now, id });
  },
});
