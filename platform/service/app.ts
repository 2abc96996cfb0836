import { app } from '#platform/kernel/app.ts';

/** Services (政务服务): items (事项) with forms and blockers; cases (办件) with clocks, certificates and ratings. */
export const service = app({
  id: 'service',
  kind: 'capability',
  folder: 'platform/service',
  title: { zh: '政务服务', en: 'Services' },
  projects: ['P03', 'P04'],
});
