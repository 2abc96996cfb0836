import { systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import { askRefund } from './ask-refund.ts';
import { readChart, storeChart } from './chart.ts';
import { decideRefund } from './decide-refund.ts';
import { expireOrders } from './expire-orders.ts';
import { fetchBill, queueBills } from './fetch-bill.ts';
import { listFees } from './list-fees.ts';
import { notices } from './notices.ts';
import { paymentChannel } from './payment-channel.ts';
import { sealJournals } from './seal.ts';
import { settleDifference } from './settle-difference.ts';
import { listOwnOrders, showOrder } from './show-order.ts';
import { startPayment } from './start-payment.ts';
import { queueDue, stepPayment } from './step-payment.ts';
import { stepRefund } from './step-refund.ts';
import { wechatPay } from './wechat/channel.ts';

const actor = systemActor({ name: 'ledger' });

/** Ledger and payments (账务与缴费): double entry that nothing can change, and fees that are paid over a channel. */
export const ledger = app({
  id: 'ledger',
  kind: 'capability',
  folder: 'platform/ledger',
  title: { zh: '账务与缴费', en: 'Ledger and payments' },
  perApp: ['period', 'journal', 'entry', 'balance', 'fee_order', 'fee_line', 'payment', 'refund'],
  actions: {
    'ledger.order.pay': {
      title: { zh: '查看并支付缴费单', en: 'See and pay orders' },
      posts: ['citizen', 'enterprise-agent'],
    },
    'ledger.fees.read': {
      title: { zh: '查看本单位收费', en: 'See the unit’s fees' },
      posts: ['street-clerk', 'data-officer', 'unit-head'],
    },
    'ledger.refund.ask': {
      title: { zh: '提出退费', en: 'Ask for refunds' },
      posts: ['street-clerk', 'data-officer', 'unit-head'],
    },
    'ledger.refund.decide': { title: { zh: '审批退费', en: 'Decide on refunds' }, posts: ['unit-head'] },
    'ledger.difference.settle': {
      title: { zh: '处理对账差异', en: 'Settle differences' },
      posts: ['data-officer', 'unit-head'],
    },
  },
  routes: [listOwnOrders, showOrder, startPayment, listFees, askRefund, decideRefund, settleDifference],
  mounts: [notices],
  jobs: [stepPayment, stepRefund, fetchBill],
  timers: [
    { name: 'due', everyMs: 2_000, run: async ({ services }) => void (await queueDue(services, actor)) },
    { name: 'expire', everyMs: 10_000, run: async ({ services }) => void (await expireOrders(services, actor)) },
    { name: 'seal', everyMs: 5_000, run: async ({ services }) => void (await sealJournals(services)) },
    { name: 'bills', everyMs: 600_000, run: ({ services }) => queueBills(services, actor) },
  ],
  provides: [paymentChannel.provide(wechatPay)],
  pages: [
    {
      path: '/citizen/pay',
      entrance: 'citizen',
      title: { zh: '我的缴费', en: 'My payments' },
      module: '#platform/ledger/web/orders-page.tsx',
      order: 45,
      posts: ['citizen'],
    },
    {
      path: '/business/pay',
      entrance: 'business',
      title: { zh: '我的缴费', en: 'My payments' },
      module: '#platform/ledger/web/orders-page.tsx',
      order: 45,
      posts: ['enterprise-agent'],
    },
    {
      path: '/citizen/pay/:id',
      entrance: 'citizen',
      title: { zh: '缴费', en: 'Pay' },
      module: '#platform/ledger/web/pay-page.tsx',
    },
    {
      path: '/business/pay/:id',
      entrance: 'business',
      title: { zh: '缴费', en: 'Pay' },
      module: '#platform/ledger/web/pay-page.tsx',
    },
    {
      path: '/gov/fees',
      entrance: 'gov',
      section: 'services',
      title: { zh: '收费与退费', en: 'Fees and refunds' },
      module: '#platform/ledger/web/fees-page.tsx',
      order: 60,
      posts: ['street-clerk', 'data-officer', 'unit-head'],
    },
  ],
  seed: async ({ db }) => storeChart(db, readChart()),
});
