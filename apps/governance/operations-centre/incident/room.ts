import { entitySource } from '#platform/case/entity-timeline.ts';
import { compositeIncident } from '../resources.ts';
import type { Room } from '#platform/kernel/rooms.ts';
import { incidentChanges } from './change-incident.ts';
import { incidentSource, listIncidents, showIncident } from './show-incidents.ts';
import { alertSource } from './tell-alert.ts';
import { takeAlerts, takeCase } from './take-events.ts';

const COMMAND = ['duty-officer', 'district-leader'] as const;
const why = { zh: '把相近的案件和预警合成复合事件', en: 'Join cases and alerts that belong together' };

/** 复合事件. */
export const incident: Room = {
  resources: [compositeIncident],
  actions: {
    'ops.incident.read': { title: { zh: '查看复合事件', en: 'See composite incidents' }, posts: COMMAND },
    'ops.incident.change': {
      title: { zh: '拆分、并入、研判、结束复合事件', en: 'Split, merge, judge and close incidents' },
      posts: COMMAND,
    },
  },
  routes: [listIncidents, showIncident, ...incidentChanges],
  takes: [
    {
      name: 'case',
      resource: 'incident.case',
      fields: [
        'id',
        'no',
        'class',
        'description',
        'address',
        'source',
        'state',
        'lon',
        'lat',
        'reportedAt',
        'closedAt',
        'sample',
      ],
      purposes: ['emergency'],
      why,
    },
    {
      name: 'alert',
      resource: 'signal.alert',
      fields: ['id', 'kind', 'title', 'level', 'source', 'state', 'lon', 'lat', 'raisedAt', 'clearedAt', 'closedAt'],
      purposes: ['emergency'],
      why,
    },
  ],
  consumers: [takeCase, ...takeAlerts],
  provides: [entitySource.provide(incidentSource), entitySource.provide(alertSource)],
  pages: [
    {
      path: '/ops/incidents',
      entrance: 'ops',
      title: { zh: '复合事件', en: 'Incidents' },
      module: '#apps/governance/operations-centre/web/incidents-page.tsx',
      order: 11,
      posts: ['duty-officer', 'district-leader'],
    },
    {
      path: '/ops/incidents/:id',
      entrance: 'ops',
      title: { zh: '复合事件详情', en: 'Incident' },
      module: '#apps/governance/operations-centre/web/incident-page.tsx',
    },
  ],
};
