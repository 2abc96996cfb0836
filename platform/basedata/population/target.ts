import type { ImportTarget } from '#platform/exchange/target.ts';
import { checkBuildings } from '#platform/basedata/shared/check-buildings.ts';
import { loadPersons } from './load-persons.ts';

const YES_NO = { yes: ['是', 'Y', '1', 'true', '有'], no: ['否', 'N', '0', 'false', '无'] };

/** Persons (人口) from any department: fields, checks and how claims become golden records. */
export const personTarget: ImportTarget = {
  id: 'population.person',
  title: { zh: '人口', en: 'Persons' },
  feeds: ['population.resident', 'population.household', 'population.condition', 'population.identifier'],
  fields: [
    { name: 'idNumber', title: { zh: '公民身份号码', en: 'Identity number' }, type: 'citizen-id', sensitive: true },
    // Newborns have no identity number: the certificate of birth says who they are until there is one.
    {
      name: 'birthCertificate',
      title: { zh: '出生医学证明编号', en: 'Certificate of birth' },
      type: 'document-number',
      pattern: '^[A-Z][0-9]{9}$',
      sensitive: true,
    },
    { name: 'name', title: { zh: '姓名', en: 'Name' }, type: 'text', required: true, maxLength: 100, sensitive: true },
    {
      name: 'sex',
      title: { zh: '性别', en: 'Sex' },
      type: 'code',
      codes: { '1': ['男', '男性', 'M'], '2': ['女', '女性', 'F'] },
    },
    { name: 'birthDate', title: { zh: '出生日期', en: 'Date of birth' }, type: 'date', notAfterToday: true },
    { name: 'nation', title: { zh: '民族', en: 'Ethnic group' }, type: 'text', maxLength: 30 },
    { name: 'phone', title: { zh: '联系电话', en: 'Phone' }, type: 'phone', sensitive: true },
    { name: 'householdNo', title: { zh: '户编号', en: 'Household number' }, type: 'text', maxLength: 40 },
    { name: 'relation', title: { zh: '与户主关系', en: 'Relation to the head' }, type: 'text', maxLength: 30 },
    {
      name: 'hukouAddress',
      title: { zh: '户籍地址', en: 'Registered address' },
      type: 'text',
      maxLength: 200,
      sensitive: true,
    },
    {
      name: 'residenceAddress',
      title: { zh: '居住地址', en: 'Address' },
      type: 'text',
      maxLength: 200,
      sensitive: true,
    },
    {
      name: 'residenceFrom',
      title: { zh: '居住起始日期', en: 'Lives there since' },
      type: 'date',
      notAfterToday: true,
    },
    { name: 'buildingCode', title: { zh: '房屋编码', en: 'Building code' }, type: 'text', maxLength: 40 },
    { name: 'insured', title: { zh: '参保', en: 'Insured' }, type: 'code', codes: YES_NO },
    {
      name: 'maritalStatus',
      title: { zh: '婚姻状况', en: 'Marital status' },
      type: 'text',
      maxLength: 30,
      sensitive: true,
    },
    { name: 'school', title: { zh: '就读学校', en: 'School' }, type: 'text', maxLength: 100 },
    { name: 'lowIncome', title: { zh: '低保', en: 'Low-income relief' }, type: 'code', codes: YES_NO, sensitive: true },
    { name: 'disability', title: { zh: '残疾等级', en: 'Disability' }, type: 'text', maxLength: 60, sensitive: true },
    { name: 'deathDate', title: { zh: '死亡日期', en: 'Date of death' }, type: 'date', notAfterToday: true },
    {
      name: 'motherId',
      title: { zh: '母亲身份号码', en: 'Identity number of the mother' },
      type: 'citizen-id',
      sensitive: true,
    },
    {
      name: 'fatherId',
      title: { zh: '父亲身份号码', en: 'Identity number of the father' },
      type: 'citizen-id',
      sensitive: true,
    },
    {
      name: 'spouseId',
      title: { zh: '配偶身份号码', en: 'Identity number of the spouse' },
      type: 'citizen-id',
      sensitive: true,
    },
    { name: 'marriedOn', title: { zh: '结婚登记日期', en: 'Married on' }, type: 'date', notAfterToday: true },
    { name: 'movedOutOn', title: { zh: '迁出日期', en: 'Moved out on' }, type: 'date', notAfterToday: true },
    // A living person stood before an office that day.
    { name: 'seenOn', title: { zh: '最近到场日期', en: 'Last seen on' }, type: 'date', notAfterToday: true },
  ],
  check: checkBuildings,
  load: ({ db, claims }) => loadPersons(db, claims),
};
