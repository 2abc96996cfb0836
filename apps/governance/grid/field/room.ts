import type { Room } from '#platform/kernel/rooms.ts';

/** Who works in the street: supervisors, and whoever else looks on site. */
const FIELD = ['grid-supervisor', 'committee-worker', 'street-clerk'] as const;

/** The field app of supervisors (城管通): works without a network; what it hands in are reports and acts of `platform/case`. */
export const field: Room = {
  pages: [
    {
      path: '/gov/field',
      entrance: 'gov',
      section: 'city',
      title: { zh: '城管通', en: 'Field' },
      module: '#apps/governance/grid/field/web/home-page.tsx',
      order: 15,
      posts: FIELD,
    },
    {
      path: '/gov/field/report',
      entrance: 'gov',
      section: 'city',
      title: { zh: '上报问题', en: 'Report a problem' },
      module: '#apps/governance/grid/field/web/report-page.tsx',
    },
    {
      path: '/gov/field/verify/:no',
      entrance: 'gov',
      section: 'city',
      title: { zh: '现场核查', en: 'Verify on site' },
      module: '#apps/governance/grid/field/web/verify-page.tsx',
    },
  ],
};
