/**
 * What departments would say of invented persons: rows with slips of the hand, former names, old addresses, and often without an
 * identity number. Who a row is about stands beside it and is shown to the score only. Written without a look at the engine: it
 * shares no code with it, and its rates are set once, from what such files are like, and never fitted to a result.
 */
import chineseDays from 'chinese-days';
import { Converter } from 'opencc-js/cn2t';
import { parseCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { generateHouseholds, generatePlace } from '#districts/huangpu/generate/place.ts';
import type { Person } from '#districts/huangpu/generate/people.ts';
import { createRandom, type Random } from '#districts/huangpu/generate/random.ts';

/** How often what goes wrong. */
export const RATES = {
  duplicate: 0.01,
  homophone: 0.008,
  lookalike: 0.005,
  dropped: 0.001,
  traditional: 0.012,
  blanks: 0.02,
  formerName: 0.15,
  latin: 0.001,
  swapped: 0.006,
  lunar: 0.006,
  dateSlip: 0.006,
  noDate: 0.015,
  sexWrong: 0.002,
  noSex: 0.03,
  noPhone: 0.15,
  oldPhone: 0.06,
  phoneSlip: 0.008,
  noAddress: 0.04,
  oldAddress: 0.06,
  noRoom: 0.03,
  idSlip: 0.006,
  idOfOther: 0.0005,
} as const;

export type PersonClaim = {
  /** Number of the person whom the row is about: the truth. */
  person: number;
  source: string;
  /** As written, the identity number included. */
  idNumber: string;
  stated: { name: string; birth: string; sex: string; phone: string; home: string; kin: string };
};

export type ClaimSet = {
  claims: PersonClaim[];
  /** Number of each person's twin, −1 = none. */
  twinOf: Int32Array;
  persons: number;
};

const HOMOPHONES =
  '伟玮炜纬 芳方 丽莉俐 静靖婧 敏闽 军君钧均 明铭鸣 华桦骅 建健键 英瑛莹 玲琳铃灵 红宏洪虹鸿 平萍苹 杰洁捷 俊峻骏 浩昊皓 宇雨羽语 欣新鑫馨 ' +
  '涵晗函 怡依宜 佳嘉家 辰晨宸 泽择 轩宣萱 梓子紫 诗思斯 彤桐 悦玥月 志智致 文雯纹 斌彬滨 峰锋丰 娟涓 琴芹勤 珍真贞 荣容蓉 祥翔详 林琳霖 ' +
  '王汪 张章 吴武 朱诸 沈审 徐许 胡湖 蒋奖 唐堂 余俞于 强蔷 兴星 永咏 忠中钟 民旻 国果 金今 宝保 生声升 凤奉 秀绣 美镁 香乡 仙先 巧俏';
const LOOKALIKES =
  '伟炜 丽俪 明朋 林琳 玉王 大太 未末 晴睛 建健 敏繁 洁浩 悦说 欣顾 晓骁 婷停 瑶摇 颖颍 芳芬 英央 秀季 凤风 兰半 桂挂 根银 福副 德得 生牛 祥样 ' +
  '荣菜 富宫 兴兵 发友 龙尤 财材 昌晶 炳柄 松枚 才寸 李季 陈阵 徐除 周同 陆陈 刘列 黄横 顾颀 赵起 杨扬 孙孔 姚桃 唐庸 高亮';
const OTHERS = [...'安博超德恩凡刚海杰凯乐明宁鹏琪瑞思天威贤雅泽'];
const pool = (groups: string): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const group of groups.split(' '))
    for (const c of group) found.set(c, [...(found.get(c) ?? []), ...[...group].filter((other) => other !== c)]);
  return found;
};
const homophones = pool(HOMOPHONES);
const lookalikes = pool(LOOKALIKES);
const traditional = Converter({ from: 'cn', to: 't' });
/** Latin spellings that some sources hold for people with foreign papers. */
const LATIN: Readonly<Record<string, string>> = {
  张: 'ZHANG',
  王: 'WANG',
  陈: 'CHEN',
  伟: 'WEI',
  军: 'JUN',
  敏: 'MIN',
  静: 'JING',
};

