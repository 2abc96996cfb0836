/** What market supervision, tax and commerce know, under their own column headings and in their own formats. */
import { join } from 'node:path';
import type { DepartmentFile } from './department-file.ts';
import type { Firm } from './firms.ts';
import type { Random } from './random.ts';
import { csvWriter, jsonWriter } from './writers.ts';

const MARKET = [
  '统一社会信用代码',
  '市场主体名称',
  '主体类型',
  '登记状态',
  '法定代表人',
  '成立日期',
  '注册资本(万元)',
  '行业代码',
  '行业名称',
  '住所',
  '房屋编码',
  '登记机关',
  '工商注册号',
  '状态日期',
  '登记机关区划',
  '联系电话',
  '经营场所',
];
const TAX = [
  '纳税人识别号',
  '纳税人名称',
  '生产经营地址',
  '税务登记地址',
  '从业人数',
  '纳税信用等级',
  '税务登记日期',
  '纳税人状态',
  '主管税务机关区划',
  '联系电话',
];
const STANDING = [
  '纳税人识别号',
  '授权编号',
  '所属期',
  '营业收入档',
  '资产总额档',
  '税收贡献档',
  '是否欠税',
  '最近开票日期',
];
const HOLDERS = [
  '统一社会信用代码',
  '企业名称',
  '角色',
  '持有人类型',
  '持有人编号',
  '持有人名称',
  '持股比例(%)',
  '委派方编号',
  '疑似代持',
  '起始日期',
];
const LICENCES = ['许可证编号', '统一社会信用代码', '企业名称', '许可类型', '许可范围', '发证机关', '有效期至'];
const TOWERS = ['台账编号', '企业名称', '统一社会信用代码', '经营地址', '负责人', '联系电话', '走访日期'];

/** Lower ends of the bands, 万元, as in the rulebook entry `legal-entity.size.band`. */
const REVENUE_BANDS = [
  0, 50, 100, 200, 300, 500, 1000, 2000, 3000, 5000, 6000, 10_000, 20_000, 30_000, 40_000, 80_000, 100_000, 200_000,
];
const ASSET_BANDS = [0, 100, 300, 2000, 5000, 8000, 10_000, 80_000, 120_000];
const bandOf = (letter: string, ends: readonly number[], amount: number): string =>
  `${letter}${String(ends.filter((end) => end <= amount).length - 1).padStart(2, '0')}`;

/** As a sign at a door has it: the long legal form, the place in brackets behind, or a character of the same sound. */
function nameOnSign(name: string, random: Random): string {
  const draw = random.next();
  if (draw < 0.1) return name.replace('有限公司', '有限责任公司');
  if (draw < 0.14) return name.replace(/^上海(.{2,4})(.*)$/u, '$1（上海）$2');
  if (draw < 0.18) return name.replace(/[茂源盛丰泰德兴恒祥]/u, (letter) => SAME_SOUND[letter] ?? letter);
  return name;
}
const SAME_SOUND: Record<string, string> = {
  茂: '贸',
  源: '元',
  盛: '胜',
  丰: '峰',
  泰: '太',
  德: '得',
  兴: '星',
  恒: '衡',
  祥: '翔',
};

/** True for a firm that the tax authority has in its books. */
const taxed = (firm: Firm): boolean =>
  firm.discrepancy !== 'not-taxed' && (firm.status !== '注销' || firm.discrepancy === 'cancelled-still-taxed');

