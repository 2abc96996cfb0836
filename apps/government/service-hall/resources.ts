import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);
const text = (zh: string, en: string) => ({ schema: Type.String(), title: { zh, en }, level: 'L1' as const });
const words = (zh: string, en: string) => ({ schema: Words, title: { zh, en }, level: 'L1' as const });
const number = (zh: string, en: string) => ({ schema: Type.Number(), title: { zh, en }, level: 'L1' as const });

/** Service centres (政务服务中心): the district's and the community affairs centres. */
export const centres = resource({
  id: 'service-hall.centre',
  version: 1,
  title: { zh: '政务服务中心', en: 'Service centres' },
  summary: {
    zh: '区行政服务中心和各街道社区事务受理服务中心：地址、电话、位置、开放时间。',
    en: 'The administrative service centre and the community affairs centres: address, phone, place, opening hours.',
  },
  owner: 'service-hall',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'realtime',
  retention: { zh: '长期', en: 'permanent' },
  table: 'service_hall.centre',
  key: 'code',
  badge: 'sample',
  fields: {
    code: text('编码', 'Code'),
    kind: text('类型', 'Kind'),
    title: words('名称', 'Name'),
    area: { ...text('服务区域', 'Area'), element: 'GB/T 10114' },
    address: words('地址', 'Address'),
    phone: text('电话', 'Phone'),
    lon: number('经度', 'Longitude'),
    lat: number('纬度', 'Latitude'),
    sample: { schema: Type.Boolean(), title: { zh: '样例', en: 'Sample' }, level: 'L1' },
  },
});

/**
 * Waiting times (等候时间): the figures behind `GET /api/service-hall/centres`, one row for each centre. Open data: numbers of people and
 * windows, nobody's name.
 */
export const waitingTimes = resource({
  id: 'service-hall.waiting-time',
  version: 1,
  title: { zh: '政务服务中心等候情况', en: 'Waiting at the service centres' },
  summary: {
    zh: '各中心现在的等候人数和开放窗口数，随叫号实时变化。接口 GET /api/service-hall/centres 另给出预计等候分钟。',
    en: 'How many people wait at each centre now, and how many windows are open. GET /api/service-hall/centres adds the minutes expected.',
  },
  owner: 'service-hall',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'realtime',
  retention: { zh: '只有现在的数，不留存', en: 'the present only, nothing is kept' },
  table: 'service_hall.waiting_time',
  key: 'centre',
  badge: 'sample',
  fields: {
    centre: text('中心编码', 'Centre'),
    title: words('名称', 'Name'),
    lon: number('经度', 'Longitude'),
    lat: number('纬度', 'Latitude'),
    waiting: { schema: Type.Integer(), title: { zh: '等候人数', en: 'People who wait' }, level: 'L1' },
    windows: { schema: Type.Integer(), title: { zh: '窗口数', en: 'Windows' }, level: 'L1' },
    windowsOpen: { schema: Type.Integer(), title: { zh: '开放窗口数', en: 'Windows open' }, level: 'L1' },
    sample: { schema: Type.Boolean(), title: { zh: '样例', en: 'Sample' }, level: 'L1' },
  },
});

/** Tickets (排队号): who waited for what, and how long. */
export const tickets = resource({
  id: 'service-hall.ticket',
  version: 1,
  title: { zh: '排队叫号记录', en: 'Tickets' },
  summary: {
    zh: '各中心的排队号：事项类别、取号、叫号、办结时间。本人取号的记录关联到人。',
    en: 'Tickets of the centres: family, when taken, called and done. Those that residents took on their phone name them.',
  },
  owner: 'service-hall',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '1 年', en: '1 year' },
  table: 'service_hall.ticket',
  key: 'id',
  time: 'takenAt',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    centre: { ...text('中心', 'Centre'), level: 'L2' },
    number: { ...text('号码', 'Number'), level: 'L2' },
    kind: { ...text('方式', 'How it was taken'), level: 'L2' },
    family: { ...text('事项类别', 'Family of items'), level: 'L2' },
    state: { ...text('状态', 'State'), level: 'L2' },
    since: {
      schema: Type.String({ format: 'date-time' }),
      title: { zh: '等候起算', en: 'Waits since' },
      level: 'L2',
    },
    takenAt: {
      schema: Type.String({ format: 'date-time' }),
      title: { zh: '取号时间', en: 'Taken at' },
      level: 'L2',
    },
    calledAt: { schema: Moment, title: { zh: '叫号时间', en: 'Called at' }, level: 'L2' },
    endedAt: { schema: Moment, title: { zh: '结束时间', en: 'Ended at' }, level: 'L2' },
    person: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '本人', en: 'Person' },
      level: 'L3',
      subject: 'person',
    },
  },
});

/** Intakes (收件): what windows took in and where it went. */
export const intakes = resource({
  id: 'service-hall.intake',
  version: 1,
  title: { zh: '窗口收件', en: 'Intakes' },
  summary: {
    zh: '窗口收下的事项：在哪里收、由哪里受理、收受分离的交接时间。',
    en: 'What windows took in: where, who accepts it, and when it was handed over.',
  },
  owner: 'service-hall',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '按事项归档期限', en: 'As the archive period of the item says' },
  table: 'service_hall.intake',
  key: 'id',
  time: 'receivedAt',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    caseCode: { ...text('统一办件编码', 'Case code'), level: 'L2' },
    no: { schema: Type.Integer(), title: { zh: '序号', en: 'Number' }, level: 'L2' },
    title: { ...words('事项', 'Item'), level: 'L2' },
    centre: { ...text('收件中心', 'Received at'), level: 'L2' },
    state: { ...text('状态', 'State'), level: 'L2' },
    target: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '受理中心', en: 'Accepted at' },
      level: 'L2',
    },
    why: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '人工分派原因', en: 'Why a person dispatches' },
      level: 'L2',
    },
    receivedAt: {
      schema: Type.String({ format: 'date-time' }),
      title: { zh: '收件时间', en: 'Received at' },
      level: 'L2',
    },
    person: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '申请人', en: 'Applicant' },
      level: 'L3',
      subject: 'person',
    },
  },
});
