/**
 * Invented items of the register (目录项) of the systems that the units run themselves and that are not on this platform. Names are made of
 * a unit's fields of work and usual kinds of records; no real system is described.
 */
import type { Content } from '#platform/catalog/register/content.ts';
import type { ClassEntry } from '#platform/catalog/register/class-codes.ts';
import { readOrganisation, type Unit } from '../district.ts';
import { createRandom, type Random } from './random.ts';

/** What the design states: 202 systems with 1,500 items. */
export const SYSTEMS = 202;
export const ITEMS = 1500;

/** Fields of work (业务领域) of units; the others keep general ones. */
const FIELDS: Record<string, readonly string[]> = {
  'civil-affairs': ['社会救助', '养老服务', '婚姻登记', '社会组织', '区划地名'],
  'public-security': ['户籍管理', '出入境', '治安管理', '养犬登记', '特种行业'],
  'human-resources': ['就业登记', '劳动监察', '技能培训', '人才引进'],
  'medical-security': ['医保参保', '医疗救助', '定点机构'],
  'market-supervision': ['食品许可', '特种设备', '质量抽检', '广告监测', '消费投诉'],
  'ecology-environment': ['排污许可', '空气监测', '水质监测', '危废转移'],
  'construction-transport': ['施工许可', '道路养护', '停车管理', '建筑节能'],
  'culture-tourism': ['文物保护', '旅行社监管', '演出许可', '公共文化'],
  'urban-management': ['市容执法', '户外广告', '违建治理'],
  'state-assets': ['国资监管', '产权登记'],
  'disease-control': ['传染病监测', '预防接种', '病媒监测'],
  education: ['学籍管理', '教师管理', '入学登记', '校车安全'],
  health: ['医疗机构', '妇幼保健', '卫生监督', '家庭医生'],
  housing: ['物业管理', '房屋修缮', '保障住房', '维修资金'],
  planning: ['建设用地', '规划许可', '不动产测绘', '地名地址'],
  emergency: ['安全生产', '危化品', '应急物资', '预案演练'],
  finance: ['预算管理', '国库支付', '政府采购'],
  justice: ['法律援助', '人民调解', '社区矫正', '公证'],
  tax: ['税务登记', '发票管理', '纳税信用'],
  greening: ['绿地养护', '垃圾分类', '古树名木'],
  sports: ['体育场馆', '社会体育指导员'],
  statistics: ['统计调查', '普查'],
  commerce: ['商业网点', '外资备案', '老字号'],
  science: ['科技项目', '高新企业'],
  petitions: ['信访事项'],
  veterans: ['优抚对象', '退役安置'],
  'civil-defence': ['人防工程'],
  library: ['读者借阅', '古籍目录'],
  archives: ['馆藏目录'],
};
const GENERAL = ['行政办公', '督查督办', '人员管理', '资产管理', '项目管理'] as const;
const STREET = ['社区服务', '网格巡查', '志愿服务', '平安建设', '居民走访'] as const;

type Kind = {
  word: string;
  en: string;
  items: readonly (readonly [string, Content['items'][number]['type']])[];
  level: Content['level'];
};
const KINDS: readonly Kind[] = [
  {
    word: '登记信息',
    en: 'registrations',
    level: 'L2',
    items: [
      ['登记编号', 'string'],
      ['登记名称', 'string'],
      ['登记日期', 'date'],
      ['登记状态', 'string'],
      ['经办单位', 'string'],
    ],
  },
  {
    word: '申请办理记录',
    en: 'applications',
    level: 'L3',
    items: [
      ['办件编号', 'string'],
      ['申请人', 'string'],
      ['申请日期', 'date'],
      ['办理环节', 'string'],
      ['办结日期', 'date'],
    ],
  },
  {
    word: '对象名录',
    en: 'persons served',
    level: 'L3',
    items: [
      ['姓名', 'string'],
      ['证件类型', 'string'],
      ['居住街道', 'string'],
      ['纳入日期', 'date'],
    ],
  },
  {
    word: '证照信息',
    en: 'licences',
    level: 'L1',
    items: [
      ['证照编号', 'string'],
      ['持证单位', 'string'],
      ['有效期起', 'date'],
      ['有效期止', 'date'],
      ['发证机关', 'string'],
    ],
  },
  {
    word: '检查记录',
    en: 'inspections',
    level: 'L2',
    items: [
      ['检查编号', 'string'],
      ['检查对象', 'string'],
      ['检查时间', 'datetime'],
      ['检查结果', 'string'],
      ['整改期限', 'date'],
    ],
  },
  {
    word: '设施清单',
    en: 'facilities',
    level: 'L1',
    items: [
      ['设施编号', 'string'],
      ['设施名称', 'string'],
      ['所在位置', 'string'],
      ['启用日期', 'date'],
      ['养护单位', 'string'],
    ],
  },
  {
    word: '统计报表',
    en: 'statistics',
    level: 'L1',
    items: [
      ['统计期', 'string'],
      ['指标名称', 'string'],
      ['指标值', 'number'],
      ['同比', 'number'],
    ],
  },
  {
    word: '资金发放明细',
    en: 'payments',
    level: 'L3',
    items: [
      ['发放批次', 'string'],
      ['领取人', 'string'],
      ['发放金额', 'number'],
      ['发放日期', 'date'],
    ],
  },
  {
    word: '监测数据',
    en: 'measurements',
    level: 'L1',
    items: [
      ['点位编号', 'string'],
      ['监测时间', 'datetime'],
      ['监测项目', 'string'],
      ['监测值', 'number'],
    ],
  },
  {
    word: '投诉举报',
    en: 'complaints',
    level: 'L3',
    items: [
      ['受理编号', 'string'],
      ['诉求类别', 'string'],
      ['受理时间', 'datetime'],
      ['处理结果', 'string'],
    ],
  },
];
const UPDATES = ['daily', 'daily', 'weekly', 'monthly', 'monthly', 'quarterly', 'yearly'] as const;

