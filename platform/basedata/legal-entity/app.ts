import { takeBuildings } from '#platform/basedata/shared/buildings.ts';
import { placement } from '#platform/basedata/shared/placement.ts';
import { loadJob } from '#platform/exchange/load.ts';
import { importTarget } from '#platform/exchange/target.ts';
import { cardAttributes } from '#platform/access/attributes/register.ts';
import { app } from '#platform/kernel/app.ts';
import { delegationScope } from '#platform/kernel/ports.ts';
import { ENTITY_MARKS } from './entity-rules.ts';
import { entityTarget, misplacedEntities, rebuildEntities } from './load-entities.ts';
import { entities } from './resources.ts';
import { listEntityAccesses, searchEntities, showEntity, showEntityLineage, showOwnEntity } from './show-entity.ts';

const place = placement({ module: 'legal-entity', first: '', misplaced: misplacedEntities, rebuild: rebuildEntities });

/** Legal-entity base database (法人单位基础信息库, S5), first form: one record a credit code from three authorities. */
export const legalEntity = app({
  id: 'legal-entity',
  kind: 'capability',
  folder: 'platform/basedata/legal-entity',
  title: { zh: '法人单位基础信息库', en: 'Legal-entity base database' },
  projects: ['S5'],
  uses: ['exchange'],
  takes: [takeBuildings],
  resources: [entities],
  actions: {
    'legal-entity.entity.read': {
      title: { zh: '查看企业档案', en: 'See enterprises' },
    },
    'legal-entity.self.read': {
      title: { zh: '查看本企业数据', en: 'See my own enterprise' },
    },
  },
  routes: [searchEntities, showEntity, showOwnEntity, listEntityAccesses, showEntityLineage],
  provides: [
    importTarget.provide(entityTarget),
    cardAttributes.provide({ resource: entities.id, attributes: ENTITY_MARKS }),
    delegationScope.provide({
      id: 'own-enterprise-read',
      title: { zh: '查看本企业登记信息', en: 'See what is on record about my enterprise' },
      text: {
        zh: '可以看到政府部门登记的本企业信息；不能修改。',
        en: 'May see what the departments hold about the enterprise; may change nothing.',
      },
      givers: ['entity'],
      page: '/business',
    }),
  ],
  jobs: [loadJob(entityTarget), place.job],
  consumers: place.consumers,
  pages: [
    {
      path: '/gov/enterprises/:uscc',
      entrance: 'gov',
      section: 'records',
      title: { zh: '企业卡片', en: 'Enterprise' },
      module: '#web/entrances/gov/enterprise-page.tsx',
    },
    {
      path: '/business',
      entrance: 'business',
      title: { zh: '我的企业', en: 'My enterprise' },
      module: '#web/entrances/business/home-page.tsx',
      order: 10,
    },
    {
      path: '/business/accesses',
      entrance: 'business',
      title: { zh: '谁看过企业', en: 'Who looked' },
      module: '#web/entrances/business/accesses-page.tsx',
      order: 20,
    },
  ],
});
