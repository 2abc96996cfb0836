import { app } from '#platform/kernel/app.ts';
import { addresses } from './addresses/room.ts';
import { classify } from './classify/room.ts';
import { clauses } from './clauses/room.ts';
import { evaluation } from './evaluation/room.ts';
import { field } from './field/room.ts';
import { hotline } from './hotline/room.ts';
import { hotspots } from './hotspots/room.ts';
import { participation } from './participation/room.ts';
import { parts } from './parts/room.ts';
import { patrol } from './patrol/room.ts';
import { video } from './video/room.ts';
import { joinRooms, type Room } from '#platform/kernel/rooms.ts';

const DESK = ['duty-officer', 'street-clerk', 'committee-worker', 'data-officer', 'unit-head'] as const;

/** Cases at the desk and reports of citizens (案件与上报). */
const desk: Room = {
  pages: [
    {
      path: '/gov/incidents',
      entrance: 'gov',
      section: 'city',
      title: { zh: '城市管理案件', en: 'City cases' },
      module: '#apps/governance/grid/web/queue-page.tsx',
      order: 16,
      posts: DESK,
    },
    {
      path: '/gov/incidents/:no',
      entrance: 'gov',
      section: 'city',
      title: { zh: '案件', en: 'Case' },
      module: '#apps/governance/grid/web/case-page.tsx',
    },
    {
      path: '/gov/responsibility',
      entrance: 'gov',
      section: 'city',
      title: { zh: '权责清单', en: 'Responsibilities' },
      module: '#apps/governance/grid/web/table-page.tsx',
      order: 17,
      posts: DESK,
    },
    {
      path: '/gov/outside-reports',
      entrance: 'gov',
      section: 'city',
      title: { zh: '区外上报', en: 'Outside of the district' },
      module: '#apps/governance/grid/web/outside-page.tsx',
      order: 18,
      posts: ['duty-officer'],
    },
    {
      path: '/citizen/reports',
      entrance: 'citizen',
      title: { zh: '我的上报', en: 'My reports' },
      module: '#apps/governance/grid/web/reports-page.tsx',
      order: 18,
    },
    {
      path: '/citizen/reports/new',
      entrance: 'citizen',
      title: { zh: '上报问题', en: 'Report a problem' },
      module: '#apps/governance/grid/web/report-page.tsx',
    },
    {
      path: '/citizen/reports/:id',
      entrance: 'citizen',
      title: { zh: '上报进度', en: 'Progress' },
      module: '#apps/governance/grid/web/own-report-page.tsx',
    },
  ],
};

/**
 * Grid management (城市网格化综合管理, P36), the desk of cases for officials, reports of citizens, and the rooms below. Cases live in `platform/case`.
 */
export const grid = app({
  id: 'grid',
  kind: 'app',
  folder: 'apps/governance/grid',
  title: { zh: '城市网格化管理', en: 'Grid management' },
  projects: ['P36'],
  ...joinRooms([
    desk,
    addresses,
    parts,
    classify,
    clauses,
    patrol,
    hotspots,
    evaluation,
    field,
    participation,
    video,
    hotline,
  ]),
});
