import { app } from '#platform/kernel/app.ts';
import { delegationScope } from '#platform/kernel/ports.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { CASE_CLOCKS } from './case-clocks.ts';
import { acceptAmber, followCase, stepDue } from './case-follow.ts';
import { caseActions, caseRoutes, caseScope, caseSealed } from './case-parts.ts';
import { caseFile, rating, subCase } from './case-resources.ts';

/** Services (政务服务): items (事项) with forms and blockers; cases (办件) with clocks, certificates and ratings. */
export const service = app({
  id: 'service',
  kind: 'capability',
  folder: 'platform/service',
  title: { zh: '政务服务', en: 'Services' },
  projects: ['P03', 'P04'],
  uses: ['calendar'],
  resources: [caseFile, subCase, rating],
  actions: { ...caseActions },
  routes: [...caseRoutes],
  consumers: [followCase, stepDue, acceptAmber],
  sealed: [...caseSealed],
  provides: [delegationScope.provide(caseScope), ...CASE_CLOCKS.map((kind) => clockKind.provide(kind))],
});
