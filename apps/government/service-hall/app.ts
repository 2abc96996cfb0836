import { app, type Page } from '#platform/kernel/app.ts';

const ENTRANCES = ['citizen', 'business'] as const;
const web = '#apps/government/service-hall/web';

/** The hall has the same pages for people and for enterprises. */
const pagesOf = (entrance: (typeof ENTRANCES)[number]): Page[] => [
  {
    path: `/${entrance}/services`,
    entrance,
    title: { zh: '办事', en: 'Services' },
    module: `${web}/services.tsx`,
    order: 5,
  },
  {
    path: `/${entrance}/services/:code`,
    entrance,
    title: { zh: '办事指南', en: 'One service' },
    module: `${web}/guide.tsx`,
  },
  {
    path: `/${entrance}/bundles/:id`,
    entrance,
    title: { zh: '一件事', en: 'One thing' },
    module: `${web}/bundle.tsx`,
  },
  {
    path: `/${entrance}/apply`,
    entrance,
    title: { zh: '在线申请', en: 'Apply' },
    module: `${web}/apply.tsx`,
  },
];

/** Online service hall (网上政务大厅, P03): find, understand, apply. Items, cases and certificates are platform/service’s. */
export const serviceHall = app({
  id: 'service-hall',
  kind: 'app',
  folder: 'apps/government/service-hall',
  title: { zh: '网上政务大厅', en: 'Online service hall' },
  projects: ['P03'],
  pages: ENTRANCES.flatMap(pagesOf),
});
