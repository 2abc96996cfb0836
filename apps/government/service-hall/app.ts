import { app, type Page } from '#platform/kernel/app.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { book, cancelAppointment, listOwnAppointments, listSlots, reportArrival } from './appointment.ts';
import { listSkills, putSkill } from './clerk-skill.ts';
import { endPaper, handOver, listPapers, registerPaper, reportLost, scanPapers, showPaper } from './custody.ts';
import { displayFeed } from './display-feed.ts';
import { expireCalls } from './expire-calls.ts';
import { handOverClock } from './hand-over-clock.ts';
import { assignIntake, listIntakes, listOwnIntakes, recordIntake, takeIntake } from './intake.ts';
import { decideJoining, joinJob, listJoinings } from './joining.ts';
import {
  counterActions,
  counterPages,
  counterProvides,
  counterRoutes,
  counterSealed,
} from './counter/counter-parts.ts';
import { endForgotten } from './counter/end-forgotten.ts';
import { listCentres } from './list-centres.ts';
import { enterCase, listLinks, putLink, reconcileEntry } from './link.ts';
import { printTicket } from './print/print-ticket.ts';
import { printAtDesk, putPrinter } from './print/manage-printers.ts';
import { actAtWindow, callNext, showQueue, takeSeat } from './queue-desk.ts';
import { endKiosk, registerKiosk } from './register-kiosk.ts';
import { bindReceipt, findReceipt } from './receipt.ts';
import { centres, intakes, tickets, waitingTimes } from './resources.ts';
import { listRoutingRules, putRoutingRule } from './routing-rule.ts';
import { showOwnCentres } from './run-centre.ts';
import { showBoard } from './show-board.ts';
import { putSpecialDay } from './special-day.ts';
import { listShifts, planDay } from './staffing.ts';
import { openKiosk, takeKioskTicket } from './ticket-kiosk.ts';
import { joinLine, leaveLine, listOwnTickets } from './ticket-own.ts';

const ENTRANCES = ['citizen', 'business'] as const;
const web = '#apps/government/service-hall/web';

/** The hall has the same pages for people and for enterprises. */
const pagesOf = (entrance: (typeof ENTRANCES)[number]): Page[] => [
  {
    path: `/${entrance}/services`,
    entrance,
    title: { zh: '办事', en: 'Services' },
    module: `${web}/services.tsx`,
    order: 5,
  },
  {
    path: `/${entrance}/services/:code`,
    entrance,
    title: { zh: '办事指南', en: 'One service' },
    module: `${web}/guide.tsx`,
  },
  {
    path: `/${entrance}/bundles/:id`,
    entrance,
    title: { zh: '一件事', en: 'One thing' },
    module: `${web}/bundle.tsx`,
  },
  {
    path: `/${entrance}/apply`,
    entrance,
    title: { zh: '在线申请', en: 'Apply' },
    module: `${web}/apply.tsx`,
  },
];

/** Pages of the halls with doors (政务服务中心): for residents, clerks, heads, and the screens that hang there. */
const hallPages: Page[] = [
  {
    path: '/citizen/centres',
    entrance: 'citizen',
    title: { zh: '办事大厅', en: 'Service centres' },
    module: `${web}/centres.tsx`,
    order: 17,
  },
  {
    path: '/citizen/hall-display/:centre',
    entrance: 'citizen',
    title: { zh: '叫号显示屏', en: 'Hall display' },
    module: `${web}/display.tsx`,
  },
  {
    path: '/citizen/kiosk',
    entrance: 'citizen',
    title: { zh: '自助取号', en: 'Kiosk' },
    module: `${web}/kiosk.tsx`,
  },
  {
    path: '/gov/queue',
    entrance: 'gov',
    section: 'window',
    title: { zh: '窗口叫号', en: 'Window' },
    module: `${web}/queue.tsx`,
    order: 13,
    posts: ['street-clerk'],
  },
  {
    path: '/gov/offline-window',
    entrance: 'gov',
    section: 'window',
    title: { zh: '断网收件', en: 'Offline window' },
    module: `${web}/offline.tsx`,
    order: 17,
    posts: ['street-clerk'],
  },
  {
    path: '/gov/intakes',
    entrance: 'gov',
    section: 'window',
    title: { zh: '收件流转', en: 'Intakes' },
    module: `${web}/intakes.tsx`,
    order: 15,
    posts: ['street-clerk', 'unit-head'],
  },
  {
    path: '/gov/papers',
    entrance: 'gov',
    section: 'window',
    title: { zh: '纸质材料', en: 'Papers' },
    module: `${web}/papers.tsx`,
    order: 16,
    posts: ['street-clerk', 'data-officer'],
  },
  {
    path: '/gov/links',
    entrance: 'gov',
    section: 'services',
    title: { zh: '系统对接', en: 'Links' },
    module: `${web}/links.tsx`,
    order: 43,
    posts: ['data-officer', 'unit-head'],
  },
  {
    path: '/gov/routing-rules',
    entrance: 'gov',
    section: 'services',
    title: { zh: '属地规则', en: 'Routing' },
    module: `${web}/routing-rules.tsx`,
    order: 44,
    posts: ['data-officer', 'unit-head'],
  },
  {
    path: '/gov/copy-sheet',
    entrance: 'gov',
    section: 'window',
    title: { zh: '转录单', en: 'Copy sheet' },
    module: `${web}/copy-sheet.tsx`,
  },
  {
    path: '/gov/centres',
    entrance: 'gov',
    section: 'window',
    title: { zh: '大厅运行', en: 'Centres' },
    module: `${web}/centre-head.tsx`,
    order: 18,
    posts: ['unit-head'],
  },
];

