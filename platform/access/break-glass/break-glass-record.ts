import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { Nullable } from '../policy/shapes.ts';

export const NobodyFound = domainError({
  code: 'SUBJECT_UNKNOWN',
  status: 422,
  title: { zh: '没有找到要查的对象', en: 'Nobody is known by this number' },
  action: { zh: '请核对号码后再试；本次查询已记录。', en: 'Check the number and try again; this try is recorded.' },
});
export const BreakGlassState = domainError({
  code: 'BREAK_GLASS_STATE',
  status: 409,
  title: { zh: '这次调阅已不在可办理的状态', en: 'This break-glass is not at that step any more' },
  action: { zh: '请刷新列表。', en: 'Reload the list.' },
});

const Moment = Type.String({ format: 'date-time' });
export const BreakGlassSchema = Type.Object({
  id: Type.String(),
  number: Type.String(),
  name: Type.String({ description: 'who asked' }),
  post: Type.String(),
  unit: Nullable(Type.String()),
  action: Type.String(),
  reason: Type.String(),
  caseNo: Nullable(Type.String()),
  ownerUnit: Type.String(),
  labels: Type.Array(Type.String(), { description: 'masked numbers of the subjects, in their order' }),
  state: Type.String({ description: 'waiting (for a second person), open, ended' }),
  needsSecond: Type.Boolean(),
  secondName: Nullable(Type.String()),
  askedAt: Moment,
  openedAt: Nullable(Moment),
  expiresAt: Nullable(Moment),
  reviewDue: Moment,
  reviewedName: Nullable(Type.String()),
  reviewedAt: Nullable(Moment),
  verdict: Nullable(Type.String()),
  verdictNote: Nullable(Type.String()),
  overdue: Type.Boolean({ description: 'not reviewed in time' }),
  mine: Type.Boolean(),
  mayConfirm: Type.Boolean(),
  mayReview: Type.Boolean(),
});
export type BreakGlass = Static<typeof BreakGlassSchema>;
export const BreakGlassParams = Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });

export type BreakGlassRow = {
  id: string;
  number: string;
  account: string;
  name: string;
  post: string;
  unit: string | null;
  action: string;
  reason: string;
  case_no: string | null;
  owner_unit: string;
  needs_second: boolean;
  second_account: string | null;
  second_name: string | null;
  state: 'waiting' | 'open' | 'ended';
  asked_at: Date;
  opened_at: Date | null;
  expires_at: Date | null;
  review_due: Date;
  reviewed_by: string | null;
  reviewed_name: string | null;
  reviewed_at: Date | null;
  verdict: string | null;
  verdict_note: string | null;
  labels: string[];
};

/** Rows that row security lets this caller see: own, of the own unit, of data that the unit owns; all for the reviewer. */
export async function findBreakGlass(options: { db: Db; where?: Sql }): Promise<BreakGlassRow[]> {
  return options.db.rows<BreakGlassRow>(sql`
    select b.*, (select coalesce(array_agg(s.label order by s.no), '{}') from access.break_glass_subject s where s.break_glass = b.id) as labels
    from access.break_glass b where ${options.where ?? sql`true`} order by b.asked_at desc, b.id desc limit 100`);
}

export async function holdBreakGlass(db: Db, id: string): Promise<BreakGlassRow> {
  await db.run(sql`select from access.break_glass where id = ${id}::uuid for update`);
  const [found] = await findBreakGlass({ db, where: sql`b.id = ${id}::uuid` });
  if (!found) throw NotFound.with();
  return found;
}

const SECONDS = ['unit-head', 'street-clerk', 'committee-worker', 'duty-officer'];
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function shownBreakGlass(db: Db, row: BreakGlassRow, now: Date): BreakGlass {
  const { account, unit, post } = db.actor;
  const expired = row.state === 'open' && row.expires_at !== null && row.expires_at <= now;
  const party = row.account === account || row.second_account === account;
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    post: row.post,
    unit: row.unit,
    action: row.action,
    reason: row.reason,
    caseNo: row.case_no,
    ownerUnit: row.owner_unit,
    labels: row.labels,
    state: expired ? 'ended' : row.state,
    needsSecond: row.needs_second,
    secondName: row.second_name,
    askedAt: row.asked_at.toISOString(),
    openedAt: iso(row.opened_at),
    expiresAt: iso(row.expires_at),
    reviewDue: row.review_due.toISOString(),
    reviewedName: row.reviewed_name,
    reviewedAt: iso(row.reviewed_at),
    verdict: row.verdict,
    verdictNote: row.verdict_note,
    overdue: row.reviewed_by === null && row.review_due < now,
    mine: row.account === account,
    mayConfirm: row.state === 'waiting' && !party && row.unit === unit && SECONDS.includes(post ?? ''),
    mayReview:
      row.reviewed_by === null &&
      row.state !== 'waiting' &&
      !party &&
      (post === 'security-administrator' || (post === 'unit-head' && row.owner_unit === unit)),
  };
}
