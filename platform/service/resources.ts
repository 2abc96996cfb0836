import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Maybe = Type.Union([Type.String(), Type.Null()]);
const MaybeCount = Type.Union([Type.Integer(), Type.Null()]);
const text = (zh: string, en: string) => ({ schema: Type.String(), title: { zh, en }, level: 'L1' as const });
const open = {
  version: 1,
  owner: 'service-hall',
  sharing: 'unconditional',
  opening: 'open',
  badge: 'sample',
} as const;

/** Service items (政务服务事项), as published. */
export const items = resource({
  ...open,
  id: 'service.item',
  title: { zh: '政务服务事项', en: 'Service items' },
  summary: {
    zh: '本区各单位公布的政务服务事项：编码、类型、实施单位、网办深度、跑动次数、通办范围。',
    en: 'Services of the units: code, kind, unit, online depth, visits, where accepted.',
  },
  updates: 'realtime',
  retention: { zh: '长期', en: 'permanent' },
  table: 'service.item',
  key: 'code',
  fields: {
    code: { ...text('实施编码', 'Implementing code'), element: 'GB/T 39554.1' },
    basic: { ...text('基本编码', 'Basic code'), element: 'GB/T 39554.1' },
    unit: text('实施单位', 'Unit'),
    state: text('状态', 'State'),
    version: { schema: Type.Integer(), title: { zh: '版本', en: 'Version' }, level: 'L1' },
    kind: { schema: Maybe, title: { zh: '事项类型', en: 'Kind' }, level: 'L1' },
    depth: { schema: MaybeCount, title: { zh: '网办深度', en: 'Online depth' }, level: 'L1' },
    visits: { schema: MaybeCount, title: { zh: '到场次数', en: 'Visits' }, level: 'L1' },
    anyCentre: {
      schema: Type.Union([Type.Boolean(), Type.Null()]),
      title: { zh: '全区通办', en: 'Accepted at every centre' },
      level: 'L1',
    },
    certificateType: { schema: Maybe, title: { zh: '结果证照类型', en: 'Type of certificate' }, level: 'L1' },
  },
});

/** Materials (申请材料) of published items. */
export const materials = resource({
  ...open,
  id: 'service.material',
  title: { zh: '事项申请材料', en: 'Materials of services' },
  summary: {
    zh: '各事项需要的材料及其来源：数据共享、电子证照或申请人提交。',
    en: 'What each service needs, and whether it is obtained, shown or handed in.',
  },
  updates: 'realtime',
  retention: { zh: '长期', en: 'permanent' },
  table: 'service.material',
  key: 'id',
  fields: {
    id: text('材料标识', 'Id'),
    item: { ...text('实施编码', 'Implementing code'), element: 'GB/T 39554.1' },
    title: text('材料名称', 'Name'),
    source: text('来源', 'Source'),
    required: { schema: Type.Boolean(), title: { zh: '必要', en: 'Required' }, level: 'L1' },
    original: { schema: Type.Boolean(), title: { zh: '须原件', en: 'Paper original' }, level: 'L1' },
    origin: { schema: Maybe, title: { zh: '来源资源或证照', en: 'Resource or type of certificate' }, level: 'L1' },
  },
});

/** Blockers (网办障碍). */
export const blockers = resource({
  ...open,
  opening: 'closed',
  id: 'service.blocker',
  title: { zh: '网办障碍', en: 'Blockers of online handling' },
  summary: {
    zh: '未能全程网办的事项各有哪些障碍，由谁、如何、何时清除。',
    en: 'What keeps services from being handled online, who removes it, how and until when.',
  },
  updates: 'realtime',
  retention: { zh: '长期', en: 'permanent' },
  table: 'service.blocker',
  key: 'id',
  fields: {
    id: { ...text('障碍标识', 'Id'), level: 'L2' },
    item: { ...text('实施编码', 'Implementing code'), level: 'L2', element: 'GB/T 39554.1' },
    kind: { ...text('障碍类别', 'Kind'), level: 'L2' },
    owner: { ...text('清障单位', 'Owner'), level: 'L2' },
    cause: { ...text('原因', 'Cause'), level: 'L2' },
    plan: { ...text('计划', 'Plan'), level: 'L2' },
    due: { schema: Maybe, title: { zh: '期限', en: 'Due' }, level: 'L2' },
    state: { ...text('状态', 'State'), level: 'L2' },
  },
});

/** Both ratios of online handling (事项网办率、办件网办率), the indicators of P03. */
export const onlineRatio = resource({
  ...open,
  id: 'service.online-ratio',
  title: { zh: '网办率', en: 'Online ratios' },
  summary: {
    zh: '各单位事项数、全程网办事项数，近十二个月办件数、网上办件数；两个网办率由此计算。',
    en: 'Items and fully online items, cases and online cases of twelve months, by unit: both ratios follow.',
  },
  updates: 'realtime',
  retention: { zh: '随事项更新', en: 'as the items' },
  table: 'service.online_ratio',
  key: 'unit',
  fields: {
    unit: text('实施单位', 'Unit'),
    items: { schema: Type.Integer(), title: { zh: '事项数', en: 'Items' }, level: 'L1' },
    fullItems: { schema: Type.Integer(), title: { zh: '全程网办事项数', en: 'Fully online items' }, level: 'L1' },
    cases: { schema: Type.Integer(), title: { zh: '办件数', en: 'Cases' }, level: 'L1' },
    onlineCases: { schema: Type.Integer(), title: { zh: '网上办件数', en: 'Online cases' }, level: 'L1' },
  },
});
