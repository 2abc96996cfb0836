/** What each department knows, under its own column headings and in its own file format. */
import { join } from 'node:path';
import type { Building } from './buildings.ts';
import { toGcj02 } from './datum.ts';
import type { Roles } from './dirt.ts';
import type { Firm } from './firms.ts';
import { daysBefore } from './people.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { csvWriter, geojsonWriter, jsonWriter, xlsxWriter } from './writers.ts';
import type { Row, RowWriter } from './writers.ts';

/** One file of one department. `row` gives undefined for subjects that the department does not know. */
export interface DepartmentFile<Subject> {
  dataset: string;
  unit: string;
  file: string;
  roles: Roles;
  open(directory: string): RowWriter;
  row(subject: Subject, context: { random: Random; asOf: string }): Row | undefined;
}

const male = (person: Person): string => (person.sex === '1' ? '男' : '女');

const PUBLIC_SECURITY = ['公民身份号码', '姓名', '曾用名', '性别', '民族', '出生日期', '户号', '与户主关系', '户籍地址', '实有居住地址', '居住起始日期', '婚姻状况', '人员状态', '死亡日期', '登记日期'];
const INSURED = ['社会保障号码', '姓名', '性别', '出生日期', '险种', '参保状态', '单位名称', '手机号码', '居住地址', '参保日期'];
const HEALTH = ['健康档案编号', '证件号码', '姓名', '性别代码', '出生日期', '登记类别', '母亲姓名', '联系电话', '现住址', '残疾情况', '建档日期'];
const CIVIL = ['公民身份号码', '姓名', '性别', '出生日期', '户编号', '与户主关系', '婚姻状况', '居住地址', '房屋编码', '居住起始日期', '联系电话', '低保', '残疾等级'];
const MARKET = ['统一社会信用代码', '市场主体名称', '主体类型', '登记状态', '法定代表人', '成立日期', '注册资本(万元)', '行业代码', '行业名称', '住所', '房屋编码', '登记机关'];
const TAX = ['纳税人识别号', '纳税人名称', '生产经营地址', '税务登记地址', '从业人数', '纳税信用等级', '税务登记日期', '纳税人状态'];

export const CIVIL_COLUMNS: readonly string[] = CIVIL;

/** One row of 民政局's household file; the demo upload is made of the same rows. */
export function civilRow(person: Person): Row {
  return {
    公民身份号码: person.idNumber, 姓名: person.name, 性别: male(person), 出生日期: person.birthDate, 户编号: person.householdNo, 与户主关系: person.relation,
    婚姻状况: person.maritalStatus, 居住地址: person.residence.address, 房屋编码: person.residence.building?.code ?? '', 居住起始日期: person.residence.from,
    联系电话: person.phone, 低保: person.lowIncome ? '是' : '否', 残疾等级: person.disability,
  };
}

