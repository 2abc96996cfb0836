import type { Text } from '#platform/kernel/text.ts';

/** Definition of an indicator (指标定义): without one no series can be loaded. */
export type Indicator = {
  code: string;
  parent?: string;
  title: Text;
  definition: Text;
  method: Text;
  unit: string;
  kind: 'flow' | 'stock' | 'rate' | 'index';
  sign: 'any' | 'not-negative';
  decimals: number;
  owner: string;
  level: 'L1' | 'L2';
};

const PUBLISHED: Text = {
  zh: '按公布数保存，不由现价推算。',
  en: 'Kept as published; never computed from current prices.',
};
const REPORT: Text = { zh: '统计报表制度汇总。', en: 'Added up from statistical report forms.' };
const ADMIN: Text = { zh: '部门行政记录汇总。', en: 'Added up from administrative records.' };

const group = (code: string, zh: string, en: string): Indicator => ({
  code,
  title: { zh, en },
  definition: { zh: `${zh}类指标。`, en: `Indicators of ${en.toLowerCase()}.` },
  method: { zh: '分组，没有数值。', en: 'A group without figures.' },
  unit: 'IX',
  kind: 'index',
  sign: 'any',
  decimals: 1,
  owner: 'statistics',
  level: 'L1',
});

const amount = (
  code: string,
  parent: string,
  [zh, en]: readonly [string, string],
  [dzh, den]: readonly [string, string],
  more: Partial<Indicator> = {},
): Indicator => ({
  code,
  parent,
  title: { zh, en },
  definition: { zh: dzh, en: den },
  method: REPORT,
  unit: 'CNY_100M',
  kind: 'flow',
  sign: 'not-negative',
  decimals: 1,
  owner: 'statistics',
  level: 'L1',
  ...more,
});

/** Published growth (公布增速) beside an amount. */
const rate = (of: string, parent: string, zh: string, en: string, owner = 'statistics'): Indicator => ({
  code: `${of}_G`,
  parent,
  title: { zh: `${zh}同比增速`, en: `${en}, growth over the year before` },
  definition: {
    zh: `${zh}比上年同期增长的百分比，可比口径。`,
    en: `Growth of ${en.toLowerCase()} over the same period of the year before, like for like.`,
  },
  method: PUBLISHED,
  unit: 'PCT',
  kind: 'rate',
  sign: 'any',
  decimals: 1,
  owner,
  level: 'L1',
});

