/**
 * The services of the sample district (政务服务事项): 321 items of its units, with situations, materials and forms. Names and kinds are those that
 * districts really have (`service-items.csv`, after the structure of the list of Guang'an in `data/`); limits, fees, depths and use are invented.
 * It says what each item can do from afar; what follows from that (depth, blockers, what to remove first) is reckoned by the platform.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { composeCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { composeBasicItemCode, composeItemCode } from '#platform/kernel/codes/item-code.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { FormField, ItemDefinition, Material, Question } from '#platform/service/item-definition.ts';
import { ITEM_KINDS, type ItemKind } from '#platform/service/item-terms.ts';
import type { CatalogueInUse } from '#platform/service/register-items.ts';
import { district, readOrganisation } from '../district.ts';
import { createRandom, type Random } from './random.ts';
import { planFor, MEASURES } from './service-blockers.ts';
import { BLOCKS, matterOf, papersOf, QUESTIONS, WITH_PREMISES } from './service-forms.ts';

/** What the plan states (baseline.json): items published, fully online, acceptable at every centre (P04), types of certificates. */
export const SERVICE_FIGURES = { items: 321, full: 129, anyCentre: 174, certificateTypes: 200 } as const;
/** Cases a year (P03, assumed). */
const CASES = 60_000;

type Stem = {
  unit: string;
  dept: string;
  zh: string;
  en: string;
  kind: ItemKind;
  for: 'p' | 'e';
  events: string;
  family: string;
  acts: string;
  certificate: string;
  certificateEn: string;
  law: string;
  article: string;
  aliases: string;
};
type Outside = { zh: string; en: string; issuer: string; issuerEn: string; holder: 'p' | 'e' };

/** What an item is asked for with; one that has only one way has none (`-`). */
const ACTS: Record<string, Text> = {
  N: { zh: '新办', en: 'new' },
  C: { zh: '变更', en: 'change' },
  R: { zh: '延续', en: 'renewal' },
  S: { zh: '补证', en: 'replacement' },
  X: { zh: '注销', en: 'cancellation' },
};

export type ServiceSample = CatalogueInUse & {
  /** Cases a year and the share that was online, by item. */
  use: { item: string; cases: number; online: number }[];
};

const csv = <T>(name: string): T[] =>
  parse(readFileSync(join(district.paths.root, name)), { columns: true, skip_empty_lines: true }) as T[];