export const PERSON_FILES: DepartmentFile<Person>[] = [
  {
    dataset: 'public-security-population', unit: 'public-security', file: 'public-security-population.gbk.csv',
    roles: { id: '公民身份号码', name: '姓名', birth: '出生日期', address: '实有居住地址' },
    open: (directory) => csvWriter({ path: join(directory, 'public-security-population.gbk.csv'), columns: PUBLIC_SECURITY, encoding: 'gbk' }),
    row: (person, { asOf }) => {
      // Police learn of a move last: they still hold the former address.
      const known = person.previous ?? person.residence;
      const separate = person.hukouAddress !== known.address;
      return {
        公民身份号码: person.idNumber, 姓名: person.name, 曾用名: person.formerName, 性别: male(person), 民族: person.nation, 出生日期: person.birthDate, 户号: person.householdNo,
        与户主关系: person.relation, 户籍地址: person.hukouAddress, 实有居住地址: known.address, 居住起始日期: known.from, 婚姻状况: person.maritalStatus,
        人员状态: person.deathDate !== '' ? '死亡注销' : separate ? '人户分离' : '人户一致', 死亡日期: person.deathDate, 登记日期: daysBefore(asOf, 60),
      };
    },
  },
  {
    dataset: 'human-resources-insured', unit: 'human-resources', file: 'human-resources-insured.csv',
    roles: { id: '社会保障号码', name: '姓名', birth: '出生日期', phone: '手机号码', address: '居住地址' },
    open: (directory) => csvWriter({ path: join(directory, 'human-resources-insured.csv'), columns: INSURED, encoding: 'utf8-bom' }),
    row: (person, { random, asOf }) => {
      if (person.age < 18 || person.deathDate !== '' || !random.chance(person.resident ? 0.9 : 0.3)) return undefined;
      return {
        社会保障号码: person.idNumber, 姓名: random.chance(0.02) && person.formerName !== '' ? person.formerName : person.name, 性别: male(person), 出生日期: person.birthDate.replaceAll('-', '/'),
        险种: person.employer ? '城镇职工基本养老保险' : '城乡居民基本养老保险', 参保状态: person.insured ? '参保缴费' : '暂停缴费', 单位名称: person.employer ? `样例用人单位${random.int(1, 900)}` : '',
        手机号码: person.phone, 居住地址: person.residence.address, 参保日期: daysBefore(asOf, random.int(40, 7000)),
      };
    },
  },
  {
    dataset: 'health-registration', unit: 'health', file: 'health-registration.xlsx',
    roles: { id: '证件号码', name: '姓名', birth: '出生日期', phone: '联系电话', address: '现住址' },
    open: (directory) => xlsxWriter({ path: join(directory, 'health-registration.xlsx'), columns: HEALTH, sheet: '健康档案' }),
    row: (person, { random, asOf }) => {
      if (!person.resident || !(person.age < 7 || random.chance(person.age > 65 ? 0.5 : 0.18))) return undefined;
      return {
        健康档案编号: `31010100${person.pid.slice(1)}`, 证件号码: person.idNumber, 姓名: person.name, 性别代码: Number(person.sex), 出生日期: person.birthDate, 登记类别: person.age < 7 ? '出生登记' : '健康档案',
        母亲姓名: person.motherName, 联系电话: person.phone, 现住址: person.residence.address, 残疾情况: person.disability, 建档日期: daysBefore(asOf, random.int(30, 2000)),
      };
    },
  },
  {
    dataset: 'education-pupils', unit: 'education', file: 'education-pupils.json',
    roles: { id: '身份证件号', name: '姓名', birth: '出生日期', phone: '监护人电话', address: '家庭住址' },
    open: (directory) => jsonWriter({ path: join(directory, 'education-pupils.json') }),
    row: (person, { random }) => {
      if (person.school === '' || !person.resident || person.age < 6) return undefined;
      return {
        学籍号: `G${person.idNumber}`, 身份证件号: person.idNumber, 姓名: person.name, 性别码: person.sex, 出生日期: person.birthDate.replaceAll('-', ''), 学校名称: person.school,
        年级: person.age - 5, 监护人: person.motherName, 监护人电话: person.phone, 家庭住址: person.residence.address, 就读方式: random.chance(0.9) ? '走读' : '住校',
      };
    },
  },
  {
    dataset: 'civil-affairs-household', unit: 'civil-affairs', file: 'civil-affairs-household.csv',
    roles: { id: '公民身份号码', name: '姓名', birth: '出生日期', phone: '联系电话', building: '房屋编码', address: '居住地址' },
    open: (directory) => csvWriter({ path: join(directory, 'civil-affairs-household.csv'), columns: CIVIL, separator: ';' }),
    // Whole households by the last digit of their number: those that ever asked 民政 for something.
    row: (person) => (person.resident && /[1347]$/.test(person.householdNo) ? civilRow(person) : undefined),
  },
];