type Source = {
  name: string;
  holds(person: Person, random: Random, household: { civil: boolean; visited: boolean }): boolean;
  withId(person: Person): number;
  date: (iso: string, random: Random) => string;
  phone: boolean;
  kin: boolean;
};
const parts = (iso: string): [string, number, number] => [
  iso.slice(0, 4),
  Number(iso.slice(5, 7)),
  Number(iso.slice(8, 10)),
];
const SOURCES: readonly Source[] = [
  {
    name: 'public-security',
    holds: (_, random) => random.chance(0.97),
    withId: () => 0.995,
    date: (iso) => iso,
    phone: false,
    kin: false,
  },
  {
    name: 'human-resources',
    holds: (person, random) => person.age >= 18 && random.chance(0.65),
    withId: () => 0.98,
    date: (iso) => iso.replaceAll('-', '/'),
    phone: true,
    kin: false,
  },
  {
    name: 'health',
    holds: (person, random) => person.age < 7 || random.chance(person.age > 65 ? 0.7 : 0.4),
    withId: (person) => (person.age < 7 ? 0.35 : 0.7),
    date: (iso) => `${parts(iso)[0]}年${parts(iso)[1]}月${parts(iso)[2]}日`,
    phone: true,
    kin: true,
  },
  {
    name: 'education',
    holds: (person, random) => person.school !== '' && random.chance(0.95),
    withId: () => 0.92,
    date: (iso) => iso.replaceAll('-', ''),
    phone: true,
    kin: true,
  },
  {
    name: 'civil-affairs',
    holds: (_, random, { civil }) => civil && random.chance(0.97),
    withId: () => 0.93,
    date: (iso) => iso,
    phone: true,
    kin: false,
  },
  {
    name: 'committee',
    holds: (_, random, { visited }) => visited && random.chance(0.9),
    withId: () => 0,
    date: (iso, random) => (random.chance(0.5) ? `${parts(iso)[0]}.${parts(iso)[1]}.${parts(iso)[2]}` : iso),
    phone: true,
    kin: false,
  },
];

/** Rows about as many invented persons as give `count` rows; the same seed gives the same rows. */
export function personClaims({ count, seed }: { count: number; seed: number }): ClaimSet {
  const random = createRandom(seed).fork('claims');
  const { buildings } = generatePlace({ profile: 'full', seed });
  const claims: PersonClaim[] = [];
  const numbers = new Map<string, number>();
  const twins: [number, string][] = [];
  let otherId = '';
  let otherHome = '';
  for (const household of generateHouseholds({ profile: 'full', seed, buildings })) {
    if (claims.length >= count) break;
    const lived = { civil: random.chance(0.4), visited: random.chance(0.5) };
    const phones = phonesOf(household.members, random);
    household.members.forEach((person, i) => {
      const number = numbers.size;
      numbers.set(person.pid, number);
      if (person.twinOf !== '') {
        twins.push([number, person.twinOf]);
        // No parents give two children one name.
        if (household.members.some((other) => other.pid === person.twinOf && other.name === person.name))
          person.name = person.name.slice(0, -1) + random.pick(OTHERS);
      }
      const write = dirtyRow({ person, phone: phones[i] as string, otherHome, random });
      for (const source of SOURCES) {
        if (!source.holds(person, random, lived)) continue;
        const idNumber = random.chance(RATES.idOfOther)
          ? otherId
          : random.chance(source.withId(person))
            ? idOf(person.idNumber, random)
            : '';
        for (let copy = random.chance(RATES.duplicate) ? 2 : 1; copy > 0; copy -= 1)
          claims.push({ person: number, source: source.name, idNumber, stated: write(source) });
      }
      otherId = person.idNumber;
    });
    otherHome = household.members[0]?.residence.address ?? otherHome;
  }
  claims.length = Math.min(claims.length, count);
  // Files arrive department by department, and within a file in no order of persons.
  random.shuffle(claims);
  const twinOf = new Int32Array(numbers.size).fill(-1);
  for (const [number, pid] of twins) {
    const other = numbers.get(pid) ?? -1;
    twinOf[number] = other;
    if (other >= 0) twinOf[other] = number;
  }
  return { claims, twinOf, persons: numbers.size };
}

/** A number of one's own from fourteen on; children, and some of the old, have the number of the head. */
function phonesOf(members: readonly Person[], random: Random): string[] {
  const own = (): string => `1${random.int(3, 9)}${String(random.int(0, 999_999_999)).padStart(9, '0')}`;
  const head = own();
  return members.map((person, i) => (i === 0 || person.age < 14 || random.chance(0.05) ? head : own()));
}

function idOf(id: string, random: Random): string {
  if (!random.chance(RATES.idSlip)) return id;
  const at = random.int(6, 16);
  return id.slice(0, at) + String((Number(id[at]) + random.int(1, 9)) % 10) + id.slice(at + 1);
}

