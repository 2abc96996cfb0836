import { Type } from 'typebox';
import { ClockNotRunning } from '#platform/calendar/clock-errors.ts';
import { actRoute, Document, Words } from './case-act-route.ts';
import { RemedyMissing } from './case-errors.ts';

const HANDLE = { allow: 'service.case.handle', role: 'handler', as: 'data-officer' } as const;
/** One of `LICENSING_STOPS`; the calendar says so where it is not. */
const StopReason = Type.String({ pattern: '^[a-z-]{3,40}$' });
const MaybeWords = Type.Optional(Words);

/** Takes the examination in hand (开始审查). */
export const beginReview = actRoute({
  ...HANDLE,
  act: 'begin',
  summary: { zh: '开始审查', en: 'Begin the examination' },
});

/** Stops the clock (停表) for one of the reasons of 行政许可法 art. 45, on a document that the applicant has got. */
export const stopCase = actRoute({
  ...HANDLE,
  act: 'stop',
  summary: { zh: '停止计时', en: 'Stop the clock' },
  body: Type.Object(
    { reason: StopReason, document: Document, expectedEnd: Type.String({ format: 'date' }) },
    { additionalProperties: false },
  ),
  example: { reason: 'expert-review', document: '专家评审告知书〔2026〕1号', expectedEnd: '2099-01-05' },
  errors: [ClockNotRunning],
  brought: (body) => ({ stop: body, text: body.document, data: { reason: body.reason, until: body.expectedEnd } }),
});

export const resumeCase = actRoute({
  ...HANDLE,
  act: 'resume',
  summary: { zh: '恢复计时', en: 'Let the clock go on' },
});

/** Proposes a decision (拟定决定). A refusal needs its reason and the remedy (行政许可法 art. 38 II). */
export const draftDecision = actRoute({
  ...HANDLE,
  act: 'draft',
  summary: { zh: '拟定决定', en: 'Draft the decision' },
  body: Type.Object(
    {
      outcome: Type.Union([Type.Literal('granted'), Type.Literal('refused')]),
      reason: MaybeWords,
      remedy: MaybeWords,
    },
    { additionalProperties: false },
  ),
  example: { outcome: 'granted' },
  errors: [RemedyMissing],
  actOf: ({ outcome }) => ({ act: 'draft', outcome }),
  brought: ({ outcome, reason, remedy }, { actor, now }) => {
    if (outcome === 'refused' && (reason === undefined || remedy === undefined)) throw RemedyMissing.with();
    const written = { reason: reason ?? null, remedy: remedy ?? null };
    return {
      draft: { outcome, by: actor.account, name: actor.name, ...written, at: now.toISOString() },
      shown: false,
    };
  },
});

/** Certificate or written decision is made out (制证). */
export const issueCase = actRoute({ ...HANDLE, act: 'issue', summary: { zh: '制证、出文', en: 'Issue' } });

/** It has reached the applicant (送达). */
export const deliverCase = actRoute({
  ...HANDLE,
  act: 'deliver',
  summary: { zh: '送达', en: 'Deliver' },
  body: Type.Object(
    { way: Type.Union([Type.Literal('electronic'), Type.Literal('post'), Type.Literal('window')]) },
    { additionalProperties: false },
  ),
  example: { way: 'electronic' },
  brought: ({ way }) => ({ data: { way } }),
});

export const archiveCase = actRoute({ ...HANDLE, act: 'archive', summary: { zh: '归档', en: 'Archive' } });
