import { shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type CaseLine, caseFigures, casesBehind, type CaseSet } from '#platform/case/case-figures.ts';
import type { VitalSource, WallItem } from './vital-source.ts';

const RATE_DAYS = 30;
const SETS: Readonly<Record<string, CaseSet>> = {
  'case.open': 'open',
  'case.overdue': 'overdue',
  'case.today': 'today',
  'case.on-time': 'late',
  'case.close': 'closed-late',
};
const FROM = { zh: '案件表 incident.case_file', en: 'Cases, incident.case_file' };
const DAYS = { zh: `近 ${RATE_DAYS} 日`, en: `Last ${RATE_DAYS} days` };
const NOW = { zh: '此刻', en: 'Now' };
/** Words of the states (案件状态) as the desk of cases shows them. */
const STATES: Readonly<Record<string, Text>> = {
  reported: { zh: '待受理', en: 'Reported' },
  facts: { zh: '待补充', en: 'Facts asked' },
  accepted: { zh: '待立案', en: 'Accepted' },
  established: { zh: '待派遣', en: 'Filed' },
  dispatched: { zh: '待接单', en: 'Dispatched' },
  ruling: { zh: '待裁决', en: 'To be ruled' },
  handling: { zh: '处置中', en: 'Being handled' },
  suspended: { zh: '已挂账', en: 'Suspended' },
  handled: { zh: '待核查', en: 'To be verified' },
  verified: { zh: '待结案', en: 'To be closed' },
};

const spanOf = (now: Date) => ({
  now,
  dayBegins: shanghaiMidnight(shanghaiDate(now)),
  since: new Date(now.getTime() - RATE_DAYS * 86_400_000),
});

const itemOf = (line: CaseLine): WallItem => ({
  id: line.no,
  kind: 'case',
  title: { zh: line.description, en: line.description },
  state: line.state,
  level: null,
  at: line.reportedAt.toISOString(),
  dueAt: line.dueAt?.toISOString() ?? null,
  path: `/gov/incidents/${line.no}`,
  lon: line.lon,
  lat: line.lat,
  sample: line.sample,
});

/** Vitals of city cases (案件体征): open by state, overdue, new today, and what part of the handling was in time. */
export const caseVitals: VitalSource = {
  id: 'case',
  title: { zh: '城市管理案件', en: 'City cases' },
  read: async ({ services, actor, now }) => {
    const figures = await caseFigures({ services, actor, ...spanOf(now) });
    const { open, overdue, today, states, handled, onTime, closed, closedOnTime, hourly, heard } = figures;
    return {
      heard,
      vitals: [
        {
          id: 'case.overdue',
          title: { zh: '超时案件', en: 'Overdue cases' },
          value: overdue,
          unit: 'count',
          act: true,
          about: {
            what: {
              zh: '当前环节已过时限、还没有办完的案件。指数按其占在办案件的百分比计。',
              en: 'Open cases whose present step is over its time. The index counts them in per cent of open cases.',
            },
            period: NOW,
            from: FROM,
            of: { n: overdue, d: open, names: { n: { zh: '超时', en: 'overdue' }, d: { zh: '在办', en: 'open' } } },
          },
          measure: open === 0 ? 0 : (100 * overdue) / open,
        },
        {
          id: 'case.open',
          title: { zh: '在办案件', en: 'Open cases' },
          value: open,
          unit: 'count',
          about: {
            what: {
              zh: '已上报、尚未结案、作废或并案的案件。',
              en: 'Cases reported and neither closed, void nor merged.',
            },
            period: NOW,
            from: FROM,
          },
          parts: states.map(({ state, n }) => ({ id: state, title: STATES[state] ?? { zh: state, en: state }, n })),
        },
        {
          id: 'case.today',
          title: { zh: '今日新增', en: 'New today' },
          value: today,
          unit: 'count',
          about: {
            what: {
              zh: '今天零时以来上报的案件；线是近 24 小时每小时的件数。',
              en: 'Cases reported since midnight; the line is each of the last 24 hours.',
            },
            period: { zh: '今天', en: 'Today' },
            from: FROM,
          },
          hourly,
        },
        {
          id: 'case.on-time',
          title: { zh: '处置按时率（30 日）', en: 'Handled in time (30 days)' },
          value: handled === 0 ? null : (100 * onTime) / handled,
          unit: 'percent',
          about: {
            what: {
              zh: '期内办完的处置环节中，在时限内办完的比例；挂账停表的时间不算。',
              en: 'Of the steps of handling that ended, those that ended in time; time for which the clock stood still does not count.',
            },
            period: DAYS,
            from: { zh: '法定时限时钟 calendar.clock', en: 'Clocks, calendar.clock' },
            of: { n: onTime, d: handled, names: { n: { zh: '按时', en: 'in time' }, d: { zh: '办完', en: 'ended' } } },
          },
        },
        {
          id: 'case.close',
          title: { zh: '按时结案率（30 日）', en: 'Closed on time (30 days)' },
          value: closed === 0 ? null : (100 * closedOnTime) / closed,
          unit: 'percent',
          about: {
            what: {
              zh: '期内结案的案件中，处置没有超过处置时限的比例。没有处置时限的不算。',
              en: 'Of the cases closed, those that were handled within their time. Cases without a time to be handled in do not count.',
            },
            period: DAYS,
            from: FROM,
            of: {
              n: closedOnTime,
              d: closed,
              names: { n: { zh: '按时', en: 'on time' }, d: { zh: '结案', en: 'closed' } },
            },
          },
        },
      ],
    };
  },
  queue: async ({ services, actor, now, most }) =>
    (await casesBehind({ services, actor, ...spanOf(now), set: 'open', most })).map(itemOf),
  behind: async ({ services, actor, now, vital, most }) => {
    const set = SETS[vital];
    return set && (await casesBehind({ services, actor, ...spanOf(now), set, most })).map(itemOf);
  },
};