/** The same catalogue at every run. */
export function generateServices({ seed }: { seed: number }): ServiceSample {
  const random = createRandom(seed).fork('services');
  const stems = csv<Stem>('service-items.csv');
  const names = new Map(readOrganisation().map(({ code, name, nameEn }) => [code, { zh: name, en: nameEn }]));
  const nameOf = (unit: string): Text => names.get(unit) ?? { zh: unit, en: unit };
  const units = [...new Set(stems.map(({ unit }) => unit))].map((unit, at) => ({
    unit,
    creditCode: composeCreditCode({
      kind: '11',
      region: '310199',
      organisation: String(1_000_000 + at).padStart(8, '0'),
    }),
  }));
  const creditOf = new Map(units.map(({ unit, creditCode }) => [unit, creditCode]));
  const types = certificateTypes({ stems, creditOf, nameOf });
  const typeOf = new Map(types.map(({ code, title }) => [title.zh, code]));

  const drafts = stems.flatMap((stem, at) =>
    [...stem.acts].map((act) => ({ stem, act, main: String(at + 1).padStart(3, '0') })),
  );
  if (drafts.length !== SERVICE_FIGURES.items) throw new Error(`${drafts.length} items, not ${SERVICE_FIGURES.items}`);
  // Services for people, and those that end without a paper, went online first; the restaurant's were joined first of all.
  const joined = new Set(BUNDLES.find(({ id }) => id === 'restaurant')?.items);
  const order = ranked(drafts.length, random.fork('online'), (at) => {
    const { stem, act } = drafts[at] as (typeof drafts)[number];
    return (
      (joined.has(titleOf(stem, act).zh) ? 5 : 0) +
      (stem.kind === 'public-service' ? 0.5 : 0) +
      (stem.for === 'p' ? 0.2 : 0) +
      (act === 'X' || act === 'R' ? 0.3 : 0)
    );
  });
  const full = new Set(order.slice(0, SERVICE_FIGURES.full));
  const centres = new Set(
    ranked(drafts.length, random.fork('centres'), (at) => (drafts[at]?.stem.for === 'p' ? 2 : 0)).slice(
      0,
      SERVICE_FIGURES.anyCentre,
    ),
  );

  const basics: CatalogueInUse['basics'] = [];
  const items = drafts.map(({ stem, act, main }, at) => {
    const title = titleOf(stem, act);
    const basic = composeBasicItemCode({
      province: '31',
      kind: ITEM_KINDS[stem.kind].code,
      department: stem.dept,
      main,
      sub: act === '-' ? '000' : String([...stem.acts].indexOf(act) + 1).padStart(3, '0'),
    });
    basics.push({ code: basic, title });
    const code = composeItemCode({ creditCode: creditOf.get(stem.unit) ?? '', level: '4', basic });
    const definition = define({
      stem,
      act,
      title,
      unit: nameOf(stem.unit),
      typeOf,
      online: full.has(at),
      anyCentre: centres.has(at),
      random: random.fork(code),
    });
    return { code, unit: stem.unit, basic, definition };
  });
  const weights = items.map((_, at) => 1 / (order.indexOf(at) + 8));
  const total = weights.reduce((sum, one) => sum + one, 0);
  return {
    units,
    certificateTypes: types,
    basics,
    items,
    measures: MEASURES(nameOf, [...new Set(stems.map(({ unit }) => unit))]),
    plans: items.flatMap(({ code, unit, definition }) =>
      planFor({ code, unit, definition, random: random.fork(`plan ${code}`) }),
    ),
    bundles: bundlesOf(items),
    use: items.map(({ code }, at) => {
      const own = random.fork(`use ${code}`);
      const cases = Math.max(6, Math.round(((weights[at] ?? 0) / total) * CASES * (0.7 + own.next() * 0.6)));
      const { online } = (items[at] as (typeof items)[number]).definition;
      // Some services are online from end to end, and yet people come.
      const share = full.has(at)
        ? own.chance(0.09)
          ? 0.1 + own.next() * 0.35
          : 0.6 + own.next() * 0.38
        : online.submit
          ? own.next() * 0.5
          : 0;
      return { item: code, cases, online: Math.round(cases * share) };
    }),
  };
}

function titleOf(stem: Stem, act: string): Text {
  const label = ACTS[act];
  return label ? { zh: `${stem.zh}（${label.zh}）`, en: `${stem.en} (${label.en})` } : { zh: stem.zh, en: stem.en };
}

/** Places in the order of chance, those with more weight sooner. */
function ranked(length: number, random: Random, weight: (at: number) => number): number[] {
  return Array.from({ length }, (_, at) => ({ at, rank: weight(at) + random.next() }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ at }) => at);
}

