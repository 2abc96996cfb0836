import type { Text } from '#platform/kernel/text.ts';

/** A data element (数据元): one thing that many forms ask for under many names. */
export type DataElement = {
  id: string;
  title: Text;
  /** Standard that defines it, as fields of the catalogue name it. */
  standard?: string;
  /** What forms call it. */
  aliases: readonly string[];
};

/** The data elements that forms of a district ask for most. A name that is not here is compared by its characters alone. */
export const ELEMENTS: readonly DataElement[] = [
  element('name', '姓名', 'Name', ['名字', '人员姓名', '居民姓名', '真实姓名', '姓名全称']),
  element('sex', '性别', 'Sex', ['男女', '性别代码'], 'GB/T 2261.1'),
  element('birth-date', '出生日期', 'Date of birth', ['生日', '出生年月', '出生年月日', '出生时间', '年龄', '岁数']),
  element(
    'id-number',
    '公民身份号码',
    'Identity number',
    ['身份证', '身份证号', '证件号码', '居民身份证号'],
    'GB 11643',
  ),
  element('nation', '民族', 'Ethnic group', ['族别', '民族成分', '民族代码'], 'GB/T 3304'),
  element('phone', '联系电话', 'Phone', ['手机', '手机号', '电话', '移动电话', '联系方式', '联系手机']),
  element('address', '居住地址', 'Address', [
    '住址',
    '现住址',
    '家庭住址',
    '居住地',
    '实际居住地',
    '常住地址',
    '现居住地',
    '家庭地址',
  ]),
  element('hukou-address', '户籍地址', 'Registered address', [
    '户口所在地',
    '户口地址',
    '户籍所在地',
    '户籍地',
    '户口登记地',
  ]),
  element('room', '室号', 'Room', ['房间号', '门牌室号', '房号']),
  element('household-no', '户编号', 'Household number', ['户号', '户口簿号', '家庭编号', '户口本编号']),
  element('household-size', '家庭人数', 'Members of the household', [
    '人数',
    '家庭人口',
    '家庭人口数',
    '户内人数',
    '家庭成员数',
    '同住人数',
    '共同生活人数',
  ]),
  element('relation', '与户主关系', 'Relation to the head', ['户主关系', '与户主的关系', '家庭关系'], 'GB/T 4761'),
  element('head', '户主姓名', 'Head of the household', ['户主', '户主名字']),
  element('death-date', '死亡日期', 'Date of death', ['去世日期', '死亡时间', '去世时间', '注销日期']),
  element('residence-from', '居住起始日期', 'Lives there since', [
    '入住日期',
    '居住开始时间',
    '来本地居住时间',
    '入住时间',
  ]),
  element('insured', '参保状态', 'Insured', [
    '参保',
    '社保',
    '参保情况',
    '参加社会保险',
    '缴纳社保',
    '社保缴纳',
    '社会保险参加',
    '社保参保',
    '参保缴费',
  ]),
  element('marital-status', '婚姻状况', 'Marital status', ['婚否', '婚姻', '婚姻情况', '结婚'], 'GB/T 2261.2'),
  element(
    'committee',
    '居委',
    'Committee',
    ['居委会', '所属居委', '居民委员会', '所在居委会', '居委代码'],
    '统计用区划代码',
  ),
  element(
    'uscc',
    '统一社会信用代码',
    'Unified social credit code',
    ['信用代码', '社会信用代码', '机构代码', '单位代码'],
    'GB 32100',
  ),
  element('firm-name', '企业名称', 'Name of the enterprise', [
    '单位名称',
    '公司名称',
    '机构名称',
    '企业全称',
    '法人名称',
    '法人单位名称',
    '商户名称',
    '主体名称',
  ]),
  element('representative', '法定代表人', 'Legal representative', [
    '法人',
    '法人代表',
    '法人姓名',
    '负责人',
    '法定代表人姓名',
  ]),
  element('founded', '成立日期', 'Founded', ['注册日期', '设立日期', '登记日期', '成立时间', '注册时间']),
  element('capital', '注册资本', 'Registered capital', ['注册资金', '认缴资本']),
  element('scope', '经营范围', 'Business scope', ['主营业务', '业务范围', '经营项目']),
  element('firm-address', '住所', 'Registered address of the enterprise', [
    '注册地址',
    '单位地址',
    '公司地址',
    '经营地址',
    '企业地址',
    '注册地',
  ]),
  element('industry', '行业', 'Industry', ['行业代码', '所属行业', '行业分类', '行业类别'], 'GB/T 4754'),
  element('firm-state', '登记状态', 'State of registration', ['经营状态', '企业状态', '存续状态', '登记情况']),
  element('floors', '层数', 'Floors', ['楼层数', '总层数', '建筑层数', '地上层数']),
  element('built', '建成年份', 'Year of construction', ['建造年份', '竣工年份', '建成年代', '建造时间', '竣工时间']),
  element('building-code', '房屋编码', 'Building code', ['楼栋编码', '建筑编码', '楼栋代码', '房屋代码', '楼宇编号']),
];

function element(id: string, zh: string, en: string, aliases: readonly string[], standard?: string): DataElement {
  return { id, title: { zh, en }, aliases: [zh, ...aliases], standard };
}
