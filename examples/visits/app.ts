import { app } from '#platform/kernel/app.ts';
import { recordVisit } from './record-visit.ts';
import { visit } from './resources.ts';

/** Home visits (走访): an example of the smallest app that is one. */
export const visits = app({
  id: 'visits',
  kind: 'app',
  folder: 'examples/visits',
  title: { zh: '走访', en: 'Home visits' },
  resources: [visit],
  actions: {
    'visits.visit.record': {
      title: { zh: '登记走访', en: 'Record a visit' },
      posts: ['committee-worker', 'street-clerk'],
    },
  },
  routes: [recordVisit],
  takes: [
    {
      name: 'household',
      resource: 'population.household',
      fields: ['householdNo', 'committeeCode'],
      purposes: ['community-care'],
      why: { zh: '确认走访的是本辖区的家庭户', en: 'Make sure that the household is one of the own area' },
    },
  ],
  pages: [
    {
      path: '/gov/visits',
      entrance: 'gov',
      title: { zh: '登记走访', en: 'Record a visit' },
      module: '#examples/visits/web/record-visit-page.tsx',
      order: 90,
      posts: ['committee-worker', 'street-clerk'],
    },
  ],
});