function dirtyRow(given: { person: Person; phone: string; otherHome: string; random: Random }) {
  const { person, phone, otherHome, random } = given;
  return (source: Source): PersonClaim['stated'] => ({
    name: nameOf(person, random),
    birth: random.chance(RATES.noDate) ? '' : source.date(dateOf(person.birthDate, random), random),
    sex: random.chance(RATES.noSex) ? '' : (person.sex === '1') !== random.chance(RATES.sexWrong) ? '男' : '女',
    phone: source.phone ? phoneOf(phone, random) : '',
    home: homeOf(person, otherHome, random),
    kin: source.kin ? person.motherName : '',
  });
}

function nameOf(person: Person, random: Random): string {
  let name = person.formerName !== '' && random.chance(RATES.formerName) ? person.formerName : person.name;
  const letters = [...name];
  const change = (rate: number, to: (c: string) => string | undefined): void => {
    if (!random.chance(rate)) return;
    const at = random.int(0, letters.length - 1);
    const next = to(letters[at] as string);
    if (next !== undefined) letters[at] = next;
  };
  change(RATES.homophone, (c) => {
    const others = homophones.get(c);
    return others && random.pick(others);
  });
  change(RATES.lookalike, (c) => random.pick(lookalikes.get(c) ?? OTHERS));
  if (letters.length > 2 && random.chance(RATES.dropped)) letters.splice(random.int(1, letters.length - 1), 1);
  name = letters.join('');
  if (random.chance(RATES.traditional)) name = traditional(name);
  if (random.chance(RATES.blanks)) name = random.chance(0.5) ? letters.join(' ') : `${name}　`;
  if (random.chance(RATES.latin) && letters.every((c) => LATIN[c])) name = letters.map((c) => LATIN[c]).join(' ');
  return name;
}

function dateOf(iso: string, random: Random): string {
  const [year, month, day] = parts(iso);
  if (random.chance(RATES.swapped) && day <= 12)
    return `${year}-${String(day).padStart(2, '0')}-${String(month).padStart(2, '0')}`;
  if (random.chance(RATES.lunar)) {
    const { lunarYear, lunarMon, lunarDay } = chineseDays.getLunarDate(iso);
    const lunar = `${lunarYear}-${String(lunarMon).padStart(2, '0')}-${String(lunarDay).padStart(2, '0')}`;
    return Number.isNaN(Date.parse(lunar)) ? iso : lunar;
  }
  if (random.chance(RATES.dateSlip)) {
    const at = random.pick([2, 3, 6, 8, 9]);
    const slipped = iso.slice(0, at) + String((Number(iso[at]) + random.int(1, 9)) % 10) + iso.slice(at + 1);
    return Number.isNaN(Date.parse(slipped)) ? iso : slipped;
  }
  return iso;
}

function phoneOf(phone: string, random: Random): string {
  if (random.chance(RATES.noPhone)) return '';
  if (random.chance(RATES.oldPhone))
    return `1${random.int(3, 9)}${String(random.int(0, 999_999_999)).padStart(9, '0')}`;
  if (!random.chance(RATES.phoneSlip))
    return random.chance(0.1) ? `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}` : phone;
  const at = random.int(3, 10);
  return phone.slice(0, at) + String((Number(phone[at]) + random.int(1, 9)) % 10) + phone.slice(at + 1);
}

function homeOf(person: Person, otherHome: string, random: Random): string {
  if (random.chance(RATES.noAddress)) return '';
  let text = random.chance(RATES.oldAddress) ? (person.previous?.address ?? otherHome) : person.residence.address;
  if (random.chance(RATES.noRoom)) text = text.replace(/[^号]*室$/u, '');
  const dice = random.next();
  if (dice < 0.1) return text.replace(/^上海市/u, '').replace(/室$/u, '');
  if (dice < 0.15) return text.replace(/(\d+)弄(\d+)号(\d+)室$/u, '$1-$2-$3');
  if (dice < 0.18) return text.replaceAll(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
  return dice < 0.2 ? text.replaceAll('号', '号 ') : text;
}

/** The number as a key if it passes every check; else it says nothing. */
export function usableId(idNumber: string): string | undefined {
  if (idNumber === '') return undefined;
  const parsed = parseCitizenId(idNumber, { allowSample: true });
  return parsed.ok ? parsed.id.number : undefined;
}
