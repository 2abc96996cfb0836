import type { Room } from '#platform/kernel/rooms.ts';
import { outsideLimits } from '#platform/case/hooks.ts';
import { fileKind } from '#platform/document/file-kinds.ts';
import { documentReader } from '#platform/document/read-rights.ts';
import { takeService } from '#platform/exchange/gateway/take-service.ts';
import { attachmentReader, fetchDue, fetchJob, hotlineFileKinds } from './attachments.ts';
import { cityLimits, decideOnExtension } from './extension.ts';
import { followCase, followJob } from './follow-case.ts';
import { listOrders, showCaller, showOrder } from './list-orders.ts';
import { answerOrder, contactCaller, fileByHand, handBack, retryCity } from './order-acts.ts';
import { contactOf } from './order-row.ts';
import { correctMessage, dropMessage } from './put-aside.ts';
import { hotlineOrder } from './resources.ts';
import { sendDue, sendJob } from './send-to-city.ts';
import { takeEvaluation } from './take-evaluation.ts';
import { takeExtension } from './take-extension.ts';
import { takeOrder } from './take-order.ts';

/** 12345 市民服务热线对接: orders come in by the gateway, become cases or are answered, and the city is told. */
export const hotline: Room = {
  resources: [hotlineOrder],
  actions: {
    'grid.hotline.read': { title: { zh: '查看市热线工单', en: 'See orders of the hotline' }, posts: ['duty-officer'] },
    'grid.hotline.handle': {
      title: { zh: '联系、答复、退回市热线工单', en: 'Contact, answer and hand back orders of the hotline' },
      posts: ['duty-officer'],
    },
    'grid.hotline.extend': {
      title: { zh: '审核市热线工单延期', en: 'Decide on more time for orders of the hotline' },
      posts: ['duty-officer'],
    },
  },
  uses: ['document'],
  routes: [
    listOrders,
    showOrder,
    showCaller,
    contactCaller,
    answerOrder,
    fileByHand,
    handBack,
    decideOnExtension,
    correctMessage,
    dropMessage,
    retryCity,
  ],
  consumers: [followCase],
  jobs: [followJob, sendJob, fetchJob],
  timers: [sendDue, fetchDue],
  sealed: [
    {
      table: 'grid.hotline_order',
      column: 'contact',
      key: { id: 'uuid' },
      context: ({ id }) => contactOf(id ?? ''),
    },
  ],
  provides: [
    takeService.provide(takeOrder),
    takeService.provide(takeEvaluation),
    takeService.provide(takeExtension),
    outsideLimits.provide(cityLimits),
    documentReader.provide(attachmentReader),
    ...hotlineFileKinds.map((kind) => fileKind.provide(kind)),
  ],
  pages: [
    {
      path: '/gov/hotline',
      entrance: 'gov',
      section: 'city',
      title: { zh: '市热线工单', en: 'Hotline orders' },
      module: '#apps/governance/grid/hotline/web/hotline-page.tsx',
      order: 19,
      posts: ['duty-officer'],
    },
  ],
};
