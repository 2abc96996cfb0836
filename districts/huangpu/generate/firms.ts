/** Invented enterprises and self-employed persons at real building addresses of the generated district. */
import type { Building } from './buildings.ts';
import { creditCode, mobileNumber, registrationNumber } from './identifiers.ts';
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
  statusOn: string;
  /** 工商注册号 of before 2015; empty for younger ones. */
  registrationNo: string;
  phone: string;
  /** 万元. */
  registeredCapital: number;
  industryCode: string;
  industryName: string;
  registered: Place;
  business: Place;
  /** Undefined where the firm is taxed outside the district. */
  tax: Place | undefined;
  /** Where those who walk the towers have met it; undefined for one that they have not met. */
  seen: Place | undefined;
  /** 万元 a year: stays in the truth, files hold bands. */
  revenue: number;
  assets: number;
  holders: Holder[];
  /** Number of its ownership group, or -1. */
  group: number;
  staff: number;
  foreignInvested: boolean;
  taxRating: string;
  /** Which of the three authorities disagree on purpose (户管比对). */
  discrepancy:
    | ''
    | 'not-taxed'
    | 'not-registered'
    | 'taxed-elsewhere'
    | 'cancelled-still-taxed'
    | 'foreign-filing-missing'
    | 'not-registered-here';
}
/** Who holds a share of a firm, or a seat in it. */
export interface Holder {
  role: 'shareholder' | 'director';
  /** Credit code of a firm; a number of the register for a person. */
  firm?: string;
  person?: string;
  name: string;
  percent?: number;
  appointedBy?: string;
  nominee?: boolean;
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
  /** Ownership groups 集团, each of 3 to 12 firms that hold shares of each other. */
  groups: number;
  /** Firms on one room 集中登记地. */
  crowded: number;
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
  // New facts draw from streams of their own, so that they do not move the old ones.
  const facts = random.fork('facts');
  const owners = random.fork('owners');
  const groupOf = planGroups({ groups: options.groups, firms: options.firms, random: owners });
  const crowdedHouse = offices.find(({ road }) => road === '西藏南路') ?? (offices[0] as Building);
  const towers = xintiandi(offices);
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
    /** Registered in Huaihai Road, taxed elsewhere, trading from a tower in Xintiandi. */
    const scenario = i === 1;
    const representative = demo
      ? options.demo.representative
      : random.chance(0.45)
        ? random.pick(options.adults)
        : { pid: '', name: surname(random) + givenName({ random, year: 1975, sex: '1' }) };
    const drawn = place();
    const crowded = i > 1 && i < 2 + options.crowded;
    const registered = demo
      ? { building: options.demo.building, address: roomAddress(options.demo.building, '1203') }
      : scenario
        ? { building: options.demo.building, address: roomAddress(options.demo.building, '0806') }
        : crowded
          ? { building: crowdedHouse, address: roomAddress(crowdedHouse, '101') }
          : drawn;
    const trade = tradeName(random);
    let name = self
      ? `上海市黄浦区${trade}${word}${random.pick(['店', '商行', '工作室'])}`
      : `上海${trade}${word}${random.chance(0.06) ? '股份有限公司' : '有限公司'}`;
    if (demo) name = '上海思南源汇文化传播有限公司';
    if (scenario) name = '上海石库门里企业管理咨询有限公司';
    const seen = names.get(name) ?? 0;
    names.set(name, seen + 1);
    // A second firm of the same name may not be registered: give it its street, as the register would ask for.
    if (seen > 0)
      name = name.replace(
        /^上海(市黄浦区)?/,
        (head) => `${head}${trade.slice(0, 1)}${seen + 1 > 9 ? seen + 1 : '一二三四五六七八九'[seen]}`,
      );
    const status = demo || scenario ? '存续' : random.pick(STATUS);
    const wrong = !demo && !scenario && random.chance(options.discrepancyRate);
    const lives = status === '存续' || status === '经营异常';
    const tower = facts.pick(towers);
    const possible: Firm['discrepancy'][] =
      status === '注销'
        ? ['cancelled-still-taxed']
        : !lives
          ? ['taxed-elsewhere']
          : self
            ? ['not-taxed', 'not-registered']
            : foreign
              ? ['foreign-filing-missing', 'foreign-filing-missing', 'not-taxed', 'taxed-elsewhere']
              : ['not-taxed', 'taxed-elsewhere', 'not-registered', 'not-registered-here'];
    const discrepancy: Firm['discrepancy'] = scenario ? 'not-registered-here' : wrong ? random.pick(possible) : '';
    const business = !demo && !scenario && random.chance(0.3) ? place() : registered;
    const foundedOn = daysBefore(asOf, random.int(90, 11000));
    const staff = self ? random.int(1, 8) : Math.ceil(random.next() ** 3 * 400);
    const elsewhere = discrepancy === 'taxed-elsewhere' || scenario;
    const trading =
      discrepancy === 'not-registered-here'
        ? {
            building: tower,
            address: roomAddress(
              tower,
              `${facts.int(2, Math.max(2, tower.floors))}${String(facts.int(1, 24)).padStart(2, '0')}`,
            ),
          }
        : undefined;
    const met = lives && !self && discrepancy !== 'not-registered' && facts.chance(0.25);
    const uscc = creditCode({ kind: self ? 2 : 1, index: i + 1 });
    yield {
      uscc,
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
      foundedOn,
      statusOn: lives && status === '存续' ? foundedOn : daysBefore(asOf, facts.int(1, 80)),
      registrationNo: foundedOn < '2015-10-01' ? registrationNumber(i + 1) : '',
      phone: mobileNumber(facts),
      registeredCapital: self ? random.int(1, 20) : random.pick([10, 50, 100, 100, 200, 500, 1000, 3000, 10000]),
      industryCode,
      industryName,
      registered,
      business,
      tax: discrepancy === 'not-taxed' || elsewhere ? undefined : random.chance(0.9) ? registered : business,
      staff,
      seen: trading ?? (met ? business : undefined),
      revenue: Math.ceil(staff * (5 + facts.next() ** 4 * 600)),
      assets: Math.ceil(staff * (3 + facts.next() ** 4 * 900)),
      holders: self
        ? []
        : holdersOf({
            random: owners,
            index: i,
            representative: { name: representative.name, person: `ZR${String(i + 1).padStart(7, '0')}` },
            group: groupOf.get(i),
          }),
      group: groupOf.get(i)?.number ?? -1,
      foreignInvested: foreign,
      taxRating: random.pick(['A', 'A', 'B', 'B', 'B', 'M', 'C', 'D']),
      discrepancy,
    };
  }
}

