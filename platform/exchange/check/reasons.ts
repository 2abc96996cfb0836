import type { CheckRule, FieldCheck } from '#platform/exchange/check/types.ts';
import type { Text } from '#platform/kernel/text.ts';

const REASONS: Readonly<Record<CheckRule, Text>> = {
  required: { zh: '必填，不能为空', en: 'is required' },
  'too-long': { zh: '文字过长', en: 'is too long' },
  pattern: { zh: '格式不符', en: 'does not have the required form' },
  'not-in-list': { zh: '不在代码表中', en: 'is not in the code list' },
  'not-a-date': { zh: '不是日期，应如 1985-02-01', en: 'is no date; write it like 1985-02-01' },
  'impossible-date': { zh: '日历上没有这一天', en: 'is a day that the calendar does not have' },
  'future-date': { zh: '晚于今天', en: 'is later than today' },
  'not-a-number': { zh: '不是数字', en: 'is no number' },
  'out-of-range': { zh: '超出允许范围', en: 'is outside the allowed range' },
  'not-boolean': { zh: '应为“是”或“否”', en: 'must be yes or no' },
  'not-a-name': { zh: '不像姓名', en: 'does not look like a name' },
  'id-length': { zh: '身份证号应为 18 位', en: 'must have 18 characters (identity number)' },
  'id-charset': { zh: '身份证号含有不允许的字符', en: 'holds a character that an identity number cannot have' },
  'id-region': { zh: '身份证号的地区码不存在', en: 'begins with a region code that does not exist' },
  'id-date': { zh: '身份证号中的出生日期无效', en: 'holds a birth date that is not valid' },
  'id-check': { zh: '身份证号校验码错误，可能有一位录错', en: 'has a wrong check digit; one digit may be mistyped' },
  'credit-length': { zh: '统一社会信用代码应为 18 位', en: 'must have 18 characters (credit code)' },
  'credit-charset': { zh: '统一社会信用代码含有不允许的字符', en: 'holds a character that a credit code cannot have' },
  'credit-region': { zh: '统一社会信用代码的地区码不存在', en: 'names a region code that does not exist' },
  'credit-check': { zh: '统一社会信用代码校验码错误', en: 'has a wrong check character' },
  'credit-organisation': { zh: '第 9–17 位不是有效的组织机构代码', en: 'has no valid organisation code in positions 9–17' },
  phone: { zh: '不是有效的电话号码', en: 'is no telephone number' },
  'not-text': { zh: '应为文字，却是一组数据', en: 'must be text, not an object' },
  'cell-count': { zh: '单元格数与表头不一致，内容可能错列', en: 'the row has another number of cells than the header; values may stand under wrong columns' },
  'swapped-columns': { zh: '姓名与身份证号似乎填反了', en: 'name and identity number seem to be swapped' },
  'birth-differs-from-id': { zh: '出生日期与身份证号不一致', en: 'differs from the birth date in the identity number' },
  'sex-differs-from-id': { zh: '性别与身份证号不一致', en: 'differs from the sex in the identity number' },
  'not-json': { zh: '不是有效的 JSON', en: 'is not valid JSON' },
  'geometry-type': { zh: '不是 GeoJSON 几何', en: 'is no GeoJSON geometry' },
  'geometry-position': { zh: '坐标不是有限的数字', en: 'has a coordinate that is no finite number' },
  'geometry-range': { zh: '经纬度超出范围（可能颠倒）', en: 'has longitude or latitude out of range (swapped?)' },
  'geometry-ring': { zh: '多边形没有闭合', en: 'has a ring that is not closed' },
  'geometry-short': { zh: '几何的点太少', en: 'has too few points' },
  'geometry-parts': { zh: '几何的点太多', en: 'has too many points' },
};

const ABOUT_ROW: ReadonlySet<CheckRule> = new Set<CheckRule>(['swapped-columns', 'cell-count']);

/** The sentence of a rule with the field's title in front. */
export function reasonOf(rule: CheckRule, field: Pick<FieldCheck, 'title'>): Text {
  const reason = REASONS[rule];
  if (ABOUT_ROW.has(rule)) return reason;
  return { zh: `${field.title.zh}：${reason.zh}`, en: `${field.title.en} ${reason.en}` };
}
