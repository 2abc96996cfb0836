import type { AttributeMark, Disclosure } from '#platform/access/attributes/register.ts';
import type { Level } from '#platform/kernel/resource.ts';
import { maskPhone } from '#platform/kernel/mask.ts';
import type { Text } from '#platform/kernel/text.ts';

export type AttributeGroup = 'identity' | 'home' | 'condition';

/** An item of the card (一人一档): where its value stands, and what others see of it before they ask. */
export type Attribute = {
  name: string;
  title: Text;
  group: AttributeGroup;
  level: Level;
  /** Column of `population.person`; absent for conditions. */
  column?: string;
  /** 'single' = shown masked until it is opened by itself; absent = comes with the card. Who sees what is decided by the policies. */
  disclosure?: Disclosure;
  /** How it is masked where the policies say so; absent = its first and last character. */
  mask?: (value: string) => string;
};

const hidden = (): string => '***';

export const ATTRIBUTES: readonly Attribute[] = [
  { name: 'name', title: { zh: '姓名', en: 'Name' }, group: 'identity', level: 'L3', column: 'name' },
  { name: 'sex', title: { zh: '性别', en: 'Sex' }, group: 'identity', level: 'L3', column: 'sex' },
  {
    name: 'birthDate',
    title: { zh: '出生日期', en: 'Date of birth' },
    group: 'identity',
    level: 'L3',
    column: 'birth_date',
  },
  {
    name: 'nation',
    title: { zh: '民族', en: 'Ethnic group' },
    group: 'identity',
    level: 'L4',
    column: 'nation',
    disclosure: 'single',
    mask: hidden,
  },
  {
    name: 'phone',
    title: { zh: '联系电话', en: 'Phone' },
    group: 'identity',
    level: 'L3',
    column: 'phone',
    disclosure: 'single',
    mask: maskPhone,
  },
  {
    name: 'deathDate',
    title: { zh: '死亡日期', en: 'Date of death' },
    group: 'identity',
    level: 'L3',
    column: 'death_date',
  },
  {
    name: 'residenceAddress',
    title: { zh: '居住地址', en: 'Address' },
    group: 'home',
    level: 'L3',
    column: 'residence_address',
  },
  {
    name: 'buildingCode',
    title: { zh: '房屋编码', en: 'Building code' },
    group: 'home',
    level: 'L3',
    column: 'building_code',
  },
  {
    name: 'residenceFrom',
    title: { zh: '居住起始日期', en: 'Lives there since' },
    group: 'home',
    level: 'L3',
    column: 'residence_from',
  },
  {
    name: 'householdNo',
    title: { zh: '户编号', en: 'Household number' },
    group: 'home',
    level: 'L3',
    column: 'household_no',
  },
  {
    name: 'relation',
    title: { zh: '与户主关系', en: 'Relation to the head' },
    group: 'home',
    level: 'L3',
    column: 'relation',
  },
  {
    name: 'hukouAddress',
    title: { zh: '户籍地址', en: 'Registered address' },
    group: 'home',
    level: 'L3',
    column: 'hukou_address',
  },
  { name: 'insured', title: { zh: '参保', en: 'Insured' }, group: 'condition', level: 'L3' },
  {
    name: 'maritalStatus',
    title: { zh: '婚姻状况', en: 'Marital status' },
    group: 'condition',
    level: 'L3',
    disclosure: 'single',
    mask: hidden,
  },
  { name: 'school', title: { zh: '就读学校', en: 'School' }, group: 'condition', level: 'L3' },
  {
    name: 'lowIncome',
    title: { zh: '低保', en: 'Low-income relief' },
    group: 'condition',
    level: 'L4',
    disclosure: 'single',
    mask: hidden,
  },
  {
    name: 'disability',
    title: { zh: '残疾等级', en: 'Disability' },
    group: 'condition',
    level: 'L4',
    disclosure: 'single',
    mask: hidden,
  },
];

export function attributeOf(name: string): Attribute | undefined {
  return ATTRIBUTES.find((a) => a.name === name);
}

/** The identity number stands sealed beside the record and is never on a card in clear. */
const ID_NUMBER: AttributeMark = {
  name: 'idNumber',
  title: { zh: '公民身份号码', en: 'Identity number' },
  level: 'L4',
  disclosure: 'single',
};

/** What the policies may look at of each attribute, the identity number among them. */
export const MARKS: readonly AttributeMark[] = [
  ID_NUMBER,
  ...ATTRIBUTES.map(({ name, title, level, disclosure = 'card' }) => ({ name, title, level, disclosure })),
];

export function markOf(name: string): AttributeMark {
  const mark = MARKS.find((one) => one.name === name);
  if (!mark) throw new Error(`${name} is no attribute of a person`);
  return mark;
}

/** Fields that may be opened one by one: any, since a policy of the district may mask what comes with the card elsewhere. */
export const UNMASKABLE = MARKS.map(({ name }) => name);
