import type { Text } from '#platform/kernel/text.ts';

/** A code of a dimension (代码). */
export type Code = { code: string; parent?: string; title: Text };

const code = (id: string, zh: string, en: string, parent?: string): Code => ({ code: id, title: { zh, en }, parent });

/** Code lists of the dimensions, by SDMX id. Names follow the cross-domain lists where there is one. */
export const CODE_LISTS: Readonly<Record<string, { title: Text; codes: readonly Code[] }>> = {
  CL_FREQ: {
    title: { zh: '频率', en: 'Frequency' },
    codes: [code('A', '年', 'Annual'), code('Q', '季', 'Quarterly'), code('M', '月', 'Monthly')],
  },
  /** GB/T 4754-2017 sections; `_T` is the total. */
  CL_INDUSTRY: {
    title: { zh: '行业（GB/T 4754—2017 门类）', en: 'Industry (GB/T 4754-2017 sections)' },
    codes: [
      code('_T', '全部行业', 'All industries'),
      code('C', '制造业', 'Manufacturing', '_T'),
      code('D', '电力、热力、燃气及水生产和供应业', 'Electricity, heat, gas and water', '_T'),
      code('E', '建筑业', 'Construction', '_T'),
      code('F', '批发和零售业', 'Wholesale and retail trade', '_T'),
      code('G', '交通运输、仓储和邮政业', 'Transport, storage and post', '_T'),
      code('H', '住宿和餐饮业', 'Accommodation and catering', '_T'),
      code('I', '信息传输、软件和信息技术服务业', 'Information and software', '_T'),
      code('J', '金融业', 'Finance', '_T'),
      code('K', '房地产业', 'Real estate', '_T'),
      code('L', '租赁和商务服务业', 'Leasing and business services', '_T'),
      code('M', '科学研究和技术服务业', 'Research and technical services', '_T'),
      code('N', '水利、环境和公共设施管理业', 'Water, environment and public facilities', '_T'),
      code('O', '居民服务、修理和其他服务业', 'Resident services and repair', '_T'),
      code('P', '教育', 'Education', '_T'),
      code('Q', '卫生和社会工作', 'Health and social work', '_T'),
      code('R', '文化、体育和娱乐业', 'Culture, sports and entertainment', '_T'),
    ],
  },
  CL_OWNERSHIP: {
    title: { zh: '登记注册类型', en: 'Ownership' },
    codes: [
      code('_T', '全部', 'All'),
      code('STATE', '国有控股', 'State-controlled', '_T'),
      code('PRIVATE', '民营', 'Private', '_T'),
      code('FOREIGN', '外商及港澳台投资', 'Foreign and Hong Kong, Macao, Taiwan', '_T'),
    ],
  },
  CL_PRICE_BASE: {
    title: { zh: '价格基准', en: 'Price base' },
    codes: [
      code('V', '现价', 'Current prices'),
      code('K', '可比价', 'Comparable prices'),
      code('I2010', '2010年=100', '2010 = 100'),
      code('I2015', '2015年=100', '2015 = 100'),
      code('I2020', '2020年=100', '2020 = 100'),
      code('_Z', '不适用', 'Not applicable'),
    ],
  },
  CL_ADJUSTMENT: {
    title: { zh: '季节调整', en: 'Seasonal adjustment' },
    codes: [
      code('N', '未调整', 'Not adjusted'),
      code('S', '季节调整（STL 与春节回归）', 'Seasonally adjusted (STL with Spring Festival regressors)'),
    ],
  },
  CL_ACCUMULATION: {
    title: { zh: '累计方式', en: 'Accumulation' },
    codes: [
      code('YTD', '年初累计', 'From January'),
      code('PER', '当期', 'The period alone'),
      code('END', '期末', 'End of the period'),
    ],
  },
  CL_OBS_STATUS: {
    title: { zh: '数据状态', en: 'Observation status' },
    codes: [
      code('A', '正常', 'Normal'),
      code('E', '估计', 'Estimated'),
      code('P', '初步', 'Provisional'),
      code('M', '缺失或不公布', 'Missing or not published'),
    ],
  },
  CL_UNIT: {
    title: { zh: '计量单位', en: 'Unit of measure' },
    codes: [
      code('CNY_100M', '亿元', '100 million yuan'),
      code('CNY_10K', '万元', '10,000 yuan'),
      code('PCT', '%', 'Per cent'),
      code('IX', '指数', 'Index'),
      code('PS_10K', '万人', '10,000 persons'),
      code('PS', '人', 'Persons'),
      code('FIRM', '户', 'Enterprises'),
      code('KWH_100M', '亿千瓦时', '100 million kWh'),
      code('M2_10K', '万平方米', '10,000 m²'),
    ],
  },
};

/** Order of the dimensions in a key; the area's list comes from the district. */
export const DIMENSIONS = [
  { id: 'FREQ', list: 'CL_FREQ', column: 'freq', title: { zh: '频率', en: 'Frequency' } },
  { id: 'INDICATOR', list: 'CL_INDICATOR', column: 'indicator', title: { zh: '指标', en: 'Indicator' } },
  { id: 'REF_AREA', list: 'CL_AREA', column: 'area', title: { zh: '地区', en: 'Reference area' } },
  { id: 'INDUSTRY', list: 'CL_INDUSTRY', column: 'industry', title: { zh: '行业', en: 'Industry' } },
  { id: 'OWNERSHIP', list: 'CL_OWNERSHIP', column: 'ownership', title: { zh: '登记注册类型', en: 'Ownership' } },
  { id: 'PRICE_BASE', list: 'CL_PRICE_BASE', column: 'price_base', title: { zh: '价格基准', en: 'Price base' } },
  { id: 'ADJUSTMENT', list: 'CL_ADJUSTMENT', column: 'adjustment', title: { zh: '季节调整', en: 'Adjustment' } },
  {
    id: 'ACCUMULATION',
    list: 'CL_ACCUMULATION',
    column: 'accumulation',
    title: { zh: '累计方式', en: 'Accumulation' },
  },
] as const;
export type DimensionId = (typeof DIMENSIONS)[number]['id'];

/** What an amount of a unit is in its basic unit: 万元 and 亿元 are four orders apart, which the unit test knows. */
export const UNIT_FACTORS: Readonly<Record<string, { basic: string; factor: number }>> = {
  CNY_100M: { basic: 'CNY', factor: 1e8 },
  CNY_10K: { basic: 'CNY', factor: 1e4 },
  PCT: { basic: 'PCT', factor: 1 },
  IX: { basic: 'IX', factor: 1 },
  PS_10K: { basic: 'PS', factor: 1e4 },
  PS: { basic: 'PS', factor: 1 },
  FIRM: { basic: 'FIRM', factor: 1 },
  KWH_100M: { basic: 'KWH', factor: 1e8 },
  M2_10K: { basic: 'M2', factor: 1e4 },
};

/** Unit written in a workbook (计量单位) → its code. */
export const UNIT_NAMES: Readonly<Record<string, string>> = {
  亿元: 'CNY_100M',
  万元: 'CNY_10K',
  '%': 'PCT',
  '％': 'PCT',
  百分点: 'PCT',
  万人: 'PS_10K',
  人: 'PS',
  户: 'FIRM',
  家: 'FIRM',
  亿千瓦时: 'KWH_100M',
  万平方米: 'M2_10K',
  指数: 'IX',
};

/** Units in which several amounts add up to another: only these have industry identities. */
export const ADDITIVE = new Set(['CNY_100M', 'CNY_10K', 'PS_10K', 'PS', 'FIRM', 'KWH_100M', 'M2_10K']);
