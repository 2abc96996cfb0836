import type { Action, Page, Provided, Route, SealedColumn } from '#platform/kernel/app.ts';
import { type DelegationScope } from '#platform/kernel/ports.ts';
import { documentReader } from '#platform/document/read-rights.ts';
import { processHandler } from '#platform/workflow/handlers.ts';
import { answerCorrection, withdrawCase } from './case-applicant-acts.ts';
import { answersContext, applicantContext } from './case-applicant.ts';
import { allowCorrection, decideCase, extendCase, returnDraft, revokeCase } from './case-approve.ts';
import { reserveCodes, returnCodes } from './case-code-block.ts';
import { listCases, showCase } from './case-desk.ts';
import {
  archiveCase,
  beginReview,
  deliverCase,
  draftDecision,
  issueCase,
  resumeCase,
  stopCase,
} from './case-handle.ts';
import { extendJoint } from './case-joint.ts';
import { issueByProcess } from './case-process.ts';
import { materialReader } from './case-material.ts';
import { machineDecision, ruleDecision } from './case-machine.ts';
import { listOwnCases, showOwnCase } from './case-own.ts';
import { acceptCase, hearApplicant, noteDefects, refuseToAccept } from './case-receive.ts';
import { queryCase } from './query-case.ts';
import { rateCase, ratingContext } from './rate-case.ts';
import { callBack, listRatings, repairRating, showRatingAuthor } from './rating-desk.ts';
import { submitCase } from './submit-case.ts';
import { verifyCommitment } from './verify-commitment.ts';

/** The half of this module that handles cases (办件), for its manifest. */
const HANDLERS = ['street-clerk', 'data-officer'] as const;

export const caseActions: Record<string, Action> = {
  'service.case.submit': {
    title: { zh: '提交申请', en: 'Apply' },
    posts: ['citizen', 'enterprise-agent', 'street-clerk', 'committee-worker'],
  },
  'service.case.own': {
    title: { zh: '查看和办理本人的办件', en: 'One’s own cases' },
    posts: ['citizen', 'enterprise-agent'],
  },
  'service.case.read': {
    title: { zh: '查看本单位办件', en: 'See cases of the unit' },
    posts: [...HANDLERS, 'unit-head'],
  },
  'service.case.receive': { title: { zh: '受理办件', en: 'Accept cases' }, posts: HANDLERS },
  'service.case.handle': { title: { zh: '承办办件', en: 'Examine cases' }, posts: HANDLERS },
  'service.case.approve': { title: { zh: '审批办件', en: 'Decide cases' }, posts: ['unit-head'] },
  'service.case.reserve': {
    title: { zh: '预留断网号段', en: 'Reserve codes' },
    posts: ['street-clerk', 'committee-worker'],
  },
  'service.rating.read': { title: { zh: '查看好差评', en: 'See ratings' }, posts: [...HANDLERS, 'unit-head'] },
  'service.rating.call': {
    title: { zh: '差评回访', en: 'Call back after bad ratings' },
    posts: ['data-officer', 'unit-head'],
  },
  'service.rating.repair': {
    title: { zh: '差评整改', en: 'Put right what was rated badly' },
    posts: [...HANDLERS, 'unit-head'],
  },
};

export const caseRoutes: readonly Route[] = [
  submitCase,
  queryCase,
  listCases,
  showCase,
  listOwnCases,
  showOwnCase,
  acceptCase,
  refuseToAccept,
  noteDefects,
  beginReview,
  stopCase,
  resumeCase,
  draftDecision,
  issueCase,
  deliverCase,
  archiveCase,
  hearApplicant,
  decideCase,
  returnDraft,
  extendCase,
  allowCorrection,
  revokeCase,
  extendJoint,
  answerCorrection,
  withdrawCase,
  reserveCodes,
  returnCodes,
  verifyCommitment,
  rateCase,
  listRatings,
  showRatingAuthor,
  callBack,
  repairRating,
];

export const caseScope: DelegationScope = {
  id: 'service-cases',
  title: { zh: '办事：提交申请、补正、查进度', en: 'Applications' },
  text: {
    zh: '可以替您提交申请、补正材料、撤回申请，查看办理进度和结果；不能替您领取只能本人领取的证件。',
    en: 'They may apply, answer correction notices and withdraw for you, and see progress and outcome; not collect what only you may collect.',
  },
  givers: ['person', 'entity'],
  page: '/citizen/cases',
};

export const caseProvides: readonly Provided[] = [
  documentReader.provide(materialReader),
  machineDecision.provide(ruleDecision),
  processHandler.provide(issueByProcess),
];

export const caseSealed: readonly SealedColumn[] = [
  {
    table: 'service.case_file',
    column: 'applicant',
    key: { id: 'uuid' },
    context: ({ id }) => applicantContext(id ?? ''),
  },
  {
    table: 'service.sub_case',
    column: 'answers',
    key: { id: 'uuid' },
    context: ({ id }) => answersContext(id ?? ''),
  },
  {
    table: 'service.case_rating_author',
    column: 'contact',
    key: { rating: 'uuid' },
    context: (row) => ratingContext(row.rating ?? ''),
  },
];

const DESK = [...HANDLERS, 'unit-head'] as const;
const ENTRANCES = ['citizen', 'business'] as const;
export const casePages: readonly Page[] = [
  {
    path: '/gov/cases',
    entrance: 'gov',
    title: { zh: '办件', en: 'Cases' },
    module: '#platform/service/web/cases.tsx',
    order: 12,
    posts: DESK,
  },
  {
    path: '/gov/cases/:code',
    entrance: 'gov',
    title: { zh: '办件详情', en: 'Case' },
    module: '#platform/service/web/case.tsx',
  },
  {
    path: '/gov/ratings',
    entrance: 'gov',
    title: { zh: '好差评', en: 'Ratings' },
    module: '#platform/service/web/ratings.tsx',
    order: 14,
    posts: DESK,
  },
  ...ENTRANCES.flatMap((entrance): Page[] => [
    {
      path: `/${entrance}/cases`,
      entrance,
      title: { zh: '我的办件', en: 'My cases' },
      module: '#platform/service/web/own-cases.tsx',
      order: 15,
    },
    {
      path: `/${entrance}/cases/:code`,
      entrance,
      title: { zh: '办理进度', en: 'Progress' },
      module: '#platform/service/web/own-case.tsx',
    },
  ]),
  {
    path: '/citizen/case-query',
    entrance: 'citizen',
    title: { zh: '凭编码查进度', en: 'Query by code' },
    module: '#platform/service/web/case-query.tsx',
  },
];
