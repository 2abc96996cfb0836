import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { household, resident } from '#platform/basedata/population/resources.ts';
import { entities } from '#platform/basedata/legal-entity/resources.ts';
import { buildings } from '#platform/basedata/space/resources.ts';
import { cosine, core, SAME, similarity } from './similar.ts';

const shared = [resident, household, entities, buildings].flatMap((resource) =>
  Object.values(resource.fields).map((field) => ({
    title: field.title.zh,
    element: field.element,
    of: resource.title.zh,
  })),
);
const found = (title: string) =>
  shared.filter((field) => similarity({ title }, field) >= SAME).map((field) => field.title);

/** Fields as departments' own paper and web forms call them, each with the shared field that it asks for a second time. */
const DUPLICATES: readonly (readonly [string, string])[] = [
  ['申请人姓名', '姓名'],
  ['您的姓名', '姓名'],
  ['姓名（与证件一致）', '姓名'],
  ['真实姓名', '姓名'],
  ['性别', '性别'],
  ['申请人性别', '性别'],
  ['性 别', '性别'],
  ['出生年月', '出生日期'],
  ['出生日期（年/月/日）', '出生日期'],
  ['生日', '出生日期'],
  ['出生年月日', '出生日期'],
  ['民族', '民族'],
  ['民族成分', '民族'],
  ['手机号码', '联系电话'],
  ['联系电话', '联系电话'],
  ['联系方式', '联系电话'],
  ['本人手机号', '联系电话'],
  ['移动电话', '联系电话'],
  ['家庭住址', '居住地址'],
  ['现住址', '居住地址'],
  ['目前居住地址', '居住地址'],
  ['实际居住地', '居住地址'],
  ['现居住地址（详细到室）', '居住地址'],
  ['户口所在地', '户籍地址'],
  ['户籍所在地', '户籍地址'],
  ['户籍地址', '户籍地址'],
  ['家庭人口数', '人数'],
  ['家庭人数', '人数'],
  ['户内人数', '人数'],
  ['与户主关系', '与户主关系'],
  ['与户主的关系', '与户主关系'],
  ['户主姓名', '户主姓名'],
  ['户号', '户编号'],
  ['所属居委会', '居委代码'],
  ['居委会', '居委代码'],
  ['去世日期', '死亡日期'],
  ['入住时间', '居住起始日期'],
  ['房间号', '室号'],
  ['统一社会信用代码', '统一社会信用代码'],
  ['单位社会信用代码', '统一社会信用代码'],
  ['企业信用代码', '统一社会信用代码'],
  ['单位名称', '名称'],
  ['企业名称（全称）', '名称'],
  ['公司名称', '名称'],
  ['法定代表人姓名', '法定代表人'],
  ['法人代表', '法定代表人'],
  ['企业成立时间', '成立日期'],
  ['注册资金（万元）', '注册资本（万元）'],
  ['房屋建成年代', '建成年份'],
  ['总层数', '地上层数'],
];

/** What no shared item holds: it must stay possible to ask for it. */
const OWN: readonly string[] = [
  '申请事由',
  '家庭月收入（元）',
  '申请救助类别',
  '开户银行',
  '银行账号',
  '是否同意电话回访',
  '活动名称',
  '活动日期',
  '预计参加人数上限',
  '场地面积需求',
  '事故经过',
  '紧急联系人与您的关系',
  '宠物品种',
  '车牌号',
  '停车时段',
  '希望的服务时间',
  '过敏史',
  '毕业院校',
  '学历',
  '兴趣爱好',
  '投诉对象',
  '问题描述',
  '施工起止时间',
  '噪声来源',
  '捐赠金额',
  '备注',
  '志愿服务时长',
  '是否需要手语翻译',
  '餐饮类型',
  '意见建议',
];

describe('a field that asks a second time', () => {
  it('is known in at least 45 of 50 forms, and the field that holds it already is named', () => {
    const titles = new Set(shared.map(({ title }) => title));
    const missed = DUPLICATES.filter(([title, held]) => titles.has(held) && !found(title).includes(held));
    const unknown = DUPLICATES.filter(([, held]) => !titles.has(held));
    expect(DUPLICATES).toHaveLength(50);
    expect(unknown).toEqual([]);
    expect(50 - missed.length, JSON.stringify(missed)).toBeGreaterThanOrEqual(45);
  });

  it('is not seen where nothing shared holds the answer', () => {
    expect(OWN.filter((title) => found(title).length > 0)).toEqual([]);
  });

  it('keeps apart what is known to be different: registered and actual address, sex and name', () => {
    expect(similarity({ title: '户籍地址' }, { title: '居住地址' })).toBeLessThan(SAME);
    expect(similarity({ title: '企业地址' }, { title: '家庭地址' })).toBeLessThan(SAME);
  });

  it('is known by its standard whatever it is called', () => {
    expect(
      similarity({ title: '证号', element: 'GB 11643-1999' }, { title: '公民身份号码', element: 'GB 11643' }),
    ).toBe(1);
  });

  it('leaves something to compare of every name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (title) => core(title).length <= title.normalize('NFKC').toLowerCase().length + 2,
      ),
    );
    expect(core('是否')).not.toBe('');
    expect(cosine('', '姓名')).toBe(0);
  });
});