/** Types of certificates (GB/T 36904: credit code of who defines it, then a number of three digits). */
function certificateTypes(options: {
  stems: readonly Stem[];
  creditOf: ReadonlyMap<string, string>;
  nameOf: (unit: string) => Text;
}): CatalogueInUse['certificateTypes'] {
  const { stems, creditOf, nameOf } = options;
  const next = new Map<string, number>();
  const coded = (credit: string) => {
    const serial = (next.get(credit) ?? 0) + 1;
    next.set(credit, serial);
    return credit + String(serial).padStart(3, '0');
  };
  const holder = (who: 'p' | 'e') => (who === 'p' ? ('person' as const) : ('entity' as const));
  const outside = csv<Outside>('outside-certificates.csv');
  const issuers = [...new Set(outside.map(({ issuer }) => issuer))];
  const creditOfIssuer = (issuer: string) =>
    composeCreditCode({
      kind: '11',
      region: '310199',
      organisation: String(2_000_000 + issuers.indexOf(issuer)).padStart(8, '0'),
    });
  const types = [
    ...stems
      .filter(({ certificate }) => certificate)
      .map((stem) => ({
        code: coded(creditOf.get(stem.unit) ?? ''),
        title: { zh: stem.certificate, en: stem.certificateEn },
        issuer: stem.unit,
        issuerTitle: nameOf(stem.unit),
        holder: holder(stem.for),
      })),
    ...outside.map((type) => ({
      code: coded(creditOfIssuer(type.issuer)),
      title: { zh: type.zh, en: type.en },
      issuer: null,
      issuerTitle: { zh: type.issuer, en: type.issuerEn },
      holder: holder(type.holder),
    })),
  ];
  if (types.length !== SERVICE_FIGURES.certificateTypes)
    throw new Error(`${types.length} types of certificates, not ${SERVICE_FIGURES.certificateTypes}`);
  return types;
}

type Making = {
  stem: Stem;
  act: string;
  title: Text;
  unit: Text;
  typeOf: ReadonlyMap<string, string>;
  online: boolean;
  anyCentre: boolean;
  random: Random;
};

function define(making: Making): ItemDefinition {
  const { stem, act, title, unit, typeOf, anyCentre, random } = making;
  const law = stem.law === '残疾人保障法' ? '中华人民共和国残疾人保障法' : stem.law;
  const legal = random.pick([5, 7, 10, 15, 20, 20]);
  const certificateType = act === 'X' || !stem.certificate ? undefined : typeOf.get(stem.certificate);
  const charged = !making.online && random.chance(0.08);
  const { questions, materials, fields } = partsOf(making);
  return {
    title,
    aliases: act === 'N' || act === '-' ? stem.aliases.split(' ').filter(Boolean) : [],
    kind: stem.kind,
    audience: [stem.for === 'p' ? 'person' : 'enterprise'],
    events: stem.events.split(' '),
    basis: [{ law: { zh: `《${law}》`, en: law }, article: stem.article || '相关规定' }],
    legalLimit: { amount: legal, unit: 'wd' },
    promisedLimit: {
      amount: making.online && random.chance(0.4) ? 0 : Math.max(1, Math.round(legal * random.pick([0.3, 0.4, 0.5]))),
      unit: 'wd',
    },
    // Registration of enterprises looks at the form of the papers only.
    discretion: stem.kind === 'licence' && stem.family !== 'company',
    ...(stem.family === 'fire' && { notifyAndCommit: { rule: 'service.commitment.verify' } }),
    ...(charged && { fee: feeOf(random.pick([500, 1000, 2000, 8000])) }),
    ...(PAID_ONLINE[title.zh] && { fee: feeOf(PAID_ONLINE[title.zh] ?? 0) }),
    ...(PROCESSES[title.zh] && { process: PROCESSES[title.zh] }),
    ...(certificateType !== undefined && { certificateType }),
    ...whatIsOnline({ ...making, charged, certificate: certificateType !== undefined, materials }),
    anyCentre,
    where: {
      place: {
        zh: `${anyCentre ? '任一社区事务受理服务中心，或' : ''}区行政服务中心${unit.zh}窗口`,
        en: `${anyCentre ? 'Any community centre, or the ' : 'The '}district service centre, window of ${unit.en}`,
      },
      hours: { zh: '工作日 9:00–17:00', en: 'Working days 9:00–17:00' },
      phone: '021-12345',
    },
    questions,
    materials,
    fields,
  };
}

/** An item that is fully online and costs something (样例): fen, paid from the timeline before the certificate is made out. */
const PAID_ONLINE: Readonly<Record<string, number>> = { '户外招牌设置（新办）': 2000 };
/** Items that are handled by a process of their own (`processes/`). */
const PROCESSES: Readonly<Record<string, string>> = { 最低生活保障: 'inspected-case' };

