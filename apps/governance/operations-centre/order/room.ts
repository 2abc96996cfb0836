import { entitySource } from '#platform/case/entity-timeline.ts';
import { guarded } from '../guarded.ts';
import { commandOrder } from '../resources.ts';
import type { Room } from '#platform/kernel/rooms.ts';
import { orderActs } from './act-on-order.ts';
import { climbOrders } from './climb-ladder.ts';
import { draftOrder } from './draft-order.ts';
import { listOrders, orderSource, showOrder } from './show-orders.ts';

export const COMMAND = ['duty-officer', 'district-leader'] as const;
const UNITS = ['unit-liaison', 'unit-head'] as const;

/** 指令. */
export const order: Room = {
  resources: [commandOrder],
  actions: {
    'ops.order.read': { title: { zh: '查看指令', en: 'See orders' }, posts: [...COMMAND, ...UNITS] },
    'ops.order.command': {
      title: { zh: '起草、签发、核查、办结指令', en: 'Draft, issue, verify and close orders' },
      posts: COMMAND,
    },
    'ops.order.answer': { title: { zh: '签收、执行、反馈指令', en: 'Receive, carry out and report' }, posts: UNITS },
  },
  routes: [listOrders, draftOrder, showOrder, ...orderActs],
  provides: [entitySource.provide(orderSource)],
  timers: [{ name: 'ladder', everyMs: 1_000, run: guarded('ladder', climbOrders) }],
  pages: [
    {
      path: '/ops/orders',
      entrance: 'ops',
      title: { zh: '指令', en: 'Orders' },
      module: '#apps/governance/operations-centre/web/orders-page.tsx',
      order: 12,
      posts: ['duty-officer', 'district-leader'],
    },
    {
      path: '/ops/orders/:id',
      entrance: 'ops',
      title: { zh: '指令详情', en: 'Order' },
      module: '#apps/governance/operations-centre/web/order-page.tsx',
    },
    {
      path: '/gov/orders',
      entrance: 'gov',
      section: 'city',
      title: { zh: '本单位指令', en: 'Orders to my unit' },
      module: '#apps/governance/operations-centre/web/own-orders-page.tsx',
      order: 4,
      posts: ['unit-liaison', 'unit-head'],
    },
  ],
};
