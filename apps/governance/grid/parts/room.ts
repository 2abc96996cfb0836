import { partRegister } from '#platform/case/hooks.ts';
import { mapLayer } from '#platform/geo/layer.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Room } from '#platform/kernel/rooms.ts';
import { importParts } from './import-parts.ts';
import { changePart } from './keep-part.ts';
import { listNearParts, listPartCases, listPartClasses, listParts, showPart } from './list-parts.ts';
import { gridPartRegister } from './part-register.ts';
import { dropTask, listPartTasks, openPartTask, registerTask } from './register-tasks.ts';
import { part } from './resources.ts';

const KEEPERS = ['duty-officer', 'street-clerk', 'data-officer'] as const;
const READERS = [...KEEPERS, 'committee-worker', 'unit-head'] as const;

/** Register of parts (部件登记): codes, owners and keepers, what stands nearest, tasks for what nobody has registered. */
export const parts: Room = {
  resources: [part],
  actions: {
    'grid.part.cases': { title: { zh: '查看部件的案件', en: 'See cases at parts' }, posts: READERS },
    'grid.part.keep': { title: { zh: '变更部件、办理登记任务', en: 'Keep parts and register tasks' }, posts: KEEPERS },
    'grid.part.register': {
      title: { zh: '批量登记部件', en: 'Register parts' },
      posts: ['duty-officer', 'data-officer'],
    },
  },
  routes: [
    listParts,
    listNearParts,
    listPartClasses,
    showPart,
    listPartCases,
    importParts,
    changePart,
    listPartTasks,
    registerTask,
    dropTask,
  ],
  consumers: [openPartTask],
  provides: [
    partRegister.provide(gridPartRegister),
    mapLayer.provide({
      id: 'parts',
      title: { zh: '城市部件', en: 'City parts' },
      description: {
        zh: '在册部件的代码、类别、权属和状态；已拆除的不显示。',
        en: 'Parts of the register with class, owner and state, without those removed.',
      },
      resource: 'grid.part',
      fields: ['code', 'class', 'owner', 'keeper', 'state', 'installed', 'street', 'committee', 'cell'],
      tileFields: ['code', 'class', 'state'],
      where: sql`state <> 'removed'`,
      minZoom: 14,
      badge: 'sample',
    }),
  ],
  pages: [
    {
      path: '/gov/parts',
      entrance: 'gov',
      section: 'city',
      title: { zh: '城市部件', en: 'City parts' },
      module: '#apps/governance/grid/parts/web/parts-page.tsx',
      order: 18,
      posts: READERS,
    },
    {
      path: '/gov/parts/:code',
      entrance: 'gov',
      section: 'city',
      title: { zh: '部件', en: 'Part' },
      module: '#apps/governance/grid/parts/web/part-page.tsx',
    },
  ],
};