/**
 * Service hall online (网上政务大厅, P03): find, understand, apply; items, cases and certificates are platform/service’s. And the halls with
 * doors (一窗通办, P04): centres, lines, staffing, intake and its way, custody of papers.
 */
export const serviceHall = app({
  id: 'service-hall',
  kind: 'app',
  folder: 'apps/government/service-hall',
  title: { zh: '政务服务大厅', en: 'Service hall' },
  projects: ['P03', 'P04'],
  uses: ['calendar', 'document'],
  resources: [centres, waitingTimes, tickets, intakes],
  actions: {
    'service-hall.ticket.own': { title: { zh: '手机取号、预约', en: 'Join a line, book a time' }, posts: ['citizen'] },
    'service-hall.queue.work': { title: { zh: '窗口叫号', en: 'Call and serve at a window' }, posts: ['street-clerk'] },
    'service-hall.centre.run': { title: { zh: '管理中心窗口与排班', en: 'Run a centre' }, posts: ['unit-head'] },
    'service-hall.intake.record': {
      title: { zh: '窗口收件、接收', en: 'Take in and take over' },
      posts: ['street-clerk'],
    },
    'service-hall.intake.read': {
      title: { zh: '查看和分派收件', en: 'See and dispatch intakes' },
      posts: ['street-clerk', 'unit-head'],
    },
    'service-hall.routing.edit': { title: { zh: '编制属地规则', en: 'Set rules of routing' }, posts: ['data-officer'] },
    'service-hall.link.read': {
      title: { zh: '查看系统对接', en: 'See links to vertical systems' },
      posts: ['street-clerk', 'data-officer', 'unit-head'],
    },
    'service-hall.link.edit': { title: { zh: '登记系统对接', en: 'Register links' }, posts: ['data-officer'] },
    'service-hall.link.use': {
      title: { zh: '转录和核对', en: 'Type over and compare' },
      posts: ['street-clerk', 'data-officer'],
    },
    'service-hall.paper.work': {
      title: { zh: '登记和交接纸质材料', en: 'Register and hand over papers' },
      posts: ['street-clerk', 'data-officer'],
    },
    ...counterActions,
  },
  routes: [
    listCentres,
    showBoard,
    listSlots,
    listShifts,
    openKiosk,
    takeKioskTicket,
    joinLine,
    listOwnTickets,
    leaveLine,
    book,
    listOwnAppointments,
    cancelAppointment,
    reportArrival,
    showQueue,
    actAtWindow,
    callNext,
    takeSeat,
    listSkills,
    putSkill,
    registerKiosk,
    endKiosk,
    planDay,
    listRoutingRules,
    putRoutingRule,
    recordIntake,
    listIntakes,
    listOwnIntakes,
    assignIntake,
    takeIntake,
    registerPaper,
    listPapers,
    showPaper,
    handOver,
    scanPapers,
    reportLost,
    endPaper,
    listLinks,
    putLink,
    enterCase,
    reconcileEntry,
    putSpecialDay,
    bindReceipt,
    findReceipt,
    listJoinings,
    decideJoining,
    showOwnCentres,
    putPrinter,
    printAtDesk,
    ...counterRoutes,
  ],
  jobs: [joinJob, printTicket],
  mounts: [displayFeed],
  timers: [
    { name: 'expire-calls', everyMs: 5_000, run: async ({ services }) => void (await expireCalls(services)) },
    { name: 'end-forgotten', everyMs: 300_000, run: async ({ services }) => void (await endForgotten(services)) },
  ],
  provides: [clockKind.provide(handOverClock), ...counterProvides],
  sealed: counterSealed,
  pages: [...ENTRANCES.flatMap(pagesOf), ...hallPages, ...counterPages],
});