/** Offices in the quarter of Xintiandi 新天地: its roads, else any of the street. */
function xintiandi(offices: readonly Building[]): Building[] {
  const street = offices.filter(({ street: code }) => code === '310101022');
  const near = street.filter(({ road, floors }) => XINTIANDI.includes(road) && floors > 3);
  return near.length > 0 ? near : street.length > 0 ? street : [...offices];
}
const XINTIANDI = ['马当路', '太仓路', '湖滨路', '黄陂南路', '兴业路', '自忠路', '济南路', '顺昌路', '复兴中路'];

type GroupPlace = { number: number; first: number; size: number; at: number; loop: 'none' | 'part' | 'closed' };

/** Which firms belong to which group: runs of neighbours, so that a firm can be written before the next one is made. */
function planGroups({
  groups,
  firms,
  random,
}: {
  groups: number;
  firms: number;
  random: Random;
}): Map<number, GroupPlace> {
  const plan = new Map<number, GroupPlace>();
  let next = 2;
  for (let number = 0; number < groups; number++) {
    const size = random.int(3, 12);
    // Half of the groups have a loop; one of twenty is a closed one in which nobody stands behind.
    const draw = random.next();
    const loop = draw < 0.05 ? 'closed' : draw < 0.5 ? 'part' : 'none';
    if (next + size > firms) break;
    for (let at = 0; at < size; at++) plan.set(next + at, { number, first: next, size, at, loop });
    next += size + random.int(0, 4);
  }
  return plan;
}

/** Shareholders and directors of one firm. Sums are 100 but for one in fifty, where the register has lost one. */
function holdersOf(options: {
  random: Random;
  index: number;
  representative: { name: string; person: string };
  group: GroupPlace | undefined;
}): Holder[] {
  const { random, index, representative, group } = options;
  const code = (at: number): string => creditCode({ kind: 1, index: at + 1 });
  const holders: Holder[] = [];
  let left = 100;
  const give = (percent: number, holder: Omit<Holder, 'role' | 'percent'>): void => {
    if (percent <= 0) return;
    holders.push({ role: 'shareholder', percent: Math.round(percent * 100) / 100, ...holder });
    left = Math.round((left - percent) * 100) / 100;
  };
  if (group !== undefined) {
    const { first, size, at, loop } = group;
    if (loop === 'closed' && at < 2) give(100, { firm: code(first + 1 - at), name: '' });
    else if (at > 0) {
      const parent = first + random.int(0, at - 1);
      give(random.int(20, 90), { firm: code(parent), name: '' });
      if (at > 2 && random.chance(0.3)) {
        const other = first + random.int(0, at - 1);
        if (other !== parent) give(random.int(1, left), { firm: code(other), name: '' });
      }
    } else if (loop === 'part') give(random.int(5, 35), { firm: code(first + size - 1), name: '' });
  }
  if (left > 0) {
    const others = random.int(0, 2);
    const lost = random.chance(0.02);
    for (let k = 0; k < others && left > 10; k++) {
      const name = surname(random) + givenName({ random, year: 1975, sex: random.chance(0.5) ? '1' : '2' });
      give(random.int(5, Math.floor(left / 2)), {
        person: `ZR${String(index + 1).padStart(7, '0')}${k + 1}`,
        name,
        ...(random.chance(0.01) ? { nominee: true } : {}),
      });
    }
    give(lost ? left / 2 : left, { person: representative.person, name: representative.name });
  }
  const seats = random.pick([1, 1, 3, 3, 5]);
  const shareholders = holders.slice();
  for (let k = 0; k < seats; k++) {
    const by = shareholders[k % shareholders.length];
    holders.push({
      role: 'director',
      person: k === 0 ? representative.person : `ZR${String(index + 1).padStart(7, '0')}9${k}`,
      name: k === 0 ? representative.name : surname(random) + givenName({ random, year: 1975, sex: '1' }),
      ...(by === undefined ? {} : { appointedBy: by.firm ?? by.person ?? '' }),
    });
  }
  return holders;
}
