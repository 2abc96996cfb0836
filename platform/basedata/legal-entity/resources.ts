import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';
import { ENTITY_ATTRIBUTES } from './entity-rules.ts';

/** The catalogue entry of an attribute, from the one list of them. */
function described(name: string) {
  const found = ENTITY_ATTRIBUTES.find((a) => a.name === name);
  if (!found) throw new Error(`no attribute ${name}`);
  return {
    schema: Type.Union([Type.String(), Type.Null()]),
    title: found.title,
    level: found.level,
    column: found.column,
  };
}

/** Enterprises (法人单位), one golden record a credit code. */
export const entities = resource({
  id: 'legal-entity.entity',
  version: 1,
  title: { zh: '法人单位', en: 'Legal entities' },
  summary: {
    zh: '企业、个体工商户与其他组织的登记、地址、经营信息，市场监管、税务、商务三部门汇成一条记录，每项注明来源。',
    en: 'Registration, addresses and business facts of enterprises from three authorities in one record, each value with its source.',
  },
  owner: 'market-supervision',
  sharing: 'conditional',
  opening: 'conditional',
  updates: 'daily',
  retention: { zh: '注销后长期', en: 'permanent after deregistration' },
  table: 'legal_entity.entity',
  key: 'uscc',
  scope: { by: 'area', field: 'committeeCode' },
  fields: {
    uscc: {
      schema: Type.String(),
      title: { zh: '统一社会信用代码', en: 'Unified social credit code' },
      level: 'L1',
      element: 'GB 32100',
      subject: 'entity',
    },
    name: described('name'),
    kind: described('kind'),
    status: described('status'),
    legalRepresentative: described('legalRepresentative'),
    foundedOn: described('foundedOn'),
    registeredCapital: described('registeredCapital'),
    industryCode: described('industryCode'),
    industryName: described('industryName'),
    registeredAddress: described('registeredAddress'),
    businessAddress: described('businessAddress'),
    taxAddress: described('taxAddress'),
    buildingCode: described('buildingCode'),
    staff: described('staff'),
    foreignInvested: described('foreignInvested'),
    taxRating: described('taxRating'),
    registrationNo: described('registrationNo'),
    statusOn: described('statusOn'),
    registrarArea: described('registrarArea'),
    phone: described('phone'),
    premisesAddress: described('premisesAddress'),
    tradingAddress: described('tradingAddress'),
    taxOffice: described('taxOffice'),
    taxState: described('taxState'),
    foreignFiling: described('foreignFiling'),
    tradeRight: described('tradeRight'),
    lifeState: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '生命周期', en: 'Stage of life' },
      level: 'L1',
    },
    lifeOn: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '生命周期起日', en: 'Stage since' },
      level: 'L1',
    },
    sizeClass: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '企业规模', en: 'Size class' },
      level: 'L2',
      element: '国统字〔2017〕213号',
    },
    committeeCode: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '居委代码', en: 'Committee' },
      level: 'L1',
    },
  },
});

const Maybe = Type.Union([Type.String(), Type.Null()]);
const KEPT = { zh: '长期', en: 'permanent' };
const code = (level: 'L1' | 'L2' | 'L3' | 'L4') =>
  ({
    schema: Type.String(),
    title: { zh: '统一社会信用代码', en: 'Unified social credit code' },
    level,
    element: 'GB 32100',
    subject: 'entity',
  }) as const;

/** Where enterprises are (驻地): registered, filed, seen trading, taxed. */
export const presences = resource({
  id: 'legal-entity.presence',
  version: 1,
  title: { zh: '法人驻地', en: 'Places of enterprises' },
  summary: {
    zh: '登记住所、备案经营场所、走访所见经营地、税务地址，落到房屋与房间。',
    en: 'Registered seat, filed premises, place seen trading and tax address, down to building and room.',
  },
  owner: 'market-supervision',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'daily',
  retention: KEPT,
  table: 'legal_entity.presence',
  key: 'uscc',
  scope: { by: 'area', field: 'committeeCode' },
  badge: 'sample',
  fields: {
    uscc: code('L2'),
    kind: { schema: Type.String(), title: { zh: '类别', en: 'Kind' }, level: 'L2' },
    address: { schema: Type.String(), title: { zh: '地址', en: 'Address' }, level: 'L2' },
    buildingCode: { schema: Maybe, title: { zh: '房屋编码', en: 'Building' }, level: 'L2' },
    room: { schema: Maybe, title: { zh: '室', en: 'Room' }, level: 'L2' },
    committeeCode: { schema: Maybe, title: { zh: '居委代码', en: 'Committee' }, level: 'L2' },
  },
});

