import { Type, type TSchema } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const maybe = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const Name = maybe(Type.String());
const Whole = maybe(Type.Integer());

/** Buildings (建筑物), one golden record each. */
export const buildings = resource({
  id: 'space.building',
  version: 1,
  title: { zh: '建筑物', en: 'Buildings' },
  summary: {
    zh: '统一编码的建筑物：坐落、轮廓、层数、高度、年代、结构、用途与历史建筑类别，每项注明来源。',
    en: 'Buildings by unified code: address, outline, floors, height, year, structure, use and heritage class, each with its source.',
  },
  owner: 'housing',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'monthly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'space.building',
  key: 'code',
  geometry: 'geometry',
  fields: {
    code: { schema: Type.String(), title: { zh: '房屋编码', en: 'Building code' }, level: 'L1' },
    name: { schema: Name, title: { zh: '名称', en: 'Name' }, level: 'L1' },
    address: { schema: Name, title: { zh: '坐落', en: 'Address' }, level: 'L1', element: 'GB/T 23705' },
    addressKey: { schema: Name, title: { zh: '标准地址', en: 'Address as compared' }, level: 'L1' },
    committeeCode: { schema: Name, title: { zh: '居委代码', en: 'Committee' }, level: 'L1' },
    cellCode: { schema: Name, title: { zh: '网格代码', en: 'Grid cell' }, level: 'L1' },
    yearBuilt: { schema: Whole, title: { zh: '建成年份', en: 'Year built' }, level: 'L1' },
    floors: { schema: Whole, title: { zh: '地上层数', en: 'Floors above ground' }, level: 'L1' },
    heightM: { schema: maybe(Type.Number()), title: { zh: '高度（米）', en: 'Height, metres' }, level: 'L2' },
    structure: { schema: Name, title: { zh: '结构', en: 'Structure' }, level: 'L1' },
    use: { schema: Name, title: { zh: '用途', en: 'Use' }, level: 'L1' },
    heritageClass: { schema: Name, title: { zh: '历史建筑类别', en: 'Heritage class' }, level: 'L1' },
    facadeClass: { schema: Name, title: { zh: '立面保护要求', en: 'Façade protection' }, level: 'L1' },
    managedBy: { schema: Name, title: { zh: '管理单位', en: 'Managing unit' }, level: 'L1' },
    unifiedCode: {
      schema: Name,
      title: { zh: '房屋建筑统一编码', en: 'Unified building code' },
      level: 'L1',
      element: 'JGJ/T 496',
    },
    status: {
      schema: Type.String(),
      title: { zh: '存续状态', en: 'Standing, demolished, merged or split' },
      level: 'L1',
    },
    secrecy: { schema: Name, title: { zh: '涉密类别', en: 'Kept off public maps' }, level: 'L2' },
    dwellings: { schema: Whole, title: { zh: '总户数', en: 'Dwellings' }, level: 'L1' },
    geometry: { schema: Type.Unknown(), title: { zh: '轮廓', en: 'Outline' }, level: 'L1' },
  },
});

/** Addresses (标准地址), one row for each that a building has or had. */
export const addresses = resource({
  id: 'space.address',
  version: 1,
  title: { zh: '标准地址', en: 'Addresses' },
  summary: {
    zh: '标准地址及其房屋；曾用地址保留起止日期。',
    en: 'Standard addresses and their buildings; former ones keep their dates.',
  },
  owner: 'civil-affairs',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'monthly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'space.address',
  key: 'id',
  fields: {
    id: { schema: Type.String(), title: { zh: '编号', en: 'Id' }, level: 'L1' },
    standard: {
      schema: Type.String(),
      title: { zh: '标准地址', en: 'Standard text' },
      level: 'L1',
      element: 'GB/T 23705',
    },
    buildingCode: { schema: Type.String(), title: { zh: '房屋编码', en: 'Building code' }, level: 'L1' },
    road: { schema: Name, title: { zh: '路', en: 'Road' }, level: 'L1' },
    lane: { schema: Name, title: { zh: '弄', en: 'Lane' }, level: 'L1' },
    number: { schema: Name, title: { zh: '号', en: 'Number' }, level: 'L1' },
    status: { schema: Type.String(), title: { zh: '状态', en: 'Current or former' }, level: 'L1' },
    validFrom: { schema: Type.String({ format: 'date' }), title: { zh: '启用', en: 'From' }, level: 'L1' },
    validTo: { schema: Name, title: { zh: '停用', en: 'Until' }, level: 'L1' },
  },
});

/** Other names (别名) of roads, places and districts. */
export const aliases = resource({
  id: 'space.alias',
  version: 1,
  title: { zh: '地名别名', en: 'Other names' },
  summary: {
    zh: '道路旧名、场所名与区划名，注明出处与起止。',
    en: 'Former road names, names of places and districts, with source and dates.',
  },
  owner: 'civil-affairs',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'yearly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'space.alias',
  key: 'id',
  fields: {
    id: { schema: Type.String(), title: { zh: '编号', en: 'Id' }, level: 'L1' },
    alias: { schema: Type.String(), title: { zh: '别名', en: 'Other name' }, level: 'L1' },
    kind: { schema: Type.String(), title: { zh: '种类', en: 'Kind' }, level: 'L1' },
    target: { schema: Type.String(), title: { zh: '指向', en: 'Stands for' }, level: 'L1' },
    source: { schema: Type.String(), title: { zh: '出处', en: 'Source' }, level: 'L1' },
  },
});

