/** What public security, human resources, health, education and civil affairs know of persons. */
import { join } from 'node:path';
import type { DepartmentFile } from './department-file.ts';
import { daysBefore } from './people.ts';
import type { Person } from './people.ts';
import { csvWriter, jsonWriter, xlsxWriter } from './writers.ts';
import type { Row } from './writers.ts';

const male = (person: Person): string => (person.sex === '1' ? '男' : '女');

const PUBLIC_SECURITY = [
  '公民身份号码',
  '姓名',
  '曾用名',
  '性别',
  '民族',
  '出生日期',
  '户号',
  '与户主关系',
  '户籍地址',
  '实有居住地址',
  '居住起始日期',
  '婚姻状况',
  '人员状态',
  '死亡日期',
  '登记日期',
];
const INSURED = [
  '社会保障号码',
  '姓名',
  '性别',
  '出生日期',
  '险种',
  '参保状态',
  '单位名称',
  '手机号码',
  '居住地址',
  '参保日期',
];
const HEALTH = [
  '健康档案编号',
  '证件号码',
  '姓名',
  '性别代码',
  '出生日期',
  '登记类别',
  '母亲姓名',
  '联系电话',
  '现住址',
  '残疾情况',
  '建档日期',
];
const DEATHS = ['证明编号', '证件号码', '姓名', '性别代码', '出生日期', '死亡日期', '签发日期'];
const CIVIL = [
  '公民身份号码',
  '姓名',
  '性别',
  '出生日期',
  '户编号',
  '与户主关系',
  '婚姻状况',
  '居住地址',
  '房屋编码',
  '居住起始日期',
  '联系电话',
  '低保',
  '残疾等级',
];
export const CIVIL_COLUMNS: readonly string[] = CIVIL;

/** One row of 民政局's household file; the demo upload is made of the same rows. */
export function civilRow(person: Person): Row {
  return {
    公民身份号码: person.idNumber,
    姓名: person.name,
    性别: male(person),
    出生日期: person.birthDate,
    户编号: person.householdNo,
    与户主关系: person.relation,
    婚姻状况: person.maritalStatus,
    居住地址: person.residence.address,
    房屋编码: person.residence.building?.code ?? '',
    居住起始日期: person.residence.from,
    联系电话: person.phone,
    低保: person.lowIncome ? '是' : '否',
    残疾等级: person.disability,
  };
}

