import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import type { Room } from '#platform/kernel/rooms.ts';
import { decidePatrol, listPatrols, listSupervisors, proposePatrol, showPatrol } from './patrols.ts';
import { patrolResource } from './resources.ts';
import { todaysPatrol, visitPoint } from './walk.ts';

const DESK = ['duty-officer', 'street-clerk', 'unit-head'] as const;

/** Forgets where a supervisor was once the time is over (轨迹到期清除); that a point was seen stays. */
export async function forgetTracks(services: Services): Promise<number> {
  const now = services.clock.now();
  return services.database.tx({ module: 'grid', actor: systemActor({ name: 'grid' }) }, async (db) => {
    const { days } = await amountsAt(db, { days: { id: 'grid.patrol.track-days', unit: 'day' } }, now);
    const forgotten = await db.run(sql`
      update grid.patrol_visit set lon = null, lat = null where lon is not null and at < ${new Date(now.getTime() - days * 86_400_000)}::timestamptz`);
    if (forgotten > 0)
      await db.emit({ type: 'grid.patrol.tracks-forgotten', subject: 'tracks', data: { rows: String(forgotten) } });
    return forgotten;
  });
}

/** 巡查. */
export const patrol: Room = {
  resources: [patrolResource],
  actions: {
    'grid.patrol.read': { title: { zh: '查看巡查路线和覆盖率', en: 'See patrols and coverage' }, posts: DESK },
    'grid.patrol.propose': {
      title: { zh: '提出巡查路线', en: 'Propose patrols' },
      posts: ['duty-officer', 'street-clerk'],
    },
    'grid.patrol.decide': { title: { zh: '审定巡查路线', en: 'Decide on patrols' }, posts: DESK },
    'grid.patrol.walk': {
      title: { zh: '走今天的巡查路线', en: 'Walk the patrol of today' },
      posts: ['grid-supervisor', 'committee-worker'],
    },
  },
  routes: [listPatrols, listSupervisors, todaysPatrol, showPatrol, proposePatrol, decidePatrol, visitPoint],
  timers: [
    {
      name: 'forget-tracks',
      everyMs: 3_600_000,
      run: async ({ services }) => {
        await forgetTracks(services);
      },
    },
  ],
  pages: [
    {
      path: '/gov/patrols',
      entrance: 'gov',
      section: 'city',
      title: { zh: '巡查路线', en: 'Patrols' },
      module: '#apps/governance/grid/patrol/web/patrols-page.tsx',
      order: 32,
      posts: DESK,
    },
  ],
};
