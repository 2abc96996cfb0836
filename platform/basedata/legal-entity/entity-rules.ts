import type { AttributeMark } from '#platform/access/attributes/register.ts';
import type { FieldDeclaration } from '#platform/exchange/check/declaration.ts';
import type { GoldenTable } from '#platform/basedata/shared/golden-store.ts';
import type { Rule } from '#platform/basedata/shared/survivorship.ts';
import type { Level } from '#platform/kernel/resource.ts';
import type { Text } from '#platform/kernel/text.ts';

type Attribute = {
  name: string;
  column: string;
  title: Text;
  group: 'registration' | 'place' | 'business';
  level: Level;
  units: readonly string[];
};

const REGISTER = ['market-supervision', 'tax', 'commerce'] as const;
const TAX = ['tax', 'market-supervision', 'commerce'] as const;

/** Attributes of an enterprise and, for each, the units in order of authority (一数一源, S5). */
export const ENTITY_ATTRIBUTES: readonly Attribute[] = [
  {
    name: 'name',
    column: 'name',
    title: { zh: '名称', en: 'Name' },
    group: 'registration',
    level: 'L1',
    units: REGISTER,
  },
  {
    name: 'kind',
    column: 'kind',
    title: { zh: '主体类型', en: 'Kind' },
    group: 'registration',
    level: 'L1',
    units: REGISTER,
  },
  {
    name: 'status',
    column: 'status',
    title: { zh: '登记状态', en: 'Status' },
    group: 'registration',
    level: 'L1',
    units: REGISTER,
  },
  {
    name: 'legalRepresentative',
    column: 'legal_representative',
    title: { zh: '法定代表人', en: 'Legal representative' },
    group: 'registration',
    level: 'L2',
    units: REGISTER,
  },
  {
    name: 'foundedOn',
    column: 'founded_on',
    title: { zh: '成立日期', en: 'Founded on' },
    group: 'registration',
    level: 'L1',
    units: REGISTER,
  },
  {
    name: 'registeredCapital',
    column: 'registered_capital',
    title: { zh: '注册资本（万元）', en: 'Registered capital, 10,000 yuan' },
    group: 'registration',
    level: 'L1',
    units: REGISTER,
  },
  {
    name: 'industryCode',
    column: 'industry_code',
    title: { zh: '行业代码', en: 'Industry code' },
    group: 'business',
    level: 'L1',
    units: REGISTER,
  },
  {
    name: 'industryName',
    column: 'industry_name',
    title: { zh: '行业', en: 'Industry' },
    group: 'business',
    level: 'L1',
    units: REGISTER,
  },
  {
    name: 'registeredAddress',
    column: 'registered_address',
    title: { zh: '登记住所', en: 'Registered address' },
    group: 'place',
    level: 'L1',
    units: REGISTER,
  },
  {
    name: 'businessAddress',
    column: 'business_address',
    title: { zh: '经营地址', en: 'Place of business' },
    group: 'place',
    level: 'L2',
    units: TAX,
  },
  {
    name: 'taxAddress',
    column: 'tax_address',
    title: { zh: '税务登记地址', en: 'Address at the tax authority' },
    group: 'place',
    level: 'L2',
    units: TAX,
  },
  {
    name: 'buildingCode',
    column: 'building_code',
    title: { zh: '所在房屋', en: 'Building' },
    group: 'place',
    level: 'L2',
    units: REGISTER,
  },
  {
    name: 'staff',
    column: 'staff',
    title: { zh: '从业人数', en: 'Staff' },
    group: 'business',
    level: 'L2',
    units: TAX,
  },
  {
    name: 'foreignInvested',
    column: 'foreign_invested',
    title: { zh: '外商投资', en: 'Foreign invested' },
    group: 'business',
    level: 'L2',
    units: ['commerce', 'market-supervision'],
  },
  {
    name: 'taxRating',
    column: 'tax_rating',
    title: { zh: '纳税信用等级', en: 'Tax credit rating' },
    group: 'business',
    level: 'L2',
    units: ['tax'],
  },
];

/** What the policies may look at of each attribute: all of them come with the card. */
export const ENTITY_MARKS: readonly AttributeMark[] = ENTITY_ATTRIBUTES.map(({ name, title, level }) => ({
  name,
  title,
  level,
  disclosure: 'card',
}));

export const ENTITY_RULES: readonly Rule[] = ENTITY_ATTRIBUTES.map((a) => ({ attributes: [a.name], units: a.units }));

export const ENTITY_TABLE: GoldenTable = {
  schema: 'legal_entity',
  name: 'entity',
  key: 'uscc',
  columns: Object.fromEntries(ENTITY_ATTRIBUTES.map((a) => [a.name, a.column])),
  derived: ['committee_code'],
};

const title = (name: string): Text => ENTITY_ATTRIBUTES.find((a) => a.name === name)?.title ?? { zh: name, en: name };

/** What a row about an enterprise must look like. Tax files hold no amounts: none is a field (S5, tax secrecy). */
export const ENTITY_FIELDS: readonly FieldDeclaration[] = [
  {
    name: 'uscc',
    title: { zh: '统一社会信用代码', en: 'Unified social credit code' },
    type: 'credit-code',
    required: true,
  },
  { name: 'name', title: title('name'), type: 'text', required: true, maxLength: 120 },
  { name: 'kind', title: title('kind'), type: 'text', maxLength: 60 },
  { name: 'status', title: title('status'), type: 'text', maxLength: 20 },
  { name: 'legalRepresentative', title: title('legalRepresentative'), type: 'text', maxLength: 60, sensitive: true },
  { name: 'foundedOn', title: title('foundedOn'), type: 'date', notAfterToday: true },
  { name: 'registeredCapital', title: title('registeredCapital'), type: 'decimal', minimum: 0 },
  { name: 'industryCode', title: title('industryCode'), type: 'text', maxLength: 10 },
  { name: 'industryName', title: title('industryName'), type: 'text', maxLength: 80 },
  { name: 'registeredAddress', title: title('registeredAddress'), type: 'text', maxLength: 200 },
  { name: 'businessAddress', title: title('businessAddress'), type: 'text', maxLength: 200 },
  { name: 'taxAddress', title: title('taxAddress'), type: 'text', maxLength: 200 },
  { name: 'buildingCode', title: title('buildingCode'), type: 'text', maxLength: 40 },
  { name: 'staff', title: title('staff'), type: 'integer', minimum: 0 },
  { name: 'foreignInvested', title: title('foreignInvested'), type: 'boolean' },
  { name: 'taxRating', title: title('taxRating'), type: 'code', codes: { A: [], B: [], C: [], D: [], M: [] } },
];
