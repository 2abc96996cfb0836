import { alertFigures, slowAlerts, standingAlerts } from '#platform/signal/alert/alert-figures.ts';
import type { AlertView } from '#platform/signal/alert/alert-view.ts';
import type { VitalSource, WallItem } from './vital-source.ts';

const RATE_DAYS = 30;
const sinceOf = (now: Date): Date => new Date(now.getTime() - RATE_DAYS * 86_400_000);
const FROM = { zh: '预警表 signal.alert', en: 'Alerts, signal.alert' };
const NOW = { zh: '此刻', en: 'Now' };
const LEVELS = [
  { zh: 'Ⅰ 级 红', en: 'I red' },
  { zh: 'Ⅱ 级 橙', en: 'II orange' },
  { zh: 'Ⅲ 级 黄', en: 'III yellow' },
  { zh: 'Ⅳ 级 蓝', en: 'IV blue' },
];

const itemOf = (alert: AlertView): WallItem => ({
  id: alert.id,
  kind: 'alert',
  title: alert.title,
  state: alert.state,
  level: alert.level,
  at: alert.raisedAt,
  dueAt: alert.nextStepAt,
  path: `/gov/alerts/${alert.id}`,
  lon: alert.lon,
  lat: alert.lat,
  sample: alert.sample,
});

/** Vitals of alerts (预警体征): what stands by level, and what nobody has acknowledged. */
export const alertVitals: VitalSource = {
  id: 'alert',
  title: { zh: '预警', en: 'Alerts' },
  read: async (context) => {
    const { levels, open, hourly, heard, acknowledged, minutes, unseen } = await alertFigures({
      ...context,
      since: sinceOf(context.now),
    });
    const total = levels.reduce((sum, n) => sum + n, 0);
    return {
      heard,
      vitals: [
        {
          id: 'alert.open',
          title: { zh: '无人确认的预警', en: 'Alerts nobody has acknowledged' },
          value: open,
          unit: 'count',
          about: {
            what: {
              zh: '已发出、没有解除、还没有任何人确认的预警。',
              en: 'Alerts raised, not cleared, and acknowledged by nobody.',
            },
            period: NOW,
            from: FROM,
          },
          act: true,
        },
        {
          id: 'alert.standing',
          title: { zh: '未关闭的预警', en: 'Alerts that stand' },
          value: total,
          unit: 'count',
          about: {
            what: {
              zh: '没有关闭的预警，按等级分；从属于另一预警的不算。指数按一、二级的条数计。',
              en: 'Alerts that are not closed, by level; those behind another do not count. The index counts levels I and II.',
            },
            period: NOW,
            from: FROM,
          },
          hourly,
          parts: LEVELS.map((title, at) => ({ id: `level-${at + 1}`, title, n: levels[at] ?? 0 })),
          measure: levels[0] + levels[1],
        },
        {
          id: 'alert.acknowledge',
          title: { zh: '平均确认时间（30 日）', en: 'Mean time to acknowledge (30 days)' },
          value: acknowledged === 0 ? null : minutes / acknowledged,
          unit: 'minute',
          about: {
            what: {
              zh: '从发出预警到第一次有人确认的平均分钟数；升级后重新确认的，从发出算起。没有人确认的不在平均数里，件数在下面。',
              en: 'Mean minutes from raising an alert to somebody acknowledging it; counted from the raising also where it became graver. Alerts nobody has acknowledged are not in the mean; they stand below.',
            },
            period: { zh: `近 ${RATE_DAYS} 日发出`, en: `Raised in the last ${RATE_DAYS} days` },
            from: FROM,
            of: {
              n: Math.round(minutes),
              d: acknowledged,
              names: { n: { zh: '总分钟', en: 'minutes in all' }, d: { zh: '已确认', en: 'acknowledged' } },
            },
          },
          parts: [{ id: 'unseen', title: { zh: '没有人确认', en: 'Nobody acknowledged' }, n: unseen }],
        },
      ],
    };
  },
  queue: async ({ services, actor, most }) => (await standingAlerts({ services, actor, most })).map(itemOf),
  behind: async ({ services, actor, now, vital, most }) => {
    if (vital === 'alert.acknowledge')
      return (await slowAlerts({ services, actor, since: sinceOf(now), most })).map(itemOf);
    if (vital !== 'alert.open' && vital !== 'alert.standing') return undefined;
    return (await standingAlerts({ services, actor, most, unseen: vital === 'alert.open' })).map(itemOf);
  },
};
