import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { rulesOf } from './rules.ts';
import { HolderShape, Nullable, PolicyShape, Words } from './shapes.ts';
import { actionTitle, holdersOf, policyWords, postTitle, routeTitle } from './words.ts';

/** What a refusal means and who could help, by its code; what is not here says so itself. */
const REMEDIES: Record<string, { why: Text; who: Text }> = {
  FORBIDDEN: {
    why: { zh: '没有一条策略允许您的岗位做这件事。', en: 'No policy lets your post do this.' },
    who: {
      zh: '如工作需要，请本单位负责人向机构编制部门申请相应岗位，或由安全管理员调整策略。',
      en: 'If your work needs it, the head of your unit asks the staffing office for the post, or the security administrator changes the policy.',
    },
  },
  PURPOSE_REQUIRED: {
    why: { zh: '内容含个人信息，没有说明使用目的。', en: 'It holds personal data, and no purpose was stated.' },
    who: { zh: '请先选择目的，无需他人授权。', en: 'State a purpose first; nobody has to grant anything.' },
  },
  PURPOSE_NOT_ALLOWED: {
    why: {
      zh: '所选目的未登记、已停用、不对您的岗位开放，或不在数据共享授权之内。',
      en: 'The purpose is not in the register, is retired, is not open to your post, or is not covered by the grant.',
    },
    who: {
      zh: '请换用适当的目的；目的由安全管理员登记，共享授权由数据提供单位决定。',
      en: 'Choose a fitting one; purposes are registered by the security administrator, grants are decided by the unit that owns the data.',
    },
  },
  GRANT_WITHDRAWN: {
    why: { zh: '数据共享授权没有批准，或已被撤回。', en: 'The grant of this data is not approved, or was withdrawn.' },
    who: { zh: '数据提供单位的数据专员。', en: 'The data officer of the unit that owns the data.' },
  },
  GRANT_EXPIRED: {
    why: { zh: '数据共享授权已到期。', en: 'The grant of this data has expired.' },
    who: { zh: '数据提供单位的数据专员。', en: 'The data officer of the unit that owns the data.' },
  },
  STEP_UP_REQUIRED: {
    why: { zh: '这件事要求先用更强的方式确认是您本人。', en: 'This asks for a stronger proof that it is you.' },
    who: { zh: '您自己：再验证一次即可。', en: 'You yourself: verify once more.' },
  },
  SECOND_FACTOR_REQUIRED: {
    why: { zh: '这件事要求启用两步验证。', en: 'This asks for a second factor.' },
    who: { zh: '您自己：在“我的账号与设备”中启用。', en: 'You yourself, under “My account and devices”.' },
  },
  DELEGATION_OUT_OF_SCOPE: {
    why: {
      zh: '您正在替他人办理，而这件事不在委托范围内。',
      en: 'You act for somebody who has not asked you to do this.',
    },
    who: { zh: '委托人本人。', en: 'The person who gave the delegation.' },
  },
  DELEGATION_ENDED: {
    why: { zh: '委托已经结束。', en: 'The delegation has ended.' },
    who: { zh: '委托人本人。', en: 'The person who gave the delegation.' },
  },
};
const OTHER = {
  why: {
    zh: '按业务规则被拒绝，原因见当时的提示。',
    en: 'Refused by a rule of the operation; the message at the time says which.',
  },
  who: { zh: '办理这项业务的单位。', en: 'The unit that runs the operation.' },
};

const Refusal = Type.Object({
  trace: Type.String(),
  at: Type.String({ format: 'date-time' }),
  what: Words,
  code: Type.String(),
  why: Words,
});

type Row = {
  trace: string;
  at: Date;
  post: string | null;
  purpose: string | null;
  route: string;
  action: string;
  code: string;
  reasons: string[];
  owner: string | null;
};

/** My refusals (我被拒绝的操作), newest first. */
export const listRefusals = route({
  method: 'GET',
  path: '/api/access/refusals',
  summary: { zh: '我被拒绝的操作', en: 'What I was refused' },
  allow: 'signed-in',
  aboutSession: true,
  self: true,
  reply: Type.Object({ refusals: Type.Array(Refusal) }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, services }) => {
    const rows = await db.rows<Row>(sql`select * from access.refusal order by at desc, trace limit 30`);
    return {
      refusals: rows.map(({ trace, at, route: id, code }) => ({
        trace,
        at: at.toISOString(),
        what: routeTitle(services, id),
        code,
        why: (REMEDIES[code] ?? OTHER).why,
      })),
    };
  },
});

/** Why was I refused (为什么被拒绝): by the reference of the refusal, only the one's own. */
export const explainRefusal = route({
  method: 'GET',
  path: '/api/access/refusals/:trace',
  summary: { zh: '为什么被拒绝', en: 'Why I was refused' },
  allow: 'signed-in',
  aboutSession: true,
  self: true,
  params: Type.Object({ trace: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  reply: Type.Object({
    trace: Type.String(),
    at: Type.String({ format: 'date-time' }),
    what: Words,
    action: Words,
    code: Type.String(),
    post: Nullable(Words),
    purpose: Nullable(Type.String()),
    why: Words,
    who: Words,
    rules: Type.Array(PolicyShape, { description: 'policies that refused, as they are now' }),
    gone: Type.Array(Type.String(), { description: 'policies that refused and are no longer in force' }),
    holders: Type.Array(HolderShape),
    owner: Nullable(Type.String()),
    purposes: Type.Array(Type.Object({ code: Type.String(), title: Words }), { description: 'open to the post' }),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { trace: 'fixture:refusal' } },
    foreign: { as: 'street-clerk', params: { trace: 'fixture:foreign-refusal' } },
  },
  handler: async ({ db, services, params, actor }) => {
    const row = await db.first<Row>(sql`select * from access.refusal where trace = ${params.trace}`);
    if (!row) throw NotFound.with();
    const rules = rulesOf(services);
    const { why, who } = REMEDIES[row.code] ?? OTHER;
    const known = row.reasons.flatMap((id) => rules.policies.get(id) ?? []).filter((p) => p.effect === 'forbid');
    const purposes = row.code.startsWith('PURPOSE_')
      ? await db.rows<{ code: string; title: Text }>(
          sql`select code, title from access.purpose where retired_at is null and ${actor.post ?? ''}::text = any (posts) order by code`,
        )
      : [];
    return {
      trace: row.trace,
      at: row.at.toISOString(),
      what: routeTitle(services, row.route),
      action: actionTitle(services, row.action),
      code: row.code,
      post: row.post === null ? null : postTitle(row.post),
      purpose: row.purpose,
      why: known[0]?.words ?? why,
      who,
      rules: known.map(policyWords),
      gone: row.reasons.filter((id) => !rules.policies.has(id)),
      holders: row.code === 'FORBIDDEN' ? holdersOf(rules, row.action) : [],
      owner: row.owner,
      purposes,
    };
  },
});
