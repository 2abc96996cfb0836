import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Text = Type.Union([Type.String(), Type.Null()]);
const DateText = Type.Union([Type.String({ format: 'date' }), Type.Null()]);

/** Residents (实有人口): one golden record a person. */
export const resident = resource({
  id: 'population.resident',
  version: 1,
  title: { zh: '实有人口基本信息', en: 'Residents' },
  summary: {
    zh: '每人一条：姓名、性别、出生日期、户与居住地，各项来自权威部门。',
    en: 'One record a person: name, sex, date of birth, household and home, each item from its authoritative source.',
  },
  owner: 'public-security',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'daily',
  retention: { zh: '长期', en: 'permanent' },
  table: 'population.person',
  key: 'pid',
  scope: { by: 'area', field: 'committeeCode' },
  badge: 'sample',
  fields: {
    pid: {
      schema: Type.String({ format: 'uuid' }),
      title: { zh: '人员标识', en: 'Person id' },
      level: 'L3',
      subject: 'person',
    },
    name: { schema: Text, title: { zh: '姓名', en: 'Name' }, level: 'L3' },
    sex: { schema: Text, title: { zh: '性别', en: 'Sex' }, level: 'L3', element: 'GB/T 2261.1' },
    birthDate: { schema: DateText, title: { zh: '出生日期', en: 'Date of birth' }, level: 'L3' },
    nation: { schema: Text, title: { zh: '民族', en: 'Ethnic group' }, level: 'L4', element: 'GB/T 3304' },
    phone: { schema: Text, title: { zh: '联系电话', en: 'Phone' }, level: 'L3' },
    householdNo: { schema: Text, title: { zh: '户编号', en: 'Household number' }, level: 'L3' },
    relation: {
      schema: Text,
      title: { zh: '与户主关系', en: 'Relation to the head' },
      level: 'L3',
      element: 'GB/T 4761',
    },
    buildingCode: { schema: Text, title: { zh: '房屋编码', en: 'Building code' }, level: 'L3' },
    room: { schema: Text, title: { zh: '室号', en: 'Room' }, level: 'L3' },
    address: { schema: Text, title: { zh: '居住地址', en: 'Address' }, level: 'L3', column: 'residence_address' },
    residenceFrom: { schema: DateText, title: { zh: '居住起始日期', en: 'Lives there since' }, level: 'L3' },
    hukouAddress: { schema: Text, title: { zh: '户籍地址', en: 'Registered address' }, level: 'L3' },
    deathDate: { schema: DateText, title: { zh: '死亡日期', en: 'Date of death' }, level: 'L3' },
    committeeCode: { schema: Text, title: { zh: '居委代码', en: 'Committee' }, level: 'L3', element: '统计用区划代码' },
  },
});

/** Households (户): members and the place where they live. */
export const household = resource({
  id: 'population.household',
  version: 1,
  title: { zh: '家庭户', en: 'Households' },
  summary: { zh: '户编号、户主、人数与居住地。', en: 'Number, head, size and place of each household.' },
  owner: 'civil-affairs',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'daily',
  retention: { zh: '长期', en: 'permanent' },
  table: 'population.household',
  key: 'householdNo',
  scope: { by: 'area', field: 'committeeCode' },
  badge: 'sample',
  fields: {
    householdNo: { schema: Type.String(), title: { zh: '户编号', en: 'Household number' }, level: 'L3' },
    head: { schema: Text, title: { zh: '户主', en: 'Head' }, level: 'L3', subject: 'person' },
    headName: { schema: Text, title: { zh: '户主姓名', en: 'Name of the head' }, level: 'L3' },
    members: { schema: Type.Integer(), title: { zh: '人数', en: 'Members' }, level: 'L3' },
    buildingCode: { schema: Text, title: { zh: '房屋编码', en: 'Building code' }, level: 'L3' },
    committeeCode: { schema: Text, title: { zh: '居委代码', en: 'Committee' }, level: 'L3' },
    address: { schema: Text, title: { zh: '居住地址', en: 'Address' }, level: 'L3' },
  },
});

/** Conditions (人员状况) such as relief or disability: sensitive, so never part of the basic record. */
export const condition = resource({
  id: 'population.condition',
  version: 1,
  title: { zh: '人员状况', en: 'Conditions of persons' },
  summary: {
    zh: '参保、婚姻、就学、低保与残疾状况，逐项注明来源。',
    en: 'Insurance, marriage, school, relief and disability, each with its source.',
  },
  owner: 'civil-affairs',
  sharing: 'none',
  opening: 'closed',
  updates: 'daily',
  retention: { zh: '长期', en: 'permanent' },
  table: 'population.condition',
  key: 'pid',
  badge: 'sample',
  fields: {
    pid: {
      schema: Type.String({ format: 'uuid' }),
      title: { zh: '人员标识', en: 'Person id' },
      level: 'L4',
      subject: 'person',
    },
    kind: { schema: Type.String(), title: { zh: '类别', en: 'Kind' }, level: 'L4' },
    value: { schema: Text, title: { zh: '状况', en: 'Value' }, level: 'L4' },
  },
});

/** Insurance (参保状态): yes or no for each resident, the one condition that others need without knowing more. */
export const insured = resource({
  id: 'population.insured',
  version: 1,
  title: { zh: '社会保险参保状态', en: 'Insured or not' },
  summary: {
    zh: '每位居民是否参加社会保险，只有“是”“否”；不含险种、缴费和单位。',
    en: 'Whether a resident has social insurance, yes or no; no kind, payment or employer.',
  },
  owner: 'human-resources',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'daily',
  retention: { zh: '长期', en: 'permanent' },
  table: 'population.insured',
  key: 'pid',
  scope: { by: 'area', field: 'committeeCode' },
  badge: 'sample',
  fields: {
    pid: {
      schema: Type.String({ format: 'uuid' }),
      title: { zh: '人员标识', en: 'Person id' },
      level: 'L3',
      subject: 'person',
    },
    insured: {
      schema: Type.Union([Type.Boolean(), Type.Null()]),
      title: { zh: '参保状态', en: 'Insured' },
      level: 'L4',
    },
    statedOn: { schema: DateText, title: { zh: '数据日期', en: 'Stated on' }, level: 'L4' },
    committeeCode: { schema: Text, title: { zh: '居委代码', en: 'Committee' }, level: 'L3', element: '统计用区划代码' },
  },
});

/** Identity numbers (身份标识): sealed; shown masked, opened in clear one by one with a reason. */
export const identifier = resource({
  id: 'population.identifier',
  version: 1,
  title: { zh: '身份标识', en: 'Identifiers of persons' },
  summary: {
    zh: '公民身份号码，密封存放，逐次说明目的后方可查看。',
    en: 'Identity numbers, sealed; opened one at a time with a purpose.',
  },
  owner: 'public-security',
  sharing: 'none',
  opening: 'closed',
  updates: 'daily',
  retention: { zh: '长期', en: 'permanent' },
  table: 'population.identifier',
  key: 'pid',
  badge: 'sample',
  fields: {
    pid: {
      schema: Type.String({ format: 'uuid' }),
      title: { zh: '人员标识', en: 'Person id' },
      level: 'L4',
      subject: 'person',
    },
    idNumber: {
      schema: Text,
      title: { zh: '公民身份号码', en: 'Identity number' },
      level: 'L4',
      element: 'GB 11643',
      column: 'sealed',
    },
    masked: { schema: Text, title: { zh: '公民身份号码（脱敏）', en: 'Identity number, masked' }, level: 'L3' },
  },
});
