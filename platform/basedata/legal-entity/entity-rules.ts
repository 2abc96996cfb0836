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

/** Who registers what (登记管理部门): firms, social organisations, public institutions. */
export const REGISTRARS = ['market-supervision', 'civil-affairs', 'staffing'] as const;
const REGISTER = [...REGISTRARS, 'tax', 'commerce'] as const;
const TAX = ['tax', ...REGISTRARS, 'commerce'] as const;
/** Who goes into the towers and sees who trades there (楼宇走访). */
const SEEN = ['investment'] as const;

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
  {
    name: 'registrationNo',
    column: 'registration_no',
    title: { zh: '工商注册号', en: 'Registration number of before 2015' },
    group: 'registration',
    level: 'L1',
    units: REGISTRARS,
  },
  {
    name: 'statusOn',
    column: 'status_on',
    title: { zh: '状态日期', en: 'Status since' },
    group: 'registration',
    level: 'L1',
    units: REGISTRARS,
  },
  {
    name: 'registrarArea',
    column: 'registrar_area',
    title: { zh: '登记机关区划', en: 'Area of the registering authority' },
    group: 'registration',
    level: 'L1',
    units: REGISTRARS,
  },
  {
    name: 'phone',
    column: 'phone',
    title: { zh: '联系电话', en: 'Telephone' },
    group: 'registration',
    level: 'L2',
    units: REGISTER,
  },
  {
    name: 'premisesAddress',
    column: 'premises_address',
    title: { zh: '备案经营场所', en: 'Filed place of business' },
    group: 'place',
    level: 'L2',
    units: REGISTRARS,
  },
  {
    name: 'tradingAddress',
    column: 'trading_address',
    title: { zh: '走访所见经营地址', en: 'Seen trading at' },
    group: 'place',
    level: 'L2',
    units: SEEN,
  },
  {
    name: 'taxOffice',
    column: 'tax_office',
    title: { zh: '主管税务机关区划', en: 'Area of the tax office' },
    group: 'business',
    level: 'L2',
    units: ['tax'],
  },
  {
    name: 'taxState',
    column: 'tax_state',
    title: { zh: '纳税人状态', en: 'Status as a taxpayer' },
    group: 'business',
    level: 'L2',
    units: ['tax'],
  },
  {
    name: 'foreignFiling',
    column: 'foreign_filing',
    title: { zh: '外商投资信息报告编号', en: 'Foreign-investment report number' },
    group: 'business',
    level: 'L2',
    units: ['commerce'],
  },
  {
    name: 'tradeRight',
    column: 'trade_right',
    title: { zh: '进出口经营权', en: 'Import and export right' },
    group: 'business',
    level: 'L2',
    units: ['commerce'],
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
  derived: ['committee_code', 'life_state', 'life_on', 'size_class', 'registers'],
};

const title = (name: string): Text => ENTITY_ATTRIBUTES.find((a) => a.name === name)?.title ?? { zh: name, en: name };

/** What a row about an enterprise must look like. Tax files hold no amounts: none is a field (S5, tax secrecy). */
export const ENTITY_FIELDS: readonly FieldDeclaration[] = [
  {
    name: 'uscc',
    title: { zh: '统一社会信用代码', en: 'Unified social credit code' },
    // One whose check character is wrong is kept as text and names nobody: the claim is linked by what else it says (`claim-identity.ts`).
    type: 'text',
    maxLength: 60,
  },
  { name: 'registrationNo', title: title('registrationNo'), type: 'text', maxLength: 40 },
  { name: 'name', title: title('name'), type: 'text', maxLength: 120 },
  { name: 'kind', title: title('kind'), type: 'text', maxLength: 60 },
  { name: 'status', title: title('status'), type: 'text', maxLength: 20 },
  { name: 'legalRepresentative', title: title('legalRepresentative'), type: 'text', maxLength: 60, sensitive: true },
  { name: 'statusOn', title: title('statusOn'), type: 'date', notAfterToday: true, lenient: true },
  { name: 'registrarArea', title: title('registrarArea'), type: 'text', pattern: '^[0-9]{6}$' },
  { name: 'phone', title: title('phone'), type: 'text', maxLength: 40, sensitive: true },
  { name: 'foundedOn', title: title('foundedOn'), type: 'date', notAfterToday: true, lenient: true },
  { name: 'registeredCapital', title: title('registeredCapital'), type: 'decimal', minimum: 0 },
  { name: 'industryCode', title: title('industryCode'), type: 'text', maxLength: 10 },
  { name: 'industryName', title: title('industryName'), type: 'text', maxLength: 80 },
  { name: 'registeredAddress', title: title('registeredAddress'), type: 'text', maxLength: 200 },
  { name: 'businessAddress', title: title('businessAddress'), type: 'text', maxLength: 200 },
  { name: 'taxAddress', title: title('taxAddress'), type: 'text', maxLength: 200 },
  { name: 'premisesAddress', title: title('premisesAddress'), type: 'text', maxLength: 200 },
  { name: 'tradingAddress', title: title('tradingAddress'), type: 'text', maxLength: 200 },
  { name: 'buildingCode', title: title('buildingCode'), type: 'text', maxLength: 40 },
  { name: 'staff', title: title('staff'), type: 'integer', minimum: 0 },
  { name: 'foreignInvested', title: title('foreignInvested'), type: 'boolean' },
  { name: 'taxOffice', title: title('taxOffice'), type: 'text', pattern: '^[0-9]{6}$' },
  { name: 'taxState', title: title('taxState'), type: 'text', maxLength: 20 },
  { name: 'foreignFiling', title: title('foreignFiling'), type: 'text', maxLength: 40 },
  { name: 'tradeRight', title: title('tradeRight'), type: 'boolean' },
  { name: 'taxRating', title: title('taxRating'), type: 'code', codes: { A: [], B: [], C: [], D: [], M: [] } },
];
