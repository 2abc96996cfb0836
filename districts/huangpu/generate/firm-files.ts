/** What market supervision, tax and commerce know, under their own column headings and in their own formats. */
import { join } from 'node:path';
import type { DepartmentFile } from './department-file.ts';
import type { Firm } from './firms.ts';
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
];

export const FIRM_FILES: DepartmentFile<Firm>[] = [
  {
    dataset: 'market-supervision-entities',
    unit: 'market-supervision',
    file: 'market-supervision-entities.csv.gz',
    roles: { id: '统一社会信用代码', name: '市场主体名称', birth: '成立日期', building: '房屋编码', address: '住所' },
    open: (directory) =>
      csvWriter({ path: join(directory, 'market-supervision-entities.csv.gz'), columns: MARKET, gzip: true }),
    row: (firm) => ({
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
    }),
  },
  {
    dataset: 'tax-registration',
    unit: 'tax',
    file: 'tax-registration.csv',
    roles: { id: '纳税人识别号', name: '纳税人名称', birth: '税务登记日期', address: '生产经营地址' },
    open: (directory) =>
      csvWriter({ path: join(directory, 'tax-registration.csv'), columns: TAX, encoding: 'utf8-bom' }),
    row: (firm, { random }) => {
      if (firm.discrepancy === 'not-taxed' || (firm.status === '注销' && firm.discrepancy !== 'cancelled-still-taxed'))
        return undefined;
      return {
        纳税人识别号: firm.uscc,
        纳税人名称: random.chance(0.03) ? firm.name.replace('有限公司', '有限责任公司') : firm.name,
        生产经营地址: firm.business.address,
        税务登记地址: firm.tax?.address ?? '上海市崇明区样例经济园区1号',
        从业人数: firm.staff,
        纳税信用等级: firm.taxRating,
        税务登记日期: firm.foundedOn,
        纳税人状态: '正常',
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
];