export const PERSON_FILES: DepartmentFile<Person>[] = [
  {
    dataset: 'public-security-population',
    unit: 'public-security',
    file: 'public-security-population.gbk.csv',
    roles: { id: '公民身份号码', name: '姓名', birth: '出生日期', address: '实有居住地址' },
    open: (directory) =>
      csvWriter({
        path: join(directory, 'public-security-population.gbk.csv'),
        columns: PUBLIC_SECURITY,
        encoding: 'gbk',
      }),
    row: (person, { asOf }) => {
      // Police learn of a move last: they still hold the former address.
      const known = person.previous ?? person.residence;
      const separate = person.hukouAddress !== known.address;
      return {
        公民身份号码: person.idNumber,
        姓名: person.name,
        曾用名: person.formerName,
        性别: male(person),
        民族: person.nation,
        出生日期: person.birthDate,
        户号: person.householdNo,
        与户主关系: person.relation,
        户籍地址: person.hukouAddress,
        实有居住地址: known.address,
        居住起始日期: known.from,
        婚姻状况: person.maritalStatus,
        人员状态: person.deathDate !== '' ? '死亡注销' : separate ? '人户分离' : '人户一致',
        死亡日期: person.deathDate,
        登记日期: daysBefore(asOf, 60),
      };
    },
  },
  {
    dataset: 'human-resources-insured',
    unit: 'human-resources',
    file: 'human-resources-insured.csv',
    roles: { id: '社会保障号码', name: '姓名', birth: '出生日期', phone: '手机号码', address: '居住地址' },
    open: (directory) =>
      csvWriter({ path: join(directory, 'human-resources-insured.csv'), columns: INSURED, encoding: 'utf8-bom' }),
    row: (person, { random, asOf }) => {
      if (person.age < 18 || person.deathDate !== '' || !random.chance(person.resident ? 0.9 : 0.3)) return undefined;
      return {
        社会保障号码: person.idNumber,
        姓名: random.chance(0.02) && person.formerName !== '' ? person.formerName : person.name,
        性别: male(person),
        出生日期: person.birthDate.replaceAll('-', '/'),
        险种: person.employer ? '城镇职工基本养老保险' : '城乡居民基本养老保险',
        参保状态: person.insured ? '参保缴费' : '暂停缴费',
        单位名称: person.employer ? `样例用人单位${random.int(1, 900)}` : '',
        手机号码: person.phone,
        居住地址: person.residence.address,
        参保日期: daysBefore(asOf, random.int(40, 7000)),
      };
    },
  },
  {
    dataset: 'health-registration',
    unit: 'health',
    file: 'health-registration.xlsx',
    roles: { id: '证件号码', name: '姓名', birth: '出生日期', phone: '联系电话', address: '现住址' },
    open: (directory) =>
      xlsxWriter({ path: join(directory, 'health-registration.xlsx'), columns: HEALTH, sheet: '健康档案' }),
    row: (person, { random, asOf }) => {
      if (!person.resident || !(person.age < 7 || random.chance(person.age > 65 ? 0.5 : 0.18))) return undefined;
      // Some files were opened without a card, and of those some without address and phone: who they are is found by comparison.
      const unnamed = person.pid.endsWith('7') && person.householdNo !== 'HP0000001';
      const bare = unnamed && /[02468]7$/.test(person.pid);
      // Told by a relative who knows the telephone, not the birthday: people have to say whether it is the same person.
      const told = bare && /[05]27$/.test(person.pid) && person.phone !== '';
      const birthDate = told ? daysBefore(person.birthDate, random.int(400, 1500)) : person.birthDate;
      return {
        健康档案编号: `31010100${person.pid.slice(1)}`,
        证件号码: unnamed ? '' : person.idNumber,
        姓名: person.name,
        性别代码: Number(person.sex),
        出生日期: birthDate,
        登记类别: person.age < 7 ? '出生登记' : '健康档案',
        母亲姓名: person.motherName,
        联系电话: bare && !told ? '' : person.phone,
        现住址: bare ? '' : person.residence.address,
        残疾情况: person.disability,
        建档日期: daysBefore(asOf, random.int(30, 2000)),
      };
    },
  },
  {
    dataset: 'health-deaths',
    unit: 'health',
    file: 'health-deaths.csv',
    roles: { id: '证件号码', name: '姓名', birth: '出生日期' },
    open: (directory) => csvWriter({ path: join(directory, 'health-deaths.csv'), columns: DEATHS, encoding: 'utf8' }),
    row: (person, { random, asOf }) => {
      // A few die where no certificate of this district was written: the police alone know it.
      if (person.deathDate === '' || random.chance(0.04)) return undefined;
      return {
        证明编号: `SW${person.pid.slice(1)}`,
        证件号码: person.idNumber,
        姓名: person.name,
        性别代码: Number(person.sex),
        出生日期: person.birthDate,
        死亡日期: person.deathDate,
        签发日期: person.deathDate < asOf ? person.deathDate : asOf,
      };
    },
  },
  {
    dataset: 'education-pupils',
    unit: 'education',
    file: 'education-pupils.json',
    roles: { id: '身份证件号', name: '姓名', birth: '出生日期', phone: '监护人电话', address: '家庭住址' },
    open: (directory) => jsonWriter({ path: join(directory, 'education-pupils.json') }),
    row: (person, { random }) => {
      if (person.school === '' || !person.resident || person.age < 6) return undefined;
      return {
        学籍号: `G${person.idNumber}`,
        身份证件号: person.idNumber,
        姓名: person.name,
        性别码: person.sex,
        出生日期: person.birthDate.replaceAll('-', ''),
        学校名称: person.school,
        年级: person.age - 5,
        监护人: person.motherName,
        监护人电话: person.phone,
        家庭住址: person.residence.address,
        就读方式: random.chance(0.9) ? '走读' : '住校',
      };
    },
  },
  {
    dataset: 'civil-affairs-household',
    unit: 'civil-affairs',
    file: 'civil-affairs-household.csv',
    roles: {
      id: '公民身份号码',
      name: '姓名',
      birth: '出生日期',
      phone: '联系电话',
      building: '房屋编码',
      address: '居住地址',
    },
    open: (directory) =>
      csvWriter({ path: join(directory, 'civil-affairs-household.csv'), columns: CIVIL, separator: ';' }),
    // Whole households by the last digit of their number: those that ever asked 民政 for something.
    row: (person) => (person.resident && /[1347]$/.test(person.householdNo) ? civilRow(person) : undefined),
  },
];
