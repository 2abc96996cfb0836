import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import type { PolicyCase } from '../policy/cases.ts';
import { CaseShape, Nullable } from '../policy/shapes.ts';

export const PolicyFaulty = domainError({
  code: 'POLICY_FAULTY',
  status: 422,
  title: { zh: '策略有误，没有生效', en: 'The policy is not right and was not put in force' },
  action: {
    zh: '原有策略继续有效。请按列出的问题修改后重新提交。',
    en: 'What was in force stays. Mend what is listed and send it again.',
  },
});
export const PolicyNotDraft = domainError({
  code: 'POLICY_NOT_DRAFT',
  status: 409,
  title: { zh: '这一版已经处理过', en: 'This version has been decided already' },
  action: { zh: '请另起一版。', en: 'Draft a new version.' },
});

const Moment = Type.String({ format: 'date-time' });
export const DistrictPolicy = Type.Object({
  id: Type.String(),
  slug: Type.String(),
  version: Type.Integer(),
  text: Type.String({ description: 'Cedar; empty = withdraws the policy' }),
  cases: Type.Array(CaseShape),
  reason: Type.String(),
  state: Type.String({ description: 'draft, refused, in-force, waiting, replaced, ended' }),
  draftedBy: Type.String({ description: 'account' }),
  draftedName: Type.String(),
  draftedAt: Moment,
  mine: Type.Boolean({ description: 'drafted by the caller, who may not approve it' }),
  decidedName: Nullable(Type.String()),
  decidedAt: Nullable(Moment),
  decision: Nullable(Type.String()),
  validFrom: Moment,
  validTo: Nullable(Moment),
});
export type DistrictPolicy = Static<typeof DistrictPolicy>;

export const DistrictParams = Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });

type Row = {
  id: string;
  slug: string;
  version: number;
  text: string;
  cases: PolicyCase[];
  reason: string;
  state: string;
  drafted_by: string;
  drafted_name: string;
  drafted_at: Date;
  decided_name: string | null;
  decided_at: Date | null;
  decision: string | null;
  valid_from: Date;
  valid_to: Date | null;
  newest: number | null;
};

export async function findDistrictPolicies(options: { db: Db; now: Date; where?: Sql }): Promise<DistrictPolicy[]> {
  const { db, now, where } = options;
  const rows = await db.rows<Row>(sql`
    select p.*, (select max(n.version) from access.district_policy n where n.slug = p.slug and n.state = 'approved' and n.valid_from <= ${now}::timestamptz) as newest
    from access.district_policy p where ${where ?? sql`true`} order by p.drafted_at desc, p.version desc limit 200`);
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    version: row.version,
    text: row.text,
    cases: row.cases as DistrictPolicy['cases'],
    reason: row.reason,
    state: stateOf(row, now),
    draftedName: row.drafted_name,
    draftedBy: row.drafted_by,
    draftedAt: row.drafted_at.toISOString(),
    mine: row.drafted_by === db.actor.account,
    decidedName: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decision: row.decision,
    validFrom: row.valid_from.toISOString(),
    validTo: row.valid_to?.toISOString() ?? null,
  }));
}

function stateOf(row: Row, now: Date): string {
  if (row.state !== 'approved') return row.state;
  if (row.valid_from > now) return 'waiting';
  if (row.newest !== null && row.newest > row.version) return 'replaced';
  if (row.text === '' || (row.valid_to !== null && row.valid_to <= now)) return 'ended';
  return 'in-force';
}

export async function readDistrictPolicy(options: { db: Db; now: Date; id: string }): Promise<DistrictPolicy> {
  const [found] = await findDistrictPolicies({ ...options, where: sql`p.id = ${options.id}::uuid` });
  if (!found) throw NotFound.with();
  return found;
}
