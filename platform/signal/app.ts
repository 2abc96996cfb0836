import { app, type Services } from '#platform/kernel/app.ts';
import { liveKind } from '#platform/kernel/live-kind.ts';
import { acknowledgeAlert } from './alert/acknowledge-alert.ts';
import { calmStorms, climb } from './alert/climb.ts';
import { closeAlert } from './alert/close-alert.ts';
import { listAlerts } from './alert/list-alerts.ts';
import { liveAlert } from './alert/live-alert.ts';
import { reportAlert } from './alert/report-alert.ts';
import { showAlert } from './alert/show-alert.ts';
import { lookAtClock } from './alert/take-readings.ts';
import { approveWarning, returnWarning } from './cap/approve-warning.ts';
import { draftWarning } from './cap/draft-warning.ts';
import { listWarnings, showWarning } from './cap/list-warnings.ts';
import { capFiles, listPublicWarnings } from './cap/public-warnings.ts';
import { receiveCap } from './cap/receive-cap.ts';
import { signWarning, tellCitizens } from './cap/warning-jobs.ts';
import { alert } from './resources.ts';
import { listRules } from './rule/list-rules.ts';
import { putRuleRoute } from './rule/put-rule.ts';
import { deliver } from './tell/deliver.ts';
import { listMessages, readMessagesRoute } from './tell/list-messages.ts';
import { contactContext, putPreferences, showPreferences } from './tell/preference.ts';
import { messageStream } from './tell/stream.ts';
import { serveChannels } from './tell/tell.ts';
import { hearNotices, tellNotices } from './tell/tell-notices.ts';
import { unsubscribeByMail } from './tell/unsubscribe-by-mail.ts';

const READERS = ['duty-officer', 'unit-head', 'street-clerk', 'district-leader'] as const;
/** The control room has none of one's own: its posts work in another entrance as well. */
const OWN_ENTRANCES = ['citizen', 'business', 'gov', 'data'] as const;
const ACTORS = ['duty-officer', 'unit-head'] as const;

/** A timer that fails is told and tried again: it must not stop those of the other modules. */
const guarded =
  (name: string, work: (services: Services) => Promise<unknown>) =>
  async ({ services }: { services: Services }): Promise<void> => {
    try {
      await work(services);
    } catch (error) {
      services.log.warn({ err: error instanceof Error ? error.message : String(error) }, `signal/${name} failed`);
    }
  };

/** Signals (预警, G3): rules that raise and clear alerts, the ladder that tells people, public warnings in CAP 1.2, and messages. */
export const signal = app({
  id: 'signal',
  kind: 'capability',
  folder: 'platform/signal',
  title: { zh: '预警与通知', en: 'Alerts and messages' },
  projects: ['P28', 'P36'],
  resources: [alert],
  actions: {
    'signal.alert.read': { title: { zh: '查看预警', en: 'See alerts' }, posts: READERS },
    'signal.alert.act': {
      title: { zh: '上报、确认、关闭预警', en: 'Report, acknowledge and close alerts' },
      posts: ACTORS,
    },
    'signal.rule.write': { title: { zh: '维护预警规则', en: 'Write rules of alerts' }, posts: ['duty-officer'] },
    'signal.warning.read': {
      title: { zh: '查看预警发布台账', en: 'See warnings drafted and released' },
      posts: ACTORS,
    },
    'signal.warning.draft': { title: { zh: '起草、转发公共预警', en: 'Draft and relay warnings' }, posts: ACTORS },
    'signal.warning.approve': { title: { zh: '批准或退回公共预警', en: 'Approve or return warnings' }, posts: ACTORS },
  },
  routes: [
    listAlerts,
    reportAlert,
    listRules,
    putRuleRoute,
    showAlert,
    acknowledgeAlert,
    closeAlert,
    listWarnings,
    draftWarning,
    showWarning,
    approveWarning,
    returnWarning,
    receiveCap,
    listPublicWarnings,
    listMessages,
    readMessagesRoute,
    showPreferences,
    putPreferences,
  ],
  mounts: [capFiles, messageStream, unsubscribeByMail],
  provides: [liveKind.provide(liveAlert)],
  consumers: [hearNotices],
  jobs: [tellCitizens, signWarning, deliver, serveChannels, tellNotices],
  sealed: [
    {
      table: 'signal.preference',
      column: 'contact',
      key: { account: 'text' },
      context: ({ account }) => contactContext(account ?? ''),
    },
  ],
  pages: [
    {
      path: '/gov/alerts',
      entrance: 'gov',
      section: 'city',
      title: { zh: '预警', en: 'Alerts' },
      module: '#platform/signal/web/alerts-page.tsx',
      order: 5,
      posts: READERS,
    },
    {
      path: '/gov/alerts/:id',
      entrance: 'gov',
      section: 'city',
      title: { zh: '预警详情', en: 'Alert' },
      module: '#platform/signal/web/alert-page.tsx',
    },
    {
      path: '/gov/alert-rules',
      entrance: 'gov',
      section: 'city',
      title: { zh: '预警规则', en: 'Rules of alerts' },
      module: '#platform/signal/web/rules-page.tsx',
      order: 7,
      posts: READERS,
    },
    {
      path: '/gov/warnings',
      entrance: 'gov',
      section: 'city',
      title: { zh: '公共预警', en: 'Public warnings' },
      module: '#platform/signal/web/warnings-page.tsx',
      order: 6,
      posts: ACTORS,
    },
    {
      path: '/gov/warnings/new',
      entrance: 'gov',
      section: 'city',
      title: { zh: '起草预警', en: 'Draft a warning' },
      module: '#platform/signal/web/draft-page.tsx',
    },
    {
      path: '/gov/warnings/:id',
      entrance: 'gov',
      section: 'city',
      title: { zh: '公共预警详情', en: 'Public warning' },
      module: '#platform/signal/web/warning-page.tsx',
    },
    {
      path: '/citizen/warnings',
      entrance: 'citizen',
      title: { zh: '预警', en: 'Warnings' },
      module: '#platform/signal/web/public-warnings-page.tsx',
      order: 45,
    },
    ...OWN_ENTRANCES.map((entrance) => ({
      path: `/${entrance}/notifications`,
      entrance,
      title: { zh: '通知设置', en: 'Notifications' },
      module: '#platform/signal/web/notifications-page.tsx',
      ...(entrance === 'gov' ? { section: 'city' } : {}),
    })),
  ],
  timers: [
    { name: 'clock', everyMs: 1_000, run: guarded('clock', lookAtClock) },
    { name: 'ladder', everyMs: 1_000, run: guarded('ladder', climb) },
    { name: 'storms', everyMs: 20_000, run: guarded('storms', calmStorms) },
  ],
});
