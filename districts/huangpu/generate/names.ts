/** Invented names with the frequencies of real ones: few surnames carry most people, given names follow the decade of birth. */
import { cumulate } from './random.ts';
import type { Random } from './random.ts';

// Surname and weight per thousand, after the order published for Shanghai (rounded; homonyms follow from it).
const SURNAMES =
  '张73 王68 陈55 李48 朱34 沈31 徐30 周29 吴28 陆26 刘25 黄23 顾23 赵20 杨20 金18 孙17 胡16 姚14 蒋14 唐13 高12 俞12 施12 许12 潘11 叶11 郑10 林10 钱10 马10 何10 曹9 陶9 汪9 方8 郭8 倪8 严8 邵8 宋7 谢7 丁7 袁7 夏7 康6 曾6 范6 韩6 杜6 龚6 戴6 冯5 薛5 储5 石5 江5 邹5 魏5 秦5 计4 盛4 庄4 毛4 卢4 梁4 邓4 谈4 奚4 瞿4 乐3 鲍3 应3 傅3 童3 柳3 郁3 费3 季3 翁3 华3 史2 仇2 诸2 欧阳2 上官1 司徒1 诸葛1 郯1'.split(
    ' ',
  );
const SURNAME_TEXT = SURNAMES.map((entry) => entry.replace(/\d+$/, ''));
const SURNAME_WEIGHT = cumulate(SURNAMES.map((entry) => Number(/\d+$/.exec(entry)?.[0])));

interface Era {
  until: number;
  male: string;
  female: string;
  /** Share of two-character given names. */
  double: number;
}
const ERAS: Era[] = [
  {
    until: 1949,
    male: '根宝福德金生林祥荣富兴发龙财银昌炳树松才',
    female: '珍英妹娣秀兰凤宝金琴桂芳珠弟月美香玲仙巧',
    double: 0.88,
  },
  {
    until: 1965,
    male: '国建明伟华忠民强平荣德兴生海龙根永志新跃',
    female: '芳琴英萍华丽珍妹美娟秀玲凤兰红敏芬玉慧静',
    double: 0.72,
  },
  {
    until: 1980,
    male: '伟军勇杰强磊斌涛辉峰明俊海波健敏华晓建宏',
    female: '敏静燕丽艳萍红霞玲芳莉娟英洁琳琼蓉慧倩颖',
    double: 0.42,
  },
  {
    until: 2000,
    male: '俊杰晨昊宇嘉诚逸凡博文翔鑫浩天骏麒斌峰毅',
    female: '婷佳怡雯晓琳欣悦颖慧思雨倩瑶薇蕾洁璐蓓云',
    double: 0.68,
  },
  {
    until: 2100,
    male: '梓轩浩宸宇泽一诺子墨奕辰睿皓言谦承安霖沐',
    female: '梓涵欣怡诗妍若萱语桐可馨雨彤思悦一诺安沐',
    double: 0.93,
  },
];

export function surname(random: Random): string {
  return random.pickWeighted(SURNAME_TEXT, SURNAME_WEIGHT);
}

/** A given name as parents of that year would choose it. */
export function givenName({ random, year, sex }: { random: Random; year: number; sex: '1' | '2' }): string {
  const era = ERAS.find((candidate) => year <= candidate.until) ?? (ERAS[0] as Era);
  const letters = [...(sex === '1' ? era.male : era.female)];
  const first = random.pick(letters);
  return random.chance(era.double) ? first + random.pick(letters) : first;
}

/** Fictitious trade names 字号: two syllables, then one more. */
const FIRM_A = [...'申沪浦江海瑞思南复兴恒泰永裕祥和德盛华新宏达鼎信嘉汇融通博雅文景云星晨光'];
const FIRM_B = [...'源昌隆茂丰润泽康宁安顺利成美佳悦尚品格致远诚毅航帆创智联科艺翔腾骏'];
export function tradeName(random: Random): string {
  const name = random.pick(FIRM_A) + random.pick(FIRM_B);
  return random.chance(0.65) ? name + random.pick(FIRM_B) : name;
}