/** Floors and rooms (楼层与房间). */
export const rooms = resource({
  id: 'space.room',
  version: 1,
  title: { zh: '楼层与房间', en: 'Floors and rooms' },
  summary: {
    zh: '每幢房屋的楼层、室号或部位、面积、用途与权利类型。',
    en: 'Floors, rooms, areas, use and right type of each building.',
  },
  owner: 'housing',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'monthly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'space.room',
  key: 'id',
  fields: {
    id: { schema: Type.String(), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    buildingCode: { schema: Type.String(), title: { zh: '房屋编码', en: 'Building code' }, level: 'L2' },
    floor: { schema: Whole, title: { zh: '楼层', en: 'Floor' }, level: 'L2' },
    number: { schema: Type.String(), title: { zh: '室号或部位', en: 'Room' }, level: 'L2' },
    kind: { schema: Type.String(), title: { zh: '类型', en: 'Kind' }, level: 'L2' },
    areaM2: {
      schema: maybe(Type.Number()),
      title: { zh: '面积（平方米）', en: 'Area, m²' },
      level: 'L2',
      column: 'area_m2',
    },
    use: { schema: Name, title: { zh: '用途', en: 'Use' }, level: 'L2' },
    rightType: { schema: Name, title: { zh: '权利类型', en: 'Right' }, level: 'L2' },
  },
});

/** Posts that answer for areas and buildings (责任岗位). */
export const responsibilities = resource({
  id: 'space.responsibility',
  version: 1,
  title: { zh: '责任岗位', en: 'Responsible posts' },
  summary: {
    zh: '街道、居委、网格与房屋的责任单位和岗位，不含个人。',
    en: 'Units and posts that answer for streets, committees, cells and buildings; no persons.',
  },
  owner: 'civil-affairs',
  sharing: 'unconditional',
  opening: 'conditional',
  updates: 'monthly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'space.responsibility',
  key: 'id',
  fields: {
    id: { schema: Type.String(), title: { zh: '编号', en: 'Id' }, level: 'L1' },
    scopeCode: { schema: Type.String(), title: { zh: '范围代码', en: 'Area or building' }, level: 'L1' },
    duty: { schema: Type.String(), title: { zh: '职责', en: 'Duty' }, level: 'L1' },
    unit: { schema: Type.String(), title: { zh: '单位', en: 'Unit' }, level: 'L1' },
    post: { schema: Type.String(), title: { zh: '岗位', en: 'Post' }, level: 'L1' },
    contact: { schema: Name, title: { zh: '联系', en: 'Contact' }, level: 'L2' },
  },
});

/** Predecessors and successors of buildings (房屋沿革). */
export const successions = resource({
  id: 'space.succession',
  version: 1,
  title: { zh: '房屋沿革', en: 'Succession of buildings' },
  summary: {
    zh: '拆除、合并、分割：前身与后继的编码、日期与依据。',
    en: 'Demolitions, mergers and splits: codes before and after, date and basis.',
  },
  owner: 'housing',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'realtime',
  retention: { zh: '长期', en: 'permanent' },
  table: 'space.succession',
  key: 'id',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L1' },
    predecessor: { schema: Type.String(), title: { zh: '前身', en: 'Predecessor' }, level: 'L1' },
    successor: { schema: Name, title: { zh: '后继', en: 'Successor' }, level: 'L1' },
    kind: { schema: Type.String(), title: { zh: '事由', en: 'Kind' }, level: 'L1' },
    happenedOn: { schema: Type.String({ format: 'date' }), title: { zh: '日期', en: 'Date' }, level: 'L1' },
    basis: { schema: Type.String(), title: { zh: '依据', en: 'Basis' }, level: 'L1' },
  },
});

/** Facilities (设施) with a place: hydrants, pipe wells, lifts. */
export const facilities = resource({
  id: 'space.facility',
  version: 1,
  title: { zh: '设施', en: 'Facilities' },
  summary: {
    zh: '部件设施及其位置；地下管线不在公开地图上。',
    en: 'Facilities and where they are; underground pipes are on no public map.',
  },
  owner: 'construction',
  sharing: 'unconditional',
  opening: 'conditional',
  updates: 'monthly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'space.facility',
  key: 'id',
  geometry: 'geometry',
  fields: {
    id: { schema: Type.String(), title: { zh: '编号', en: 'Id' }, level: 'L1' },
    kind: { schema: Type.String(), title: { zh: '类型', en: 'Kind' }, level: 'L1' },
    classCode: { schema: Name, title: { zh: '部件代码', en: 'Class' }, level: 'L1', element: 'GB/T 30428.2' },
    buildingCode: { schema: Name, title: { zh: '房屋编码', en: 'Building code' }, level: 'L1' },
    secrecy: { schema: Name, title: { zh: '涉密类别', en: 'Kept off public maps' }, level: 'L2' },
    geometry: { schema: Type.Unknown(), title: { zh: '位置', en: 'Place' }, level: 'L1' },
  },
});