export const FIRM_FILES: DepartmentFile<Firm>[] = [
  {
    dataset: 'market-supervision-entities', unit: 'market-supervision', file: 'market-supervision-entities.csv.gz',
    roles: { id: '统一社会信用代码', name: '市场主体名称', birth: '成立日期', building: '房屋编码', address: '住所' },
    open: (directory) => csvWriter({ path: join(directory, 'market-supervision-entities.csv.gz'), columns: MARKET, gzip: true }),
    row: (firm) => ({
      统一社会信用代码: firm.uscc, 市场主体名称: firm.name, 主体类型: firm.kind, 登记状态: firm.status, 法定代表人: firm.legalRepresentative, 成立日期: firm.foundedOn, '注册资本(万元)': firm.registeredCapital,
      行业代码: firm.industryCode, 行业名称: firm.industryName, 住所: firm.registered.address, 房屋编码: firm.registered.building.code, 登记机关: '黄浦区市场监督管理局',
    }),
  },
  {
    dataset: 'tax-registration', unit: 'tax', file: 'tax-registration.csv',
    roles: { id: '纳税人识别号', name: '纳税人名称', birth: '税务登记日期', address: '生产经营地址' },
    open: (directory) => csvWriter({ path: join(directory, 'tax-registration.csv'), columns: TAX, encoding: 'utf8-bom' }),
    row: (firm, { random }) => {
      if (firm.discrepancy === 'not-taxed' || (firm.status === '注销' && firm.discrepancy !== 'cancelled-still-taxed')) return undefined;
      return {
        纳税人识别号: firm.uscc, 纳税人名称: random.chance(0.03) ? firm.name.replace('有限公司', '有限责任公司') : firm.name, 生产经营地址: firm.business.address,
        税务登记地址: firm.tax?.address ?? '上海市崇明区样例经济园区1号', 从业人数: firm.staff, 纳税信用等级: firm.taxRating, 税务登记日期: firm.foundedOn, 纳税人状态: '正常',
      };
    },
  },
  {
    dataset: 'commerce-foreign-invested', unit: 'commerce', file: 'commerce-foreign-invested.json',
    roles: { id: '统一社会信用代码', name: '企业名称', birth: '备案日期', address: '经营地址' },
    open: (directory) => jsonWriter({ path: join(directory, 'commerce-foreign-invested.json') }),
    row: (firm, { random }) => {
      if (!firm.foreignInvested || firm.discrepancy === 'foreign-filing-missing') return undefined;
      return {
        统一社会信用代码: firm.uscc, 企业名称: firm.name, 投资来源地: random.pick(['中国香港', '新加坡', '日本', '德国', '法国', '美国', '英国']), 外商投资企业: '是',
        '投资总额(万元)': firm.registeredCapital * random.int(1, 3), 经营地址: firm.business.address, 备案日期: firm.foundedOn,
      };
    },
  },
];

export const BUILDING_FILES: DepartmentFile<Building>[] = [
  {
    dataset: 'housing-buildings', unit: 'housing', file: 'housing-buildings.geojson', roles: { name: '房屋名称' },
    open: (directory) => geojsonWriter({ path: join(directory, 'housing-buildings.geojson') }),
    row: (building) => ({
      房屋编码: building.code, 房屋名称: building.name, 坐落: building.address, 居委代码: building.committee, 建成年份: building.yearBuilt, 地上层数: building.floors, 建筑结构: building.structure,
      房屋用途: building.use, 总户数: building.dwellings, 样例: true, geometry: building.outline,
    }),
  },
  {
    // Planning's old survey tool exports GCJ-02; the adapter has to bring it back.
    dataset: 'planning-buildings', unit: 'planning', file: 'planning-buildings.gcj02.geojson.gz', roles: { address: '地址' },
    open: (directory) => geojsonWriter({ path: join(directory, 'planning-buildings.gcj02.geojson.gz'), gzip: true }),
    row: (building, { random }) => {
      if (random.chance(0.04)) return undefined;
      const ring = (building.outline.coordinates[0] ?? []).map((p) => toGcj02([p[0] ?? 0, p[1] ?? 0]));
      return {
        建筑编号: building.code, 地址: building.address, '建筑高度(米)': building.heightM, 层数: random.chance(0.02) ? building.floors + 1 : building.floors, 历史建筑类别: building.heritageClass,
        用地性质: building.use === '住宅' ? '二类居住用地' : '公共设施用地', 样例: true, geometry: { type: 'Polygon', coordinates: [ring] },
      };
    },
  },
];
