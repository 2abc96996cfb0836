/**
 * Ways of naming one thing in government Chinese (同义词). Whoever types one finds documents that write another. Each word is also a
 * word of the segmenter's, so that it is never cut apart.
 */
export const SYNONYMS: readonly (readonly string[])[] = [
  ['医保', '医疗保险', '基本医疗保险'],
  ['社保', '社会保险', '参保'],
  ['养老保险', '城镇职工养老'],
  ['公积金', '住房公积金'],
  ['户口', '户籍'],
  ['低保', '最低生活保障'],
  ['身份证', '居民身份证', '公民身份号码', '身份证号'],
  ['统一社会信用代码', '信用代码'],
  ['营业执照', '工商登记', '市场主体登记'],
  ['居委', '居委会', '居民委员会'],
  ['街道', '街道办', '街道办事处'],
  ['公安', '公安局', '公安分局'],
  ['人社', '人社局', '人力资源和社会保障局'],
  ['卫健委', '卫生健康委员会', '卫计委'],
  ['市场监管', '市场监管局', '市场监督管理局'],
  ['老人', '老年人', '高龄'],
  ['残疾', '残障'],
  ['企业', '公司', '法人'],
  ['地铁', '轨道交通'],
  ['手机', '手机号', '移动电话', '联系电话'],
  ['住址', '居住地址', '地址'],
  ['生育', '计划生育'],
  ['房产', '不动产', '房屋', '房子', '住房'],
];

/** Words that a general dictionary cuts apart. */
const OWN = [
  '人户分离',
  '一网通办',
  '一网统管',
  '数源',
  '法人库',
  '人口库',
  '单元网格',
  '办件',
  '好差评',
  '电子证照',
  '实有人口',
  '外来人口',
  '常住人口',
];

export const WORDS: readonly string[] = [...new Set([...SYNONYMS.flat(), ...OWN])];

const groups = new Map(SYNONYMS.flatMap((group) => group.map((word) => [word, group] as const)));

/** Words that have other names are known by their first letters too. */
export const hasNames = (word: string): boolean => groups.has(word);

/** The word itself and what else it is called. */
export function namesOf(word: string): readonly string[] {
  return groups.get(word) ?? [word];
}
