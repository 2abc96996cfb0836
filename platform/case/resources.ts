import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Moment = Type.String({ format: 'date-time' });
const MaybeMoment = Type.Union([Moment, Type.Null()]);
const Day = Type.String({ format: 'date' });

/** Cases (案件): what is wrong where, who has it in hand, and until when. */
export const incidentCase = resource({
  id: 'incident.case',
  version: 1,
  title: { zh: '案件', en: 'Incident cases' },
  summary: {
    zh: '城市管理案件：来源、类别、位置、状态、处置单位和时限；不含上报人。',
    en: 'Cases of city management: source, class, place, state, unit and time; nothing of who reported.',
  },
  owner: 'operations-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '结案后五年', en: 'Five years after closing' },
  table: 'incident.case_file',
  key: 'id',
  scope: { by: 'area', field: 'committee' },
  time: 'reportedAt',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    no: { schema: Type.String(), title: { zh: '案件编号', en: 'Case number' }, level: 'L2' },
    source: { schema: Type.String(), title: { zh: '来源', en: 'Source' }, level: 'L2' },
    class: { schema: Type.String(), title: { zh: '类别', en: 'Class' }, level: 'L2', element: 'GB/T 30428.2' },
    description: { schema: Type.String(), title: { zh: '问题描述', en: 'What is wrong' }, level: 'L2' },
    lon: { schema: Type.Number(), title: { zh: '经度', en: 'Longitude' }, level: 'L2' },
    lat: { schema: Type.Number(), title: { zh: '纬度', en: 'Latitude' }, level: 'L2' },
    address: { schema: MaybeText, title: { zh: '地址', en: 'Address' }, level: 'L2' },
    street: { schema: Type.String(), title: { zh: '街道代码', en: 'Street' }, level: 'L2', element: 'GB/T 10114' },
    committee: { schema: Type.String(), title: { zh: '居委会代码', en: 'Committee' }, level: 'L2' },
    cell: { schema: Type.String(), title: { zh: '单元网格', en: 'Grid cell' }, level: 'L2', element: 'GB/T 30428.1' },
    part: { schema: MaybeText, title: { zh: '部件代码', en: 'Part' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    unit: { schema: MaybeText, title: { zh: '处置单位', en: 'Unit in charge' }, level: 'L2' },
    returns: { schema: Type.Integer(), title: { zh: '退件次数', en: 'Times given back' }, level: 'L2' },
    reworks: { schema: Type.Integer(), title: { zh: '返工次数', en: 'Times done again' }, level: 'L2' },
    reports: { schema: Type.Integer(), title: { zh: '上报数', en: 'Reports' }, level: 'L2' },
    reportedAt: { schema: Moment, title: { zh: '上报时间', en: 'Reported' }, level: 'L2' },
    handledAt: { schema: MaybeMoment, title: { zh: '处置时间', en: 'Handled' }, level: 'L2' },
    closedAt: { schema: MaybeMoment, title: { zh: '结案时间', en: 'Closed' }, level: 'L2' },
    dueAt: { schema: MaybeMoment, title: { zh: '当前环节到期', en: 'Present step due' }, level: 'L2' },
    establishedAt: { schema: MaybeMoment, title: { zh: '立案时间', en: 'Established' }, level: 'L2' },
    handleDueAt: { schema: MaybeMoment, title: { zh: '处置到期', en: 'Handling due' }, level: 'L2' },
    sample: { schema: Type.Boolean(), title: { zh: '样例', en: 'Sample' }, level: 'L2' },
  },
});

/** Reports (上报): what somebody said, and what became of it. */
export const incidentReport = resource({
  id: 'incident.report',
  version: 1,
  title: { zh: '案件上报', en: 'Reports' },
  summary: {
    zh: '谁在何时报了什么，办到哪一步，是否满意。',
    en: 'Who reported what, where it stands and whether they are satisfied.',
  },
  owner: 'operations-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '结案后两年', en: 'Two years after closing' },
  table: 'incident.report_view',
  key: 'id',
  time: 'at',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    no: { schema: Type.String(), title: { zh: '案件编号', en: 'Case number' }, level: 'L2' },
    class: { schema: Type.String(), title: { zh: '类别', en: 'Class' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    person: {
      schema: Type.Union([Type.String({ format: 'uuid' }), Type.Null()]),
      title: { zh: '上报人', en: 'Reporter' },
      level: 'L3',
      subject: 'person',
    },
    channel: { schema: Type.String(), title: { zh: '渠道', en: 'Channel' }, level: 'L2' },
    text: { schema: Type.String(), title: { zh: '上报内容', en: 'What they said' }, level: 'L3' },
    at: { schema: Moment, title: { zh: '上报时间', en: 'When' }, level: 'L2' },
    satisfied: {
      schema: Type.Union([Type.Boolean(), Type.Null()]),
      title: { zh: '是否满意', en: 'Satisfied' },
      level: 'L3',
    },
  },
});

/** Classes (案件类别): when a case is filed, when it is closed, and how much time it has. */
export const incidentClass = resource({
  id: 'incident.class',
  version: 1,
  title: { zh: '案件类别', en: 'Classes of cases' },
  summary: {
    zh: '部件和事件类别、立案条件、结案条件、处置时限规则。',
    en: 'Parts and events with the conditions for filing and closing, and the rule of their time.',
  },
  owner: 'operations-centre',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'yearly',
  retention: { zh: '长期', en: 'For good' },
  table: 'incident.class',
  key: 'code',
  badge: 'reference',
  fields: {
    code: { schema: Type.String(), title: { zh: '类别代码', en: 'Code' }, level: 'L1' },
    kind: { schema: Type.String(), title: { zh: '部件或事件', en: 'Part or event' }, level: 'L1' },
    name: { schema: Words, title: { zh: '名称', en: 'Name' }, level: 'L1' },
    establish: { schema: Words, title: { zh: '立案条件', en: 'Filed when' }, level: 'L1' },
    close: { schema: Words, title: { zh: '结案条件', en: 'Closed when' }, level: 'L1' },
    limitRule: { schema: Type.String(), title: { zh: '时限规则', en: 'Rule of its time' }, level: 'L1' },
    validFrom: { schema: Day, title: { zh: '起用', en: 'Valid from' }, level: 'L1' },
  },
});

/** Table of responsibilities (权责清单): which unit answers for what, where. */
export const responsibility = resource({
  id: 'incident.responsibility',
  version: 1,
  title: { zh: '权责清单', en: 'Responsibilities' },
  summary: {
    zh: '类别、地域、权属对应的责任单位和有效期。',
    en: 'The unit that answers for a class in a place, with dates.',
  },
  owner: 'operations-centre',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'realtime',
  retention: { zh: '长期', en: 'For good' },
  table: 'incident.responsibility',
  key: 'id',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L1' },
    class: { schema: Type.String(), title: { zh: '类别', en: 'Class' }, level: 'L1' },
    place: { schema: Type.String(), title: { zh: '地域代码', en: 'Place' }, level: 'L1' },
    owner: { schema: MaybeText, title: { zh: '权属', en: 'Owner of the part' }, level: 'L1' },
    unit: { schema: Type.String(), title: { zh: '责任单位', en: 'Unit' }, level: 'L1' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L1' },
    validFrom: { schema: Type.Union([Day, Type.Null()]), title: { zh: '起用', en: 'Valid from' }, level: 'L1' },
    validTo: { schema: Type.Union([Day, Type.Null()]), title: { zh: '止于', en: 'Valid to' }, level: 'L1' },
    reason: { schema: Type.String(), title: { zh: '依据', en: 'Reason' }, level: 'L1' },
  },
});

/** Pins outside the district (区外上报): offered to the neighbour by name, handed over by a person. */
export const outsideReport = resource({
  id: 'incident.outside-report',
  version: 1,
  title: { zh: '区外上报', en: 'Reports outside the district' },
  summary: {
    zh: '位置在区外的上报：回执编号、位置、建议移交的邻区和移交结果；不含上报人。',
    en: 'Reports whose pin lies outside: receipt, place, the neighbour it is offered to and what became of it; nothing of who reported.',
  },
  owner: 'operations-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '移交后一年', en: 'One year after it was handed over' },
  table: 'incident.outside_report',
  key: 'no',
  time: 'at',
  badge: 'sample',
  fields: {
    no: { schema: Type.String(), title: { zh: '回执编号', en: 'Receipt' }, level: 'L2' },
    text: { schema: Type.String(), title: { zh: '问题描述', en: 'What is wrong' }, level: 'L2' },
    lon: {
      schema: Type.Union([Type.Number(), Type.Null()]),
      title: { zh: '经度', en: 'Longitude' },
      level: 'L2',
    },
    lat: { schema: Type.Union([Type.Number(), Type.Null()]), title: { zh: '纬度', en: 'Latitude' }, level: 'L2' },
    address: { schema: MaybeText, title: { zh: '地址', en: 'Address' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    at: { schema: Moment, title: { zh: '上报时间', en: 'When' }, level: 'L2' },
    source: { schema: Type.String(), title: { zh: '来源', en: 'Source' }, level: 'L2' },
    neighbour: { schema: MaybeText, title: { zh: '邻区代码', en: 'Neighbour' }, level: 'L2', element: 'GB/T 2260' },
    neighbourName: {
      schema: Type.Union([Words, Type.Null()]),
      title: { zh: '建议移交的邻区', en: 'Offered to' },
      level: 'L2',
    },
    nearLine: { schema: Type.Boolean(), title: { zh: '临近区界', en: 'Near a line' }, level: 'L2' },
    handedTo: { schema: MaybeText, title: { zh: '已移交', en: 'Handed to' }, level: 'L2' },
    note: { schema: MaybeText, title: { zh: '移交说明', en: 'Note' }, level: 'L2' },
    sample: { schema: Type.Boolean(), title: { zh: '样例', en: 'Sample' }, level: 'L2' },
  },
});

/** Reports that wait for a person (待核上报), because their sender sent more than usual within an hour. */
export const heldReport = resource({
  id: 'incident.held-report',
  version: 1,
  title: { zh: '待核上报', en: 'Held reports' },
  summary: {
    zh: '短时间内数量异常、等待人工核看的上报；不含上报人。',
    en: 'Reports that wait for a person because of their number; nothing of who reported.',
  },
  owner: 'operations-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '处理后一年', en: 'One year after it was decided' },
  table: 'incident.held_report',
  key: 'id',
  scope: { by: 'area', field: 'committee' },
  time: 'at',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    no: { schema: Type.String(), title: { zh: '回执编号', en: 'Receipt' }, level: 'L2' },
    heap: { schema: Type.String(), title: { zh: '批次标识', en: 'Heap' }, level: 'L2' },
    source: { schema: Type.String(), title: { zh: '来源', en: 'Source' }, level: 'L2' },
    class: { schema: Type.String(), title: { zh: '类别', en: 'Class' }, level: 'L2' },
    text: { schema: Type.String(), title: { zh: '问题描述', en: 'What is wrong' }, level: 'L2' },
    lon: {
      schema: Type.Number(),
      title: { zh: '经度', en: 'Longitude' },
      level: 'L2',
    },
    lat: { schema: Type.Number(), title: { zh: '纬度', en: 'Latitude' }, level: 'L2' },
    address: { schema: MaybeText, title: { zh: '地址', en: 'Address' }, level: 'L2' },
    street: { schema: Type.String(), title: { zh: '街道代码', en: 'Street' }, level: 'L2' },
    committee: { schema: Type.String(), title: { zh: '居委会代码', en: 'Committee' }, level: 'L2' },
    photos: { schema: Type.Integer(), title: { zh: '照片数', en: 'Photos' }, level: 'L2' },
    cause: { schema: Type.String(), title: { zh: '待核原因', en: 'Why it waits' }, level: 'L2' },
    at: { schema: Moment, title: { zh: '上报时间', en: 'When' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    reason: { schema: MaybeText, title: { zh: '不予受理理由', en: 'Reason' }, level: 'L2' },
    words: { schema: MaybeText, title: { zh: '说明', en: 'Words' }, level: 'L2' },
    caseNo: { schema: MaybeText, title: { zh: '案件编号', en: 'Case' }, level: 'L2' },
    sample: { schema: Type.Boolean(), title: { zh: '样例', en: 'Sample' }, level: 'L2' },
  },
});
