import type { Room } from '#platform/kernel/rooms.ts';
import { askAdoption, decideAdoption, endAdoption, listAdoptions, listOwnAdoptions } from './adopt.ts';
import { creditCase, creditJob } from './credit.ts';
import { endAdoptions, renewAdoption } from './end-adoptions.ts';
import { holdDraw, listDraws, listTickets, openDraw } from './hold-draws.ts';
import { decideObjection, listObjections, objectToReversal } from './object-to-reversal.ts';
import { redeemVoucher, showPoints, takeTicket } from './own-points.ts';
import { appealPause, decideAppeal, decidePause, listPauses, listRefused } from './pause-points.ts';
import { adoption, draws, pause, points } from './resources.ts';
import { seedVouchers } from './sample-vouchers.ts';

const WEB = '#apps/governance/grid/participation/web';

/** Participation of residents (市民参与): points, vouchers, draws, adopted parts, what is known nearby. Nobody is ranked. */
export const participation: Room = {
  resources: [points, adoption, pause, draws],
  actions: {
    'grid.participation.own': {
      title: { zh: '本人积分、兑换、认养', en: 'Own points and adoptions' },
      posts: ['citizen'],
    },
    'grid.adoption.decide': { title: { zh: '审批认养', en: 'Decide on adoptions' }, posts: ['street-clerk'] },
    'grid.draw.hold': { title: { zh: '发布抽奖、开奖', en: 'Hold draws' }, posts: ['duty-officer'] },
    'grid.pause.decide': {
      title: { zh: '作出冷静期决定、复核申诉和异议', en: 'Decide on pauses and objections' },
      posts: ['duty-officer'],
    },
  },
  routes: [
    showPoints,
    redeemVoucher,
    takeTicket,
    listDraws,
    listTickets,
    openDraw,
    holdDraw,
    listOwnAdoptions,
    askAdoption,
    endAdoption,
    renewAdoption,
    listAdoptions,
    decideAdoption,
    listPauses,
    listRefused,
    decidePause,
    appealPause,
    decideAppeal,
    objectToReversal,
    listObjections,
    decideObjection,
  ],
  consumers: [creditCase],
  jobs: [creditJob],
  timers: [
    {
      name: 'end-adoptions',
      everyMs: 3_600_000,
      run: async ({ services }) => {
        await endAdoptions(services);
      },
    },
  ],
  pages: [
    {
      path: '/citizen/near',
      entrance: 'citizen',
      title: { zh: '我身边的问题', en: 'Near me' },
      module: `${WEB}/near-page.tsx`,
      order: 19,
    },
    {
      path: '/citizen/points',
      entrance: 'citizen',
      title: { zh: '我的积分', en: 'My points' },
      module: `${WEB}/points-page.tsx`,
      order: 20,
    },
    {
      path: '/citizen/adoptions',
      entrance: 'citizen',
      title: { zh: '认养', en: 'Adoptions' },
      module: `${WEB}/adoptions-page.tsx`,
      order: 21,
    },
    {
      path: '/gov/participation',
      entrance: 'gov',
      section: 'city',
      title: { zh: '市民参与', en: 'Participation' },
      module: `${WEB}/officials-page.tsx`,
      order: 19,
      posts: ['street-clerk', 'duty-officer'],
    },
  ],
  seed: async ({ db, services }) => {
    if (services.config.sample) await seedVouchers(db);
  },
};
