import { Type } from 'typebox';
import { ClockNotExtensible, ClockNotRunning } from '#platform/calendar/clock-errors.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import type { Db } from '#platform/kernel/db.ts';
import { actRoute, Files, Words } from './act-route.ts';
import { SUSPENSIONS } from './clocks.ts';
import { ExtensionOutside } from './errors.ts';

const UNIT = { allow: 'incident.case.handle', as: 'street-clerk', role: 'unit' } as const;
const LEADER = { allow: 'incident.case.lead', as: 'unit-head', role: 'leader' } as const;
const Document = Type.String({ minLength: 2, maxLength: 120, description: '批件文号 / document' });

const mostAllowed = async (db: Db, now: Date) => (await amountAt(db, 'incident.allowance.most', now)).amount;

/** The unit takes it in hand (接单). */
export const takeCase = actRoute({ ...UNIT, act: 'take', summary: { zh: '接单处置', en: 'Take it in hand' } });

/** The unit gives it back (退件): not its affair. The third time the centre rules. */
export const returnCase = actRoute({
  ...UNIT,
  act: 'return',
  summary: { zh: '退件', en: 'Give it back' },
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  example: { text: '该井盖权属为排水公司，不在本街道职责内' },
  actOf: async (_, { db, now }) => ({ act: 'return', most: (await amountAt(db, 'incident.return.most', now)).amount }),
  brought: ({ text }, { row }) => ({ text, data: { unit: row.unit } }),
});

/** The place is made safe (现场围护): the emergency hour of the class ends here. */
export const secureCase = actRoute({
  ...UNIT,
  act: 'secure',
  summary: { zh: '已围护', en: 'The place is safe' },
  body: Type.Object({ text: Words, files: Type.Optional(Files) }, { additionalProperties: false }),
  example: { text: '已设置围栏和警示灯' },
  brought: ({ text, files }) => ({ text, files }),
});

/** Asks the leader to suspend it (申请挂账): for a reason of the closed list, on a document, until a day. */
export const askSuspend = actRoute({
  ...UNIT,
  act: 'ask-suspend',
  summary: { zh: '申请挂账', en: 'Ask for a suspension' },
  body: Type.Object(
    {
      reason: Type.Union(SUSPENSIONS.map(({ id }) => Type.Literal(id))),
      document: Document,
      until: Type.String({ format: 'date' }),
      text: Words,
    },
    { additionalProperties: false },
  ),
  example: { reason: 'weather', document: '黄街〔2026〕8号', until: '2099-12-31', text: '台风期间不能登高作业' },
  actOf: async (_, { db, now }) => ({ act: 'ask-suspend', most: await mostAllowed(db, now) }),
  brought: ({ reason, document, until, text }, { actor }) => ({
    text,
    data: { reason, until },
    asked: { kind: 'suspend', by: actor.account, name: actor.name, reason: text, document, until, stop: reason },
  }),
});

/** Asks for more time (申请延期), until a day where somebody outside has set the limit: there the leader does not decide, but the one who keeps that limit. */
export const askExtend = actRoute({
  ...UNIT,
  act: 'ask-extend',
  summary: { zh: '申请延期', en: 'Ask for more time' },
  body: Type.Object(
    { document: Document, text: Words, until: Type.Optional(Type.String({ format: 'date', description: '延至' })) },
    { additionalProperties: false },
  ),
  example: { document: '黄街〔2026〕9号', text: '需定制同规格井盖' },
  actOf: async (_, { db, now }) => ({ act: 'ask-extend', most: await mostAllowed(db, now) }),
  brought: ({ document, text, until = null }, { actor }) => ({
    text,
    ...(until !== null && { data: { until } }),
    asked: { kind: 'extend', by: actor.account, name: actor.name, reason: text, document, until, stop: null },
  }),
});

/** The leader approves what was asked (批准挂账、延期): the clock stands still, or gets longer, from now on. */
export const allowAsked = actRoute({
  ...LEADER,
  act: 'allow',
  summary: { zh: '批准挂账或延期', en: 'Approve a suspension or extension' },
  errors: [ClockNotRunning, ClockNotExtensible, ExtensionOutside],
  brought: async (_, { db, now, row }) => ({ data: { kind: row.asked?.kind ?? '' }, most: await mostAllowed(db, now) }),
});

/** The leader does not (不同意), with the reason. */
export const denyAsked = actRoute({
  ...LEADER,
  act: 'deny',
  errors: [ExtensionOutside],
  summary: { zh: '不同意挂账或延期', en: 'Deny a suspension or extension' },
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  example: { text: '备件充足，请按期完成' },
  brought: ({ text }, { row }) => ({ text, data: { kind: row.asked?.kind ?? '' } }),
});

/** A suspended case goes on (恢复办理). */
export const resumeCase = actRoute({
  ...UNIT,
  act: 'resume',
  summary: { zh: '恢复办理', en: 'Resume a suspended case' },
});

/** The unit says that it is done (处置反馈), with photos of how it looks now. */
export const feedbackCase = actRoute({
  ...UNIT,
  act: 'feedback',
  summary: { zh: '处置反馈', en: 'Report that it is done' },
  body: Type.Object({ text: Words, files: Type.Optional(Files) }, { additionalProperties: false }),
  example: { text: '已更换新井盖并清理现场' },
  brought: ({ text, files }) => ({ text, files }),
});
