import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const text = (zh: string, en: string, level: 'L1' | 'L2' = 'L1') =>
  ({ schema: Type.String(), title: { zh, en }, level }) as const;

/** Observations (宏观经济观测值) as known now: the newest published vintage of each period. Nothing under embargo is in it. */
export const observations = resource({
  id: 'economy.observation',
  version: 1,
  title: { zh: '宏观经济观测值', en: 'Macro-economic observations' },
  summary: {
    zh: '统计、税务、金融等部门的宏观经济序列，每期取已发布的最新版本；发布前的数据不在其中。',
    en: 'Series of statistics, tax, finance and others, each period in its newest published vintage; nothing before its release.',
  },
  owner: 'statistics',
  sharing: 'unconditional',
  opening: 'conditional',
  updates: 'monthly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'economy.current_observation',
  key: 'id',
  time: 'publishedAt',
  badge: 'sample',
  fields: {
    id: text('编号', 'Id'),
    series: text('序列', 'Series'),
    indicator: text('指标', 'Indicator'),
    freq: text('频率', 'Frequency'),
    area: { ...text('地区', 'Area'), element: 'GB/T 2260' },
    industry: { ...text('行业', 'Industry'), element: 'GB/T 4754' },
    ownership: text('登记注册类型', 'Ownership'),
    priceBase: text('价格基准', 'Price base'),
    adjustment: text('季节调整', 'Adjustment'),
    accumulation: text('累计方式', 'Accumulation'),
    period: text('时期', 'Period'),
    value: { schema: Type.Union([Type.Number(), Type.Null()]), title: { zh: '数值', en: 'Value' }, level: 'L2' },
    status: text('状态', 'Status'),
    note: { schema: Type.Union([Type.String(), Type.Null()]), title: { zh: '注', en: 'Note' }, level: 'L1' },
    publishedAt: text('发布时间', 'Published at'),
  },
});

/** Definitions of indicators (指标定义). */
export const indicators = resource({
  id: 'economy.indicator',
  version: 1,
  title: { zh: '宏观经济指标', en: 'Economic indicators' },
  summary: {
    zh: '指标的名称、定义、方法、计量单位与提供单位。',
    en: 'Names, definitions, methods, units and providers of the indicators.',
  },
  owner: 'statistics',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'yearly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'economy.indicator',
  key: 'code',
  badge: 'sample',
  fields: {
    code: text('代码', 'Code'),
    title: {
      schema: Type.Object({ zh: Type.String(), en: Type.String() }),
      title: { zh: '名称', en: 'Title' },
      level: 'L1',
    },
    definition: {
      schema: Type.Object({ zh: Type.String(), en: Type.String() }),
      title: { zh: '定义', en: 'Definition' },
      level: 'L1',
    },
    unit: text('计量单位', 'Unit'),
    owner: text('提供单位', 'Provider'),
  },
});

/** Release calendar (发布日历): when figures become public, and who answered for them. */
export const releases = resource({
  id: 'economy.release',
  version: 1,
  title: { zh: '统计发布日历', en: 'Release calendar' },
  summary: { zh: '各期发布的时间、状态、拟制与审批。', en: 'Time, state, preparer and approver of each release.' },
  owner: 'statistics',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'monthly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'economy.release',
  key: 'id',
  time: 'embargoUntil',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L1' },
    title: {
      schema: Type.Object({ zh: Type.String(), en: Type.String() }),
      title: { zh: '名称', en: 'Title' },
      level: 'L1',
    },
    period: text('时期', 'Period'),
    owner: text('发布单位', 'Unit'),
    embargoUntil: text('发布时间', 'Embargo until'),
    state: text('状态', 'State'),
  },
});