/** Shareholders and offices (股东与任职). */
export const roles = resource({
  id: 'legal-entity.role',
  version: 1,
  title: { zh: '股东与任职', en: 'Shareholders and offices' },
  summary: {
    zh: '股东及比例、董事及委派方；自然人只有姓名和登记机关的编号，没有身份号码。',
    en: 'Shareholders with percent, directors with who appointed them; of persons a name and the register’s number, no identity number.',
  },
  owner: 'market-supervision',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'daily',
  retention: KEPT,
  table: 'legal_entity.role',
  key: 'uscc',
  badge: 'sample',
  fields: {
    uscc: code('L2'),
    holder: { schema: Type.String(), title: { zh: '持有人标识', en: 'Holder' }, level: 'L2' },
    kind: { schema: Type.String(), title: { zh: '角色', en: 'Role' }, level: 'L2' },
    holderKind: { schema: Type.String(), title: { zh: '持有人类型', en: 'Kind of holder' }, level: 'L2' },
    holderName: { schema: Maybe, title: { zh: '持有人名称', en: 'Name of the holder' }, level: 'L3' },
    percent: { schema: Maybe, title: { zh: '持股比例（%）', en: 'Share, percent' }, level: 'L2' },
    appointedBy: { schema: Maybe, title: { zh: '委派方', en: 'Appointed by' }, level: 'L2' },
  },
});

/** Licences and filings (许可与备案). */
export const licences = resource({
  id: 'legal-entity.licence',
  version: 1,
  title: { zh: '许可与备案', en: 'Licences and filings' },
  summary: { zh: '各发证机关的许可与备案。', en: 'Licences and filings of every issuer.' },
  owner: 'market-supervision',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'daily',
  retention: KEPT,
  table: 'legal_entity.licence',
  key: 'number',
  badge: 'sample',
  fields: {
    number: { schema: Type.String(), title: { zh: '许可证编号', en: 'Number' }, level: 'L1' },
    uscc: code('L1'),
    kind: { schema: Type.String(), title: { zh: '许可类型', en: 'Kind' }, level: 'L1' },
    scope: { schema: Maybe, title: { zh: '许可范围', en: 'Scope' }, level: 'L1' },
    issuer: { schema: Type.String(), title: { zh: '发证机关', en: 'Issued by' }, level: 'L1' },
    validTo: { schema: Maybe, title: { zh: '有效期至', en: 'Valid to' }, level: 'L1' },
  },
});

/** What the tax authority says in bands (纳税档次): never an amount, seen by the tax authority and the enterprise. */
export const taxStandings = resource({
  id: 'legal-entity.tax-standing',
  version: 1,
  title: { zh: '纳税档次', en: 'Tax standing in bands' },
  summary: {
    zh: '营业收入、资产、税收贡献的区间档和是否欠税；没有数额，凭授权编号接收。',
    en: 'Bands of revenue, assets and tax, and whether in arrears; no amount, taken on an authorisation.',
  },
  owner: 'tax',
  sharing: 'none',
  opening: 'closed',
  updates: 'yearly',
  retention: KEPT,
  table: 'legal_entity.tax_standing',
  key: 'uscc',
  badge: 'sample',
  fields: {
    uscc: code('L4'),
    period: { schema: Type.String(), title: { zh: '所属期', en: 'Period' }, level: 'L4' },
    revenueBand: { schema: Maybe, title: { zh: '营业收入档', en: 'Band of revenue' }, level: 'L4' },
    assetsBand: { schema: Maybe, title: { zh: '资产总额档', en: 'Band of assets' }, level: 'L4' },
    taxBand: { schema: Maybe, title: { zh: '税收贡献档', en: 'Band of tax' }, level: 'L4' },
    arrears: {
      schema: Type.Union([Type.Boolean(), Type.Null()]),
      title: { zh: '是否欠税', en: 'In arrears' },
      level: 'L4',
    },
  },
});

/** What registers say differently (户管比对差异), as cases. */
export const findings = resource({
  id: 'legal-entity.finding',
  version: 1,
  title: { zh: '户管比对差异', en: 'Findings of the reconciliation' },
  summary: {
    zh: '市场监管、税务、商务与楼宇走访之间的差异，逐条有责任单位和时限。',
    en: 'What market supervision, tax, commerce and those who walk the towers say differently; each has an owner and a clock.',
  },
  owner: 'market-supervision',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'daily',
  retention: KEPT,
  table: 'legal_entity.finding',
  key: 'id',
  scope: { by: 'area', field: 'committeeCode' },
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '差异编号', en: 'Finding' }, level: 'L2' },
    uscc: code('L2'),
    name: { schema: Maybe, title: { zh: '名称', en: 'Name' }, level: 'L1' },
    kind: { schema: Type.String(), title: { zh: '差异类别', en: 'Kind' }, level: 'L2' },
    ownerUnit: { schema: Type.String(), title: { zh: '责任单位', en: 'Owner' }, level: 'L2' },
    committeeCode: { schema: Maybe, title: { zh: '居委代码', en: 'Committee' }, level: 'L2' },
    buildingCode: { schema: Maybe, title: { zh: '房屋编码', en: 'Building' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
  },
});