const feeOf = (fen: number): NonNullable<ItemDefinition['fee']> => ({
  amount: String(fen),
  basis: { zh: '行政事业性收费目录（样例）', en: 'List of charges (sample)' },
});

/** What can be done from afar. Items that are not fully online have one to three obstacles. */
function whatIsOnline(
  making: Making & { charged: boolean; certificate: boolean; materials: Material[] },
): Pick<ItemDefinition, 'online' | 'visits' | 'system'> {
  const { online, charged, certificate, materials, random, stem } = making;
  const all = {
    download: true,
    submit: true,
    signature: true,
    materials: true,
    payment: true,
    certificate,
    post: certificate,
  };
  if (online) return { online: all, visits: 0 };
  const uploads = materials.filter(({ source }) => source === 'upload');
  const wanted = random.pick([1, 1, 1, 2, 2, 3]);
  const kinds = random.shuffle(['paper', 'paper', 'signature', 'visit', 'visit', 'system']).slice(0, wanted);
  const paper = kinds.includes('paper') && uploads.length > 0;
  const first = uploads[0];
  if (paper && first) first.original = true;
  const system = kinds.includes('system');
  const visit = kinds.includes('visit');
  // Something has to stand in the way.
  const signature = !kinds.includes('signature') && (paper || system || visit || charged);
  return {
    online: {
      ...all,
      download: !system || random.chance(0.8),
      submit: !system,
      signature,
      materials: !(paper && random.chance(0.5)),
      payment: false,
      post: random.chance(0.6),
      certificate: certificate && !visit,
    },
    visits: visit ? random.int(1, 2) : 0,
    ...(system && { system: systemOf(stem.unit) }),
  };
}

/** Vertical systems (条线系统) of the state and the city, by trade. */
function systemOf(unit: string): Text {
  if (unit === 'public-security') return { zh: '公安部门业务系统', en: 'Police system' };
  if (unit === 'tax') return { zh: '税务部门业务系统', en: 'Tax system' };
  if (['human-resources', 'social-insurance', 'medical-security'].includes(unit))
    return { zh: '人社医保业务系统', en: 'Labour and insurance system' };
  if (['health', 'education', 'civil-affairs'].includes(unit))
    return { zh: '社会事业条线系统', en: 'Social services system' };
  if (['market-supervision', 'commerce', 'culture-tourism', 'sports', 'emergency'].includes(unit))
    return { zh: '市场监管条线系统', en: 'Market supervision system' };
  return { zh: '工程建设项目审批管理系统', en: 'Construction approval system' };
}

const IDENTITY = '居民身份证';
const LICENCE = '营业执照';
const PROPERTY = '不动产权证书';