export type GeneratedEntry = { unit: string; content: Content };

/** The class of a unit's own resources: one 目 a unit under the 项 of its kind. */
export function unitClasses(): (ClassEntry & { unit: string })[] {
  const next = new Map<string, number>();
  return runners().map(({ code: unit, name, nameEn, kind }) => {
    const under = kind === 'party-organ' ? '301' : kind === 'street' ? '304' : kind === 'state-organ' ? '305' : '303';
    const number = (next.get(under) ?? 0) + 1;
    next.set(under, number);
    return {
      unit,
      code: `${under}${String(number).padStart(3, '0')}`,
      title: { zh: `${name}信息资源`, en: `Resources of ${nameEn}` },
    };
  });
}

/** Units that run systems of their own. */
function runners(): Unit[] {
  return readOrganisation().filter(({ kind }) =>
    ['bureau', 'party-organ', 'institution', 'street', 'state-organ'].includes(kind),
  );
}

/** 202 systems and the items that each holds, `items` in all: the same for the same seed. */
export function generateRegister(options: { seed: number; items: number }): GeneratedEntry[] {
  const random = createRandom(options.seed).fork('register');
  const units = runners();
  const classes = new Map(unitClasses().map(({ unit, code }) => [unit, code]));
  const systems = Array.from({ length: SYSTEMS }, (_, at) => {
    const unit = units[at % units.length] as Unit;
    const fields = FIELDS[unit.code] ?? (unit.kind === 'street' ? STREET : GENERAL);
    const round = Math.floor(at / units.length);
    const field = fields[round % fields.length] ?? '';
    const again = Math.floor(round / fields.length);
    return { unit, field, name: `${unit.name}${field}${['', '移动', '协同'][again] ?? again}系统` };
  });
  const taken = new Set<string>();
  const entries: GeneratedEntry[] = [];
  for (let at = 0; entries.length < options.items; at++) {
    const system = systems[at % SYSTEMS];
    const kind = KINDS[(Math.floor(at / SYSTEMS) + (at % SYSTEMS)) % KINDS.length];
    if (!system || !kind) break;
    const title = `${system.field}${kind.word}`;
    const key = `${system.name} ${title}`;
    if (taken.has(key)) continue;
    taken.add(key);
    entries.push({
      unit: system.unit.code,
      content: contentOf({ system, kind, title, class: classes.get(system.unit.code) ?? '303999', random }),
    });
  }
  return entries;
}

function contentOf(options: {
  system: { unit: Unit; field: string; name: string };
  kind: Kind;
  title: string;
  class: string;
  random: Random;
}): Content {
  const { system, kind, title, random } = options;
  const personal = kind.level === 'L3';
  const free = kind.level === 'L1' && random.chance(0.6);
  return {
    title: { zh: title, en: `${system.unit.nameEn}: ${kind.en}` },
    summary: { zh: `${system.name}中的${title}（样例数据，程序生成）。`, en: 'Generated sample, no real system.' },
    class: options.class,
    system: system.name,
    providerCode: '',
    format: random.chance(0.8) ? 'database' : random.pick(['spreadsheet', 'document', 'interface'] as const),
    items: kind.items.map(([name, type]) => ({ name, type })),
    level: kind.level,
    sharing: free ? 'unconditional' : 'conditional',
    sharingCondition: free ? '' : personal ? '依法履职需要，限经办岗位' : '依法履职需要',
    sharingMethod: random.pick(['platform', 'platform', 'interface', 'file'] as const),
    opening: personal ? 'closed' : free ? 'open' : 'conditional',
    openingCondition: personal || free ? '' : '签订开放利用协议',
    updates: random.pick(UPDATES),
    related: [],
  };
}
