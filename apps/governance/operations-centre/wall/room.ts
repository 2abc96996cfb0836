import { eventStream } from '#platform/kernel/event-stream.ts';
import { liveKind } from '#platform/kernel/live-kind.ts';
import type { Room } from '#platform/kernel/rooms.ts';
import { alertVitals } from './alert-vitals.ts';
import { caseVitals } from './case-vitals.ts';
import { clusterVitals } from './cluster-vitals.ts';
import { incidentVitals, liveIncident } from './incident-vitals.ts';
import { liveOrder, orderVitals } from './order-vitals.ts';
import { openCluster } from './open-cluster.ts';
import { showBehind } from './show-behind.ts';
import { showCluster } from './show-cluster.ts';
import { showWall } from './show-wall.ts';
import { watchSources } from './watch-sources.ts';
import { guarded } from '../guarded.ts';
import { vitalSource } from './vital-source.ts';

const WATCHERS = ['duty-officer', 'district-leader', 'unit-head'] as const;

/** The wall and the cockpit (大屏与驾驶舱): vitals, the map, what waits by clock, and the stream that keeps them new. */
export const wall: Room = {
  actions: {
    'ops.wall.read': { title: { zh: '查看运行大屏和驾驶舱', en: 'See the wall and the cockpit' }, posts: WATCHERS },
  },
  routes: [showWall, showBehind, showCluster, openCluster],
  timers: [{ name: 'vitals', everyMs: 60_000, run: guarded('vitals', watchSources) }],
  mounts: [eventStream({ path: '/live/events' })],
  provides: [
    ...[alertVitals, caseVitals, orderVitals, incidentVitals, clusterVitals].map((source) =>
      vitalSource.provide(source),
    ),
    ...[liveOrder, liveIncident].map((kind) => liveKind.provide(kind)),
  ],
  pages: [
    {
      path: '/ops',
      entrance: 'ops',
      title: { zh: '运行大屏', en: 'The wall' },
      module: '#apps/governance/operations-centre/wall/web/wall-page.tsx',
      order: 5,
      posts: WATCHERS,
    },
    {
      path: '/ops/cockpit',
      entrance: 'ops',
      title: { zh: '领导驾驶舱', en: 'Cockpit' },
      module: '#apps/governance/operations-centre/wall/web/cockpit-page.tsx',
      order: 6,
      posts: WATCHERS,
    },
    {
      path: '/ops/clusters/:id',
      entrance: 'ops',
      title: { zh: '案件聚集', en: 'Cluster of cases' },
      module: '#apps/governance/operations-centre/wall/web/cluster-page.tsx',
    },
  ],
};
