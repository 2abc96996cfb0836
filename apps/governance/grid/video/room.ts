import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Room } from '#platform/kernel/rooms.ts';
import { askGrant, decideGrant, listCameras, listPlatforms, viewCamera } from './platforms.ts';
import { videoPlatform } from './resources.ts';

const DESK = ['duty-officer', 'street-clerk', 'committee-worker'] as const;

/** Marks grants whose time is over (授权到期); they opened nothing since then already. */
export async function endGrants(services: Services): Promise<number> {
  const now = services.clock.now();
  return services.database.tx({ module: 'grid', actor: systemActor({ name: 'grid' }) }, (db) =>
    db.run(
      sql`update grid.video_grant set state = 'ended', ended_at = ${now}::timestamptz where state = 'approved' and until_at <= ${now}::timestamptz`,
    ),
  );
}

/** 视频平台. */
export const video: Room = {
  resources: [videoPlatform],
  actions: {
    'grid.video.read': { title: { zh: '查看视频平台名录', en: 'See the register of video platforms' }, posts: DESK },
    'grid.video.view': {
      title: { zh: '调看本辖区视频、申请授权', en: 'Look at the own area, ask for grants' },
      posts: DESK,
    },
    'grid.video.decide': {
      title: { zh: '审批跨区域授权', en: 'Decide on grants' },
      posts: ['duty-officer', 'street-clerk'],
    },
  },
  routes: [listPlatforms, listCameras, viewCamera, askGrant, decideGrant],
  timers: [
    {
      name: 'end-video-grants',
      everyMs: 60_000,
      run: async ({ services }) => {
        await endGrants(services);
      },
    },
  ],
  pages: [
    {
      path: '/gov/video-platforms',
      entrance: 'gov',
      section: 'city',
      title: { zh: '视频平台', en: 'Video platforms' },
      module: '#apps/governance/grid/video/web/video-page.tsx',
      order: 34,
      posts: DESK,
    },
  ],
};
