import { alertFigures, standingAlerts } from '#platform/signal/alert/alert-figures.ts';
import type { AlertView } from '#platform/signal/alert/alert-view.ts';
import type { VitalSource, WallItem } from './vital-source.ts';

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
  sample: false,
});

/** Vitals of alerts (预警体征): what stands by level, and what nobody has acknowledged. */
export const alertVitals: VitalSource = {
  id: 'alert',
  title: { zh: '预警', en: 'Alerts' },
  read: async (context) => {
    const { levels, open, hourly, heard } = await alertFigures(context);
    const total = levels.reduce((sum, n) => sum + n, 0);
    return {
      heard,
      vitals: [
        {
          id: 'alert.open',
          title: { zh: '无人确认的预警', en: 'Alerts nobody has acknowledged' },
          value: open,
          unit: 'count',
          act: true,
        },
        {
          id: 'alert.standing',
          title: { zh: '未关闭的预警', en: 'Alerts that stand' },
          value: total,
          unit: 'count',
          hourly,
          parts: LEVELS.map((title, at) => ({ id: `level-${at + 1}`, title, n: levels[at] ?? 0 })),
          measure: levels[0] + levels[1],
        },
      ],
    };
  },
  queue: async ({ services, actor, most }) => (await standingAlerts({ services, actor, most })).map(itemOf),
  behind: async ({ services, actor, vital, most }) => {
    if (vital !== 'alert.open' && vital !== 'alert.standing') return undefined;
    return (await standingAlerts({ services, actor, most, unseen: vital === 'alert.open' })).map(itemOf);
  },
};
