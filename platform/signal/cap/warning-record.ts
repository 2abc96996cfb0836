import { Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { type CapMessage, MessageSchema } from './message.ts';

export const ApproverMustBeAnother = domainError({
  code: 'APPROVER_MUST_BE_ANOTHER',
  status: 403,
  title: { zh: '起草人不能批准自己的预警', en: 'Who drafted a warning does not approve it' },
  action: {
    zh: '请由另一位有权批准的人员核对后发布。',
    en: 'Ask another person who may approve it to check and release it.',
  },
});
export const NotForThisPost = domainError({
  code: 'WARNING_NOT_FOR_THIS_POST',
  status: 403,
  title: { zh: '这一级预警不由您的岗位办理', en: 'Warnings of this level are not for your post' },
  action: { zh: '请按预警发布权限表交由相应岗位办理。', en: 'Hand it to the post that the table of release names.' },
});
export const WarningNotOpen = domainError({
  code: 'WARNING_NOT_OPEN',
  status: 409,
  title: { zh: '这条预警不在待办状态', en: 'The warning is not waiting for this' },
  action: { zh: '可能已由他人办理，请刷新查看。', en: 'Somebody else may have dealt with it: reload.' },
});
export const SenderUnknown = domainError({
  code: 'CAP_SENDER_UNKNOWN',
  status: 403,
  title: { zh: '发送单位不在可转发名单内', en: 'The sender is not on the list of those that are relayed' },
  action: {
    zh: '请核对来源；确属上级发布的，请先登记该发送单位。',
    en: 'Check where it comes from; register the sender first if it is a higher office.',
  },
});

/** `state` of a warning: a draft is submitted, then released or returned by another person; a released one may be superseded or cancelled. */
export type WarningRow = {
  id: string;
  identifier: string;
  message: CapMessage;
  raw: string | null;
  level: number;
  origin: 'own' | 'relayed';
  state: 'draft' | 'submitted' | 'returned' | 'released' | 'superseded' | 'cancelled';
  unit: string;
  expiresAt: Date;
  draftedBy: string;
  draftedName: string;
  draftedAt: Date;
  approvedName: string | null;
  approvedAt: Date | null;
  returnedNote: string | null;
  refersTo: string | null;
  sm3: string | null;
};

export async function readWarnings(db: Db, rest: Sql): Promise<WarningRow[]> {
  return db.rows<WarningRow>(sql`
    select id, identifier, message, raw, level, origin, state, unit, expires_at as "expiresAt", drafted_by as "draftedBy", drafted_name as "draftedName", drafted_at as "draftedAt",
      approved_name as "approvedName", approved_at as "approvedAt", returned_note as "returnedNote", refers_to as "refersTo", sm3
    from signal.warning ${rest}`);
}

const Moment = Type.String({ format: 'date-time' });
export const WarningSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  identifier: Type.String(),
  message: MessageSchema,
  level: Type.Integer(),
  origin: Type.String(),
  state: Type.String(),
  unit: Type.String(),
  expiresAt: Moment,
  draftedName: Type.String(),
  draftedAt: Moment,
  approvedName: Type.Union([Type.String(), Type.Null()]),
  approvedAt: Type.Union([Moment, Type.Null()]),
  returnedNote: Type.Union([Type.String(), Type.Null()]),
  refersTo: Type.Union([Type.String(), Type.Null()]),
  /** The caller drafted it, so somebody else decides. */
  mine: Type.Boolean(),
  /** It reaches citizens once it is released: only what is Actual and Public does. */
  reachesCitizens: Type.Boolean(),
});

export function warningView(row: WarningRow, account: string) {
  const { raw: _raw, sm3: _sm3, draftedBy, ...rest } = row;
  return {
    ...rest,
    expiresAt: row.expiresAt.toISOString(),
    draftedAt: row.draftedAt.toISOString(),
    approvedAt: row.approvedAt?.toISOString() ?? null,
    mine: draftedBy === account,
    reachesCitizens: reachesCitizens(row.message),
  };
}

export const reachesCitizens = ({ status, scope }: CapMessage): boolean => status === 'Actual' && scope === 'Public';

/** Which posts draft and approve a level (预警发布权限, Appendix A6). */
export async function releaseRights(db: Db, level: number): Promise<{ drafts: string[]; approves: string[] }> {
  const { value } = await ruleAt(db, 'signal.release');
  if (typeof value !== 'object') throw new Error('signal.release is no table');
  const at = (name: string) => value.columns.indexOf(name);
  const rows = value.rows.filter((row) => row[at('level')] === level);
  return {
    drafts: rows.map((row) => String(row[at('drafts')])),
    approves: rows.map((row) => String(row[at('approves')])),
  };
}

/** Severity of CAP (§3.2.2) by level: I red … IV blue. */
export const SEVERITY_OF = ['Extreme', 'Severe', 'Moderate', 'Minor'] as const;