/** Indicators of the base database, in the order of the tree. Titles follow the public statistical bulletins. */
export const INDICATORS: readonly Indicator[] = [
  group('NA', '国民经济核算', 'National accounts'),
  amount(
    'GDP',
    'NA',
    ['地区生产总值', 'Gross regional product'],
    [
      '全区所有常住单位的生产活动成果，由市统计局统一核算后反馈。',
      'Result of production of all resident units, from the unified accounting of the city.',
    ],
    {
      method: {
        zh: '市级统一核算，本库只保存不计算。',
        en: 'Unified accounting of the city; stored here, never computed.',
      },
    },
  ),
  rate('GDP', 'NA', '地区生产总值', 'Gross regional product'),
  group('DEMAND', '消费与投资', 'Consumption and investment'),
  amount(
    'RETAIL',
    'DEMAND',
    ['社会消费品零售总额', 'Retail sales of consumer goods'],
    [
      '企业通过交易售给个人、社会集团非生产、非经营用的实物商品金额，以及提供餐饮服务的收入。',
      'Goods sold to persons and institutions not for production, and receipts of catering.',
    ],
  ),
  rate('RETAIL', 'DEMAND', '社会消费品零售总额', 'Retail sales'),
  amount(
    'SALES',
    'DEMAND',
    ['商品销售总额', 'Sales of goods'],
    ['批发和零售业企业对外销售商品的总额。', 'All sales of goods of wholesale and retail enterprises.'],
  ),
  amount(
    'INVEST',
    'DEMAND',
    ['固定资产投资', 'Investment in fixed assets'],
    ['以货币表现的建造和购置固定资产活动的工作量。', 'Building and buying of fixed assets, in money.'],
  ),
  rate('INVEST', 'DEMAND', '固定资产投资', 'Investment in fixed assets'),
  group('PRODUCTION', '生产与服务', 'Production and services'),
  amount(
    'SERVREV',
    'PRODUCTION',
    ['规模以上服务业营业收入', 'Revenue of larger service enterprises'],
    ['规模以上服务业法人单位的营业收入。', 'Revenue of service enterprises above the threshold.'],
  ),
  rate('SERVREV', 'PRODUCTION', '规模以上服务业营业收入', 'Revenue of larger service enterprises'),
  amount(
    'INDOUT',
    'PRODUCTION',
    ['规模以上工业总产值', 'Output of larger industry'],
    ['规模以上工业企业以货币表现的产品总量。', 'Output of industrial enterprises above the threshold, in money.'],
  ),
  amount(
    'ELEC',
    'PRODUCTION',
    ['用电量', 'Electricity used'],
    ['全社会各行业的用电量，供电公司按行业汇总。', 'Electricity used by industries, added up by the grid company.'],
    { unit: 'KWH_100M', decimals: 2, method: ADMIN, owner: 'development-reform', level: 'L2' },
  ),
  group('FISCAL', '财政税收', 'Budget and taxes'),
  amount(
    'BUDGET',
    'FISCAL',
    ['一般公共预算收入', 'General public budget revenue'],
    ['区级一般公共预算收入。', 'Revenue of the general public budget of the district.'],
    { method: ADMIN, owner: 'tax' },
  ),
  amount(
    'TAX',
    'FISCAL',
    ['税收收入', 'Tax revenue'],
    ['税务部门组织的全口径税收收入。', 'All taxes collected by the tax office.'],
    { method: ADMIN, owner: 'tax' },
  ),
  rate('TAX', 'FISCAL', '税收收入', 'Tax revenue', 'tax'),
  group('FINANCE', '金融', 'Finance'),
  amount(
    'LOANS',
    'FINANCE',
    ['金融机构本外币贷款余额', 'Loans outstanding'],
    ['期末辖区金融机构各项贷款余额。', 'Loans of the financial institutions of the district at the end of the period.'],
    { kind: 'stock', method: ADMIN, owner: 'financial-services' },
  ),
  rate('LOANS', 'FINANCE', '贷款余额', 'Loans outstanding', 'financial-services'),
  amount(
    'DEPOSITS',
    'FINANCE',
    ['金融机构本外币存款余额', 'Deposits'],
    ['期末辖区金融机构各项存款余额。', 'Deposits at the end of the period.'],
    { kind: 'stock', method: ADMIN, owner: 'financial-services' },
  ),
  group('OPENNESS', '对外经济', 'External economy'),
  amount(
    'EXPORTS',
    'OPENNESS',
    ['出口总额', 'Exports'],
    ['海关统计的出口总额。', 'Exports as counted by the customs.'],
    { method: ADMIN },
  ),
  amount(
    'IMPORTS',
    'OPENNESS',
    ['进口总额', 'Imports'],
    ['海关统计的进口总额。', 'Imports as counted by the customs.'],
    { method: ADMIN },
  ),
  amount(
    'FDI',
    'OPENNESS',
    ['实到外资', 'Foreign capital paid in'],
    ['实际到位的外商投资金额。', 'Foreign investment actually paid in.'],
    { method: ADMIN, owner: 'commerce' },
  ),
  group('SOCIETY', '就业与收入', 'Employment and income'),
  amount(
    'EMPLOYED',
    'SOCIETY',
    ['从业人员期末人数', 'Persons employed'],
    ['期末在本区单位从业的人员数。', 'Persons employed by units of the district at the end of the period.'],
    { kind: 'stock', unit: 'PS', decimals: 0 },
  ),
  amount(
    'FIRMS_NEW',
    'SOCIETY',
    ['新设企业', 'New enterprises'],
    ['当期新登记的企业户数。', 'Enterprises newly registered.'],
    { unit: 'FIRM', decimals: 0, method: ADMIN, owner: 'market-supervision' },
  ),
  group('PRICES', '价格', 'Prices'),
  amount(
    'CPI',
    'PRICES',
    ['居民消费价格指数', 'Consumer price index'],
    [
      '居民购买生活消费品和服务价格水平变动的指数；基期轮换后另立序列。',
      'Level of the prices that households pay; a new base year is a series of its own.',
    ],
    { unit: 'IX', kind: 'index', method: PUBLISHED },
  ),
  amount(
    'MARKET_PRICE',
    'PRICES',
    ['市场价格指数', 'Market price index'],
    [
      '数据提供商按合同提供的价格指数，与官方指数分列。',
      'Price index of a provider under contract, kept apart from official indices.',
    ],
    {
      unit: 'IX',
      kind: 'index',
      level: 'L2',
      method: { zh: '提供商自有方法，见提供商说明。', en: 'The provider’s own method; see the provider.' },
    },
  ),
];