export const FIRM_FILES: DepartmentFile<Firm>[] = [
  {
    dataset: 'market-supervision-entities',
    unit: 'market-supervision',
    file: 'market-supervision-entities.csv.gz',
    roles: { id: '统一社会信用代码', name: '市场主体名称', birth: '成立日期', building: '房屋编码', address: '住所' },
    open: (directory) =>
      csvWriter({ path: join(directory, 'market-supervision-entities.csv.gz'), columns: MARKET, gzip: true }),
    row: (firm) =>
      firm.discrepancy === 'not-registered'
        ? undefined
        : {
            统一社会信用代码: firm.uscc,
            市场主体名称: firm.name,
            主体类型: firm.kind,
            登记状态: firm.status,
            法定代表人: firm.legalRepresentative,
            成立日期: firm.foundedOn,
            '注册资本(万元)': firm.registeredCapital,
            行业代码: firm.industryCode,
            行业名称: firm.industryName,
            住所: firm.registered.address,
            房屋编码: firm.registered.building.code,
            登记机关: '黄浦区市场监督管理局',
            工商注册号: firm.registrationNo,
            状态日期: firm.statusOn,
            登记机关区划: '310101',
            联系电话: firm.phone,
            经营场所: firm.business.address === firm.registered.address ? '' : firm.business.address,
          },
  },
  {
    dataset: 'tax-registration',
    unit: 'tax',
    file: 'tax-registration.csv',
    roles: { id: '纳税人识别号', name: '纳税人名称', birth: '税务登记日期', address: '生产经营地址' },
    open: (directory) =>
      csvWriter({ path: join(directory, 'tax-registration.csv'), columns: TAX, encoding: 'utf8-bom' }),
    row: (firm, { random }) => {
      if (!taxed(firm)) return undefined;
      return {
        纳税人识别号: firm.uscc,
        纳税人名称: random.chance(0.03) ? firm.name.replace('有限公司', '有限责任公司') : firm.name,
        生产经营地址: firm.business.address,
        税务登记地址: firm.tax?.address ?? '上海市崇明区样例经济园区1号',
        从业人数: firm.staff,
        纳税信用等级: firm.taxRating,
        税务登记日期: firm.foundedOn,
        纳税人状态: '正常',
        主管税务机关区划: firm.tax === undefined ? '310151' : '310101',
        联系电话: firm.phone,
      };
    },
  },
  {
    dataset: 'commerce-foreign-invested',
    unit: 'commerce',
    file: 'commerce-foreign-invested.json',
    roles: { id: '统一社会信用代码', name: '企业名称', birth: '备案日期', address: '经营地址' },
    open: (directory) => jsonWriter({ path: join(directory, 'commerce-foreign-invested.json') }),
    row: (firm, { random }) => {
      if (!firm.foreignInvested || firm.discrepancy === 'foreign-filing-missing') return undefined;
      return {
        统一社会信用代码: firm.uscc,
        企业名称: firm.name,
        投资来源地: random.pick(['中国香港', '新加坡', '日本', '德国', '法国', '美国', '英国']),
        外商投资企业: '是',
        '投资总额(万元)': firm.registeredCapital * random.int(1, 3),
        经营地址: firm.business.address,
        备案日期: firm.foundedOn,
      };
    },
  },
  {
    dataset: 'tax-standing',
    unit: 'tax',
    file: 'tax-standing.csv',
    roles: {},
    open: (directory) => csvWriter({ path: join(directory, 'tax-standing.csv'), columns: STANDING }),
    row: (firm, { random }) =>
      taxed(firm) && firm.kind !== '个体工商户'
        ? {
            纳税人识别号: firm.uscc,
            授权编号: 'SQ-2026-001',
            所属期: '2025',
            营业收入档: bandOf('R', REVENUE_BANDS, firm.revenue),
            资产总额档: bandOf('Z', ASSET_BANDS, firm.assets),
            税收贡献档: random.pick(['T1', 'T2', 'T2', 'T3', 'T3', 'T3']),
            是否欠税: random.chance(0.02) ? '是' : '否',
            最近开票日期: firm.status === '注销' ? '2026-06-20' : '2026-06-25',
          }
        : undefined,
  },
  {
    dataset: 'market-supervision-holders',
    unit: 'market-supervision',
    file: 'market-supervision-holders.csv.gz',
    roles: {},
    open: (directory) =>
      csvWriter({ path: join(directory, 'market-supervision-holders.csv.gz'), columns: HOLDERS, gzip: true }),
    row: (firm) =>
      firm.discrepancy === 'not-registered'
        ? undefined
        : firm.holders.map((holder) => ({
            统一社会信用代码: firm.uscc,
            企业名称: firm.name,
            角色: holder.role === 'shareholder' ? '股东' : '董事',
            持有人类型: holder.firm === undefined ? '自然人' : '企业',
            持有人编号: holder.firm ?? holder.person ?? '',
            持有人名称: holder.name,
            '持股比例(%)': holder.percent ?? '',
            委派方编号: holder.appointedBy ?? '',
            疑似代持: holder.nominee === true ? '是' : '',
            起始日期: firm.foundedOn,
          })),
  },
  {
    dataset: 'market-supervision-licences',
    unit: 'market-supervision',
    file: 'market-supervision-licences.csv',
    roles: {},
    open: (directory) => csvWriter({ path: join(directory, 'market-supervision-licences.csv'), columns: LICENCES }),
    row: (firm, { random }) =>
      firm.discrepancy !== 'not-registered' && firm.industryCode.startsWith('H')
        ? {
            许可证编号: `JY3310199${firm.uscc.slice(10, 17)}`,
            统一社会信用代码: firm.uscc,
            企业名称: firm.name,
            许可类型: '食品经营许可',
            许可范围: '热食类食品制售',
            发证机关: '黄浦区市场监督管理局',
            有效期至: `20${random.int(26, 30)}-0${random.int(1, 9)}-15`,
          }
        : undefined,
  },
  {
    dataset: 'investment-tower-firms',
    unit: 'investment',
    file: 'investment-tower-firms.csv',
    roles: {},
    open: (directory) =>
      csvWriter({ path: join(directory, 'investment-tower-firms.csv'), columns: TOWERS, encoding: 'utf8-bom' }),
    row: (firm, { random }) => {
      if (firm.seen === undefined) return undefined;
      // Who walks a tower reads a sign at a door: three of ten lines have no code, some a short name.
      const noCode = firm.discrepancy !== 'not-registered-here' && random.chance(0.3);
      return {
        台账编号: `LY${firm.uscc.slice(10)}`,
        企业名称: nameOnSign(firm.name, random),
        统一社会信用代码: noCode ? '' : firm.uscc,
        经营地址: firm.seen.address,
        负责人: firm.legalRepresentative,
        联系电话: random.chance(0.7) ? firm.phone : '',
        走访日期: '2026-06-10',
      };
    },
  },
];
