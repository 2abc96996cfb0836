import { app } from '#platform/kernel/app.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { answerDispute, withdrawDispute } from './answer-dispute.ts';
import { appealDispute } from './appeal-dispute.ts';
import { fileDispute, fileOwnDispute } from './file-dispute.ts';
import { listCorrections } from './list-corrections.ts';
import { countDisputes, listDisputes, listOwnDisputes, showDispute } from './list-disputes.ts';
import { answerClock, appealClock, claimedContext, statedContext } from './record.ts';
import { correction, dispute as disputes } from './resources.ts';
import { escalate } from './watch-clocks.ts';

/**
 * Disputes (异议/校核) about values of base databases: filed by the person, the enterprise or a department, answered by the unit
 * whose source gave the value, in a time that the calendar counts; what is accepted takes effect and goes back to the source.
 */
export const dispute = app({
  id: 'dispute',
  kind: 'capability',
  folder: 'platform/basedata/dispute',
  title: { zh: '基础数据异议', en: 'Disputes about base data' },
  projects: ['S4', 'S5'],
  uses: ['calendar'],
  perApp: ['dispute', 'correction'],
  resources: [disputes, correction],
  actions: {
    'dispute.file.own': {
      title: { zh: '对本人、本企业信息提出异议', en: 'Dispute one’s own record' },
      posts: ['citizen', 'enterprise-agent'],
    },
    'dispute.file': {
      title: { zh: '对基础数据提出校核', en: 'Dispute base data' },
      posts: ['street-clerk', 'committee-worker', 'data-officer'],
    },
    'dispute.read': {
      title: { zh: '查看、撤回自己提出的异议', en: 'See and withdraw one’s own disputes' },
      posts: ['citizen', 'enterprise-agent', 'street-clerk', 'committee-worker', 'data-officer', 'unit-head'],
    },
    'dispute.desk': {
      title: { zh: '查看数据异议', en: 'See disputes' },
      posts: ['street-clerk', 'committee-worker', 'data-officer', 'unit-head'],
    },
    'dispute.answer': {
      title: { zh: '答复数据异议', en: 'Answer disputes' },
      posts: ['data-officer', 'unit-head'],
    },
  },
  routes: [
    listOwnDisputes,
    listDisputes,
    countDisputes,
    showDispute,
    listCorrections,
    fileOwnDispute,
    fileDispute,
    answerDispute,
    withdrawDispute,
    appealDispute,
  ],
  consumers: [escalate],
  sealed: [
    {
      table: 'dispute.dispute',
      column: 'claimed',
      key: { id: 'uuid' },
      context: ({ id }) => claimedContext(id ?? ''),
    },
    { table: 'dispute.dispute', column: 'stated', key: { id: 'uuid' }, context: ({ id }) => statedContext(id ?? '') },
    {
      table: 'dispute.correction',
      column: 'value',
      key: { seq: 'int8' },
      also: ['dispute'],
      context: (row) => claimedContext(row.dispute ?? ''),
    },
  ],
  provides: [clockKind.provide(answerClock), clockKind.provide(appealClock)],
  pages: [
    {
      path: '/data/disputes',
      entrance: 'data',
      section: 'bases',
      title: { zh: '数据异议', en: 'Disputes' },
      module: '#platform/basedata/dispute/web/disputes-page.tsx',
      order: 46,
      posts: ['data-officer', 'unit-head', 'street-clerk', 'committee-worker'],
    },
  ],
});