/** Guided questions, the materials and the fields that they choose. */
function partsOf({ stem, act, typeOf, random }: Making): Pick<ItemDefinition, 'questions' | 'materials' | 'fields'> {
  const { family } = stem;
  const person = stem.for === 'p';
  const fresh = act === 'N' || act === '-';
  const premises = WITH_PREMISES.has(family) && act !== 'X';
  const paper = stem.certificate !== '' && act !== 'X';
  const questions: Question[] = [
    QUESTIONS.who,
    ...(premises ? [QUESTIONS.tenure] : []),
    ...(family === 'food' && fresh ? [QUESTIONS['food-kind']] : []),
    ...(family === 'fire' ? [QUESTIONS['fire-way']] : []),
    ...(person && ['benefit', 'home', 'pupil', 'card'].includes(family) ? [QUESTIONS.local] : []),
    ...(family === 'birth' ? [QUESTIONS.child] : []),
    ...(paper ? [QUESTIONS.delivery] : []),
  ];
  const asks = (id: string) => questions.some((question) => question.id === id);
  const certificate = (id: string, zh: string, en: string): Material => ({
    id,
    title: { zh, en },
    source: 'certificate',
    required: true,
    certificateType: typeOf.get(zh),
  });
  const upload = (id: string, zh: string, en: string, more: Partial<Material> = {}): Material => ({
    id,
    title: { zh, en },
    source: 'upload',
    required: true,
    ...more,
  });
  const founds = family === 'company' && fresh;
  const materials: Material[] = [
    {
      ...certificate('identity', IDENTITY, 'Identity card'),
      title: {
        zh: person ? '申请人居民身份证' : '法定代表人居民身份证',
        en: person ? 'Identity card of the applicant' : 'Identity card of the representative',
      },
    },
    ...(!person && !founds ? [certificate('licence', LICENCE, 'Business licence')] : []),
    ...(person
      ? [
          {
            id: 'residence',
            title: { zh: '居住地址信息', en: 'Address' },
            source: 'data' as const,
            required: true,
            resource: 'population.resident',
            field: 'address',
          },
        ]
      : []),
    { ...upload('mandate', '授权委托书', 'Mandate'), when: [{ who: ['agent'] }] },
    ...(premises
      ? [
          { ...certificate('property', PROPERTY, 'Real estate certificate'), when: [{ tenure: ['own'] }] },
          { ...upload('lease', '场所租赁合同', 'Lease of the premises'), when: [{ tenure: ['rent'] }] },
          { ...upload('free-use', '无偿使用证明', 'Proof of free use'), when: [{ tenure: ['free'] }] },
        ]
      : []),
    ...papersOf(family).map(({ id, title }, at) =>
      upload(id, title.zh, title.en, {
        required: fresh || at === 0,
        ...(family === 'food' && id === 'facilities' && fresh && { when: [{ 'food-kind': ['hot', 'cold'] }] }),
        ...(family === 'fire' && id === 'decoration-report' && { when: [{ 'fire-way': ['check'] }] }),
      }),
    ),
    ...(family === 'food' && fresh
      ? [
          {
            ...upload('cold-room', '专间或专用操作区说明', 'Description of the cold room'),
            when: [{ 'food-kind': ['cold'] }],
          },
        ]
      : []),
    ...(family === 'fire'
      ? [
          {
            ...upload('commitment', '消防安全告知承诺书', 'Commitment to fire safety'),
            when: [{ 'fire-way': ['commitment'] }],
          },
        ]
      : []),
    ...(asks('local') ? [{ ...certificate('permit', '居住证', 'Residence permit'), when: [{ local: ['no'] }] }] : []),
    ...(asks('child')
      ? [
          {
            ...upload('birth-elsewhere', '出生地医疗机构证明', 'Proof of the hospital'),
            when: [{ child: ['elsewhere'] }],
          },
        ]
      : []),
    ...(!fresh && paper
      ? [
          {
            ...upload('reason', act === 'S' ? '遗失声明' : '情况说明', act === 'S' ? 'Statement of loss' : 'Statement'),
          },
        ]
      : []),
  ];
  const fields: FormField[] = [
    ...(person ? BLOCKS.person : BLOCKS.enterprise.filter(({ element }) => !founds || element !== 'uscc')),
    ...BLOCKS.agent.map((field) => ({ ...field, when: [{ who: ['agent'] }] })),
    ...(premises
      ? BLOCKS.premises.map((field) =>
          field.element.startsWith('lease') ? { ...field, when: [{ tenure: ['rent'] }] } : field,
        )
      : []),
    ...matterOf(family).filter(({ element }) => !premises || !element.startsWith('lease')),
    ...(paper
      ? BLOCKS.delivery.map((field) =>
          field.element === 'delivery-way' ? field : { ...field, when: [{ delivery: ['paper'] }] },
        )
      : []),
  ];
  return { questions, materials, fields: fields.map((field) => habit(field, random)) };
}

/** Units ask for the same in their own ways: one wants an answer that another does not need, or a shorter one. */
function habit(field: FormField, random: Random): FormField {
  const { type, maxLength, required } = field;
  if (!required && random.chance(0.12)) return { ...field, required: true };
  if (type === 'text' && maxLength !== undefined && maxLength > 60 && random.chance(0.15))
    return { ...field, maxLength: Math.round(maxLength * 0.8) };
  return field;
}

