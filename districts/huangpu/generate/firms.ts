/** Invented enterprises and self-employed persons at real building addresses of the generated district. */
import type { Building } from './buildings.ts';
import { creditCode } from './identifiers.ts';
import { surname, givenName, tradeName } from './names.ts';
import { roomAddress } from './homes.ts';
import { daysBefore } from './people.ts';
import type { Random } from './random.ts';

/** The truth about one invented market entity 市场主体. */
export interface Firm {
  uscc: string;
  name: string;
  kind: '有限责任公司' | '股份有限公司' | '外商投资企业' | '合伙企业' | '个体工商户';
  status: '存续' | '吊销' | '注销' | '经营异常';
  legalRepresentative: string;
  representativePid: string;
  foundedOn: string;
  /** 万元. */
  registeredCapital: number;
  industryCode: string;
  industryName: string;
  registered: Place;
  business: Place;
  /** Undefined where the firm is taxed outside the district. */
  tax: Place | undefined;
  staff: number;
  foreignInvested: boolean;
  taxRating: string;
  /** Which of the three authorities disagree on purpose (户管比对). */
  discrepancy: '' | 'not-taxed' | 'taxed-elsewhere' | 'cancelled-still-taxed' | 'foreign-filing-missing';
}
export interface Place {
  building: Building;
  address: string;
}

const TRADES: [code: string, name: string, word: string, weight: number][] = [
  ['F5132', '服装批发', '服饰', 9],
  ['F5232', '服装零售', '服饰', 10],
  ['H6210', '正餐服务', '餐饮管理', 12],
  ['H6220', '快餐服务', '餐饮', 7],
  ['L7239', '其他专业咨询', '企业管理咨询', 16],
  ['I6510', '软件开发', '软件', 9],
  ['I6520', '信息系统集成服务', '信息科技', 9],
  ['L7240', '广告业', '文化传播', 9],
  ['K7020', '物业管理', '物业管理', 4],
  ['J6790', '其他资本市场服务', '投资管理', 6],
  ['F5245', '珠宝首饰零售', '珠宝', 5],
  ['G5821', '货物运输代理', '国际货运代理', 4],
  ['L7271', '旅行社服务', '国际旅行社', 3],
  ['O7940', '理发及美容服务', '美容美发', 5],
  ['M7450', '质检技术服务', '检测技术', 2],
  ['E5010', '建筑装饰业', '建筑装饰工程', 5],
];
const STATUS: Firm['status'][] = [
  '存续',
  '存续',
  '存续',
  '存续',
  '存续',
  '存续',
  '存续',
  '存续',
  '存续',
  '注销',
  '吊销',
  '经营异常',
];

export interface FirmOptions {
  buildings: readonly Building[];
  firms: number;
  selfEmployed: number;
  foreignInvested: number;
  /** Adults who may be legal representatives. */
  adults: readonly { pid: string; name: string }[];
  asOf: string;
  discrepancyRate: number;
  random: Random;
  demo: { building: Building; representative: { pid: string; name: string } };
}

/** Yields the demo enterprise first, then the rest; foreign-invested ones are spread evenly and met exactly. */
export function* makeFirms(options: FirmOptions): Generator<Firm> {
  const { random, asOf } = options;
  const offices = options.buildings.filter((building) => building.use === '办公' || building.use === '商业');
  const trades = TRADES.flatMap((trade) => Array.from({ length: trade[3] }, () => trade));
  const total = options.firms + options.selfEmployed;
  const names = new Map<string, number>();
  for (let i = 0; i < total; i++) {
    const self = i >= options.firms;
    const foreign =
      !self &&
      Math.floor(((i + 1) * options.foreignInvested) / options.firms) >
        Math.floor((i * options.foreignInvested) / options.firms);
    const [industryCode, industryName, word] = random.pick(trades);
    const place = (): Place => {
      const building = random.pick(offices);
      return {
        building,
        address: roomAddress(
          building,
          `${random.int(1, building.floors)}${String(random.int(1, 24)).padStart(2, '0')}`,
        ),
      };
    };
    const demo = i === 0;
    const representative = demo
      ? options.demo.representative
      : random.chance(0.45)
        ? random.pick(options.adults)
        : { pid: '', name: surname(random) + givenName({ random, year: 1975, sex: '1' }) };
    const registered = demo
      ? { building: options.demo.building, address: roomAddress(options.demo.building, '1203') }
      : place();
    const trade = tradeName(random);
    let name = self
      ? `上海市黄浦区${trade}${word}${random.pick(['店', '商行', '工作室'])}`
      : `上海${trade}${word}${random.chance(0.06) ? '股份有限公司' : '有限公司'}`;
    if (demo) name = '上海思南源汇文化传播有限公司';
    const seen = names.get(name) ?? 0;
    names.set(name, seen + 1);
    // A second firm of the same name may not be registered: give it its street, as the register would ask for.
    if (seen > 0)
      name = name.replace(
        /^上海(市黄浦区)?/,
        (head) => `${head}${trade.slice(0, 1)}${seen + 1 > 9 ? seen + 1 : '一二三四五六七八九'[seen]}`,
      );
    const status = demo ? '存续' : random.pick(STATUS);
    const wrong = !demo && random.chance(options.discrepancyRate);
    const discrepancy: Firm['discrepancy'] = !wrong
      ? ''
      : foreign && random.chance(0.5)
        ? 'foreign-filing-missing'
        : status === '注销'
          ? 'cancelled-still-taxed'
          : random.chance(0.5)
            ? 'not-taxed'
            : 'taxed-elsewhere';
    const business = !demo && random.chance(0.3) ? place() : registered;
    yield {
      uscc: creditCode({ kind: self ? 2 : 1, index: i + 1 }),
      name,
      kind: self
        ? '个体工商户'
        : foreign
          ? '外商投资企业'
          : name.endsWith('股份有限公司')
            ? '股份有限公司'
            : '有限责任公司',
      status,
      legalRepresentative: representative.name,
      representativePid: representative.pid,
      foundedOn: daysBefore(asOf, random.int(90, 11000)),
      registeredCapital: self ? random.int(1, 20) : random.pick([10, 50, 100, 100, 200, 500, 1000, 3000, 10000]),
      industryCode,
      industryName,
      registered,
      business,
      tax:
        discrepancy === 'not-taxed' || discrepancy === 'taxed-elsewhere'
          ? undefined
          : random.chance(0.9)
            ? registered
            : business,
      staff: self ? random.int(1, 8) : Math.ceil(random.next() ** 3 * 400),
      foreignInvested: foreign,
      taxRating: random.pick(['A', 'A', 'B', 'B', 'B', 'M', 'C', 'D']),
      discrepancy,
    };
  }
}
