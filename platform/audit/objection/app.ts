import { app } from '#platform/kernel/app.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { answerObjection, withdrawObjection } from './answer-objection.ts';
import { fileObjection } from './file-objection.ts';
import { listObjections, listOwnObjections } from './list-objections.ts';
import { markOverdue } from './mark-overdue.ts';
import { objectionClock } from './record.ts';
import { objection as objections } from './resources.ts';

/**
 * Objections (异议) to looks at one's data: filed by the person or enterprise, answered by the unit that looked within the time of
 * the rulebook. A module beside the audit, which itself needs neither calendar nor rulebook.
 */
export const objection = app({
  id: 'objection',
  kind: 'capability',
  folder: 'platform/audit/objection',
  title: { zh: '查看记录的异议', en: 'Objections to looks' },
  resources: [objections],
  uses: ['calendar'],
  actions: {
    'objection.file': {
      title: { zh: '对查看记录提出异议', en: 'Object to a look' },
      posts: ['citizen', 'enterprise-agent'],
    },
    'objection.answer': {
      title: { zh: '答复异议', en: 'Answer objections' },
      posts: ['unit-head', 'security-auditor'],
    },
  },
  routes: [listOwnObjections, listObjections, fileObjection, answerObjection, withdrawObjection],
  consumers: [markOverdue],
  pages: [
    {
      path: '/gov/objections',
      entrance: 'gov',
      section: 'rights',
      title: { zh: '查看异议', en: 'Objections' },
      module: '#platform/audit/objection/web/objections-page.tsx',
      order: 70,
      posts: ['unit-head'],
    },
    {
      path: '/data/objections',
      entrance: 'data',
      section: 'rules',
      title: { zh: '查看异议', en: 'Objections' },
      module: '#platform/audit/objection/web/objections-page.tsx',
      order: 62,
      posts: ['security-auditor'],
    },
  ],
  provides: [clockKind.provide(objectionClock)],
});
