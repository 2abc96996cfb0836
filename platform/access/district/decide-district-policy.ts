import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { PolicyCase } from '../policy/cases.ts';
import { forgetRules } from '../policy/rules.ts';
import { DutyConflict } from '../duty/duty-errors.ts';
import { tryDistrictPolicy } from './check-district.ts';
import {
  DistrictParams,
  DistrictPolicy,
  findDistrictPolicies,
  PolicyFaulty,
  PolicyNotDraft,
  readDistrictPolicy,
} from './district-record.ts';

const Body = Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false });

/**
 * Puts a version in force (批准): by somebody else than its drafter, and only when it parses, fits and its cases hold together
 * with everything that is in force at this moment. A faulty one changes nothing.
 */
export const approveDistrictPolicy = route({
  method: 'POST',
  path: '/api/access/district-policies/:id/approve',
  summary: { zh: '批准区级策略', en: 'Approve a district policy' },
  allow: 'access.policy.approve',
  assurance: 2,
  params: DistrictParams,
  body: Body,
  reply: DistrictPolicy,
  errors: [NotFound, PolicyNotDraft, PolicyFaulty, DutyConflict],
  examples: {
    own: { as: 'security-administrator', params: { id: 'fixture:district-policy' }, body: { reason: '同意' } },
    foreign: { as: 'security-administrator', params: { id: 'fixture:nothing' }, body: { reason: '同意' } },
  },
  handler: async ({ db, actor, clock, services, params: { id }, body }) => {
    const now = clock.now();
    const draft = await holdDraft({ db, now, id });
    if (draft.draftedBy === actor.account) throw DutyConflict.with();
    const { slug, text } = draft;
    const { faults } = tryDistrictPolicy({ services, slug, text, cases: draft.cases as PolicyCase[] });
    if (faults.length > 0)
      throw PolicyFaulty.with({
        detail: { zh: faults[0]?.message ?? '', en: faults[0]?.message ?? '' },
        extra: { faults },
      });
    await decide({ db, id, state: 'approved', reason: body.reason, now });
    forgetAfter(services);
    return readDistrictPolicy({ db, now, id });
  },
});

/** Turns a draft down (不予批准). */
export const refuseDistrictPolicy = route({
  method: 'POST',
  path: '/api/access/district-policies/:id/refuse',
  summary: { zh: '不批准区级策略', en: 'Turn a district policy down' },
  allow: 'access.policy.approve',
  params: DistrictParams,
  body: Body,
  reply: DistrictPolicy,
  errors: [NotFound, PolicyNotDraft],
  examples: {
    own: { as: 'security-administrator', params: { id: 'fixture:district-draft' }, body: { reason: '范围过宽' } },
    foreign: { as: 'security-administrator', params: { id: 'fixture:nothing' }, body: { reason: '范围过宽' } },
  },
  handler: async ({ db, clock, params: { id }, body }) => {
    const now = clock.now();
    await holdDraft({ db, now, id });
    await decide({ db, id, state: 'refused', reason: body.reason, now });
    return readDistrictPolicy({ db, now, id });
  },
});

async function holdDraft({ db, now, id }: { db: Db; now: Date; id: string }) {
  await db.run(sql`select from access.district_policy where id = ${id}::uuid for update`);
  const [found] = await findDistrictPolicies({ db, now, where: sql`p.id = ${id}::uuid` });
  if (!found) throw NotFound.with();
  if (found.state !== 'draft') throw PolicyNotDraft.with();
  return found;
}

async function decide(options: {
  db: Db;
  id: string;
  state: 'approved' | 'refused';
  reason: string;
  now: Date;
}): Promise<void> {
  const { db, id, state, reason, now } = options;
  const { account, name, unit } = db.actor;
  await db.run(sql`
    update access.district_policy set state = ${state}, decided_by = ${account}, decided_name = ${name}, decided_unit = ${unit ?? null}::text,
      decided_at = ${now}::timestamptz, decision = ${reason} where id = ${id}::uuid`);
  await db.emit({ type: `access.policy.${state}`, subject: id });
}

/** This process looks again with the next request, whenever the transaction has committed; others within five seconds. */
function forgetAfter(services: Services): void {
  forgetRules(services);
}