/** What people do as one thing (一件事): the titles of the items, and who leads. */
const BUNDLES: {
  id: string;
  title: Text;
  lead: Text;
  unit: string;
  event: string;
  items: string[];
  /** Which waits for which, by title. */
  after?: Record<string, string[]>;
}[] = [
  {
    id: 'restaurant',
    title: { zh: '开餐饮店', en: 'A restaurant opens' },
    lead: { zh: '四个部门五个事项，一张表、一次办。', en: 'Five items of four departments, one form.' },
    unit: 'market-supervision',
    event: 'found',
    items: [
      '公司登记（新办）',
      '食品经营许可（新办）',
      '公众聚集场所投入使用、营业前消防安全检查（新办）',
      '户外招牌设置（新办）',
      '城镇污水排入排水管网许可（新办）',
    ],
    // Whoever sells food is a firm first; the others look at the place.
    after: { '食品经营许可（新办）': ['公司登记（新办）'] },
  },
  {
    id: 'firm',
    title: { zh: '开办企业', en: 'A firm opens' },
    lead: { zh: '执照、社保、用工、税务一次办。', en: 'Licence, insurance, staff and tax at once.' },
    unit: 'market-supervision',
    event: 'found',
    items: ['公司登记（新办）', '用人单位社会保险登记（新办）', '就业登记', '税务登记信息确认', '发票领用'],
  },
  {
    id: 'birth',
    title: { zh: '新生儿出生', en: 'A child is born' },
    lead: {
      zh: '出生证、户口、医保、社保卡、接种证一次办。',
      en: 'Certificate, registration, insurance, card and vaccination at once.',
    },
    unit: 'health',
    event: 'birth',
    items: [
      '出生医学证明（新办）',
      '生育登记',
      '出生登记',
      '城乡居民基本医疗保险参保（新办）',
      '社会保障卡（新办）',
      '预防接种证',
      '生育津贴',
    ],
  },
  {
    id: 'elder',
    title: { zh: '老有所养', en: 'Services for elders' },
    lead: {
      zh: '津贴、居家服务、长护险、适老化一次办。',
      en: 'Allowance, home care, insurance and adaptation at once.',
    },
    unit: 'civil-affairs',
    event: 'retire',
    items: [
      '老年综合津贴（新办）',
      '居家养老服务补贴（新办）',
      '长期护理保险评估申请',
      '老年人居室适老化改造',
      '高龄独居老人紧急呼叫装置',
    ],
  },
  {
    id: 'flat',
    title: { zh: '二手房交易', en: 'A flat is bought and sold' },
    lead: {
      zh: '网签、缴税、过户、抵押、户口一次办。',
      en: 'Contract, tax, transfer, mortgage and registration at once.',
    },
    unit: 'property-registration',
    event: 'home',
    items: ['存量房买卖合同网签备案', '存量房交易纳税申报', '存量房转移登记', '不动产抵押权登记（新办）', '户口迁入'],
  },
  {
    id: 'barrier-free',
    title: { zh: '无障碍改造', en: 'A barrier-free renovation' },
    lead: { zh: '改造、辅具、补贴一次办。', en: 'Renovation, devices and allowances at once.' },
    unit: 'disabled-federation',
    event: 'disability',
    items: ['残疾人家庭无障碍改造', '残疾人辅助器具适配', '困难残疾人生活补贴', '重度残疾人护理补贴'],
  },
];

function bundlesOf(items: CatalogueInUse['items']): CatalogueInUse['bundles'] {
  const codes = new Map(items.map(({ code, definition }) => [definition.title.zh, code]));
  const codeOf = (title: string): string => {
    const code = codes.get(title);
    if (code === undefined) throw new Error(`no item ${title}`);
    return code;
  };
  return BUNDLES.map(({ after = {}, ...bundle }) => ({
    ...bundle,
    items: bundle.items.map(codeOf),
    after: Object.fromEntries(Object.entries(after).map(([title, before]) => [codeOf(title), before.map(codeOf)])),
  }));
}
