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
};
/** Words of the states (案件状态) as the desk of cases shows them. */
const STATES: Readonly<Record<string, Text>> = {
  reported: { zh: '待受理', en: 'Reported' },
  facts: { zh: '待补充', en: 'Facts asked' },
  accepted: { zh: '待立案', en: 'Accepted' },
  established: { zh: '待派遣', en: 'Filed' },
  dispatched: { zh: '待接办', en: 'Dispatched' },
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
    const { open, overdue, today, states, handled, onTime, hourly, heard } = figures;
    return {
      heard,
      vitals: [
        {
          id: 'case.overdue',
          title: { zh: '超时案件', en: 'Overdue cases' },
          value: overdue,
          unit: 'count',
          act: true,
          measure: open === 0 ? 0 : (100 * overdue) / open,
        },
        {
          id: 'case.open',
          title: { zh: '在办案件', en: 'Open cases' },
          value: open,
          unit: 'count',
          parts: states.map(({ state, n }) => ({ id: state, title: STATES[state] ?? { zh: state, en: state }, n })),
        },
        { id: 'case.today', title: { zh: '今日新增', en: 'New today' }, value: today, unit: 'count', hourly },
        {
          id: 'case.on-time',
          title: { zh: '处置按时率（30 日）', en: 'Handled in time (30 days)' },
          value: handled === 0 ? null : (100 * onTime) / handled,
          unit: 'percent',
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
