import { homeAddress, houseOf, sameHouse } from '../standardise/address.ts';
import { digitsApart, isLunarOf, isSwapped, statedDate } from '../standardise/date.ts';
import { type PersonName, personName, soundsAlike } from '../standardise/person-name.ts';
import { isSlip, phoneNumber } from '../standardise/phone.ts';
import { type Attribute, attribute, MISSING, type Space } from '../model/space.ts';

const SAME = { id: 'same', title: { zh: '一致', en: 'the same' } };
const DIFFERENT = { id: 'different', title: { zh: '不同', en: 'different' } };
const SOUND = { id: 'sound', title: { zh: '同音', en: 'sounds the same' } };

/**
 * The identifier (证件号码) as a look-up digest: only equal or not. Who gives it makes sure that the number behind it is valid; an
 * invalid one is left out, because it says nothing.
 */
const identifier = attribute<string>({
  name: 'identifier',
  title: { zh: '有效证件号码', en: 'Valid identity number' },
  levels: [SAME, DIFFERENT],
  read: (raw) => raw,
  form: (key) => key,
  rare: true,
  parts: { key: (key) => key },
});

const NAME_LEVELS = [
  SAME,
  { id: 'former', title: { zh: '与曾用名一致', en: 'the same as a former name' } },
  SOUND,
  { id: 'character', title: { zh: '同姓，差一字', en: 'the same surname, one character differs' } },
  { id: 'given', title: { zh: '同名不同姓', en: 'the same given name, another surname' } },
  { id: 'surname', title: { zh: '仅同姓', en: 'only the surname is the same' } },
  DIFFERENT,
];

const name = attribute<PersonName>({
  name: 'name',
  title: { zh: '姓名', en: 'Name' },
  levels: NAME_LEVELS,
  read: personName,
  form: ({ text, former }) => [text, ...former].join('|'),
  compare: (a, b) => {
    if (a.text === b.text) return 0;
    if (a.former.includes(b.text) || b.former.includes(a.text)) return 1;
    if (soundsAlike(a, b)) return 2;
    if (a.surname === b.surname) {
      if (oneApart(a.given, b.given)) return 3;
      return a.surname === '' ? 6 : 5;
    }
    return a.given === b.given && [...a.given].length > 1 ? 4 : 6;
  },
  rare: true,
  parts: { pinyin: ({ pinyin }) => pinyin, surname: ({ surname }) => surname },
});

/** One character put in, left out or changed, and at least one in common. */
function oneApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [[...a], [...b]] : [[...b], [...a]];
  if (short.length === 0 || long.length < 2 || long.length - short.length > 1) return false;
  let head = 0;
  while (head < short.length && short[head] === long[head]) head += 1;
  let tail = 0;
  while (tail < short.length - head && short.at(-1 - tail) === long.at(-1 - tail)) tail += 1;
  return long.length - head - tail <= 1 && head + tail > 0;
}

const birth = attribute<string>({
  name: 'birth',
  title: { zh: '出生日期', en: 'Date of birth' },
  levels: [
    SAME,
    { id: 'swapped', title: { zh: '月日颠倒', en: 'day and month changed places' } },
    { id: 'lunar', title: { zh: '一为农历、一为公历', en: 'one is the lunar date of the other' } },
    { id: 'slip', title: { zh: '同年，差一位数字', en: 'the same year, one digit differs' } },
    { id: 'slipped-year', title: { zh: '年份差一位数字', en: 'one digit of the year differs' } },
    { id: 'year', title: { zh: '仅同年', en: 'only the year is the same' } },
    DIFFERENT,
  ],
  read: (raw) => statedDate(raw)?.date,
  form: (date) => date,
  compare: (a, b) => {
    if (isSwapped(a, b)) return 1;
    const year = a.slice(0, 4) === b.slice(0, 4);
    if (digitsApart(a, b) === 1) return year ? 3 : 4;
    if (isLunarOf(a, b)) return 2;
    return year ? 5 : 6;
  },
  rare: true,
  parts: { date: (date) => date, year: (date) => date.slice(0, 4), month: (date) => date.slice(0, 7) },
});

const sex = attribute<string>({
  name: 'sex',
  title: { zh: '性别', en: 'Sex' },
  levels: [SAME, DIFFERENT],
  read: (raw) => (/^(?:1|男性?|m)$/iu.test(raw) ? '1' : /^(?:2|女性?|f)$/iu.test(raw) ? '2' : undefined),
  form: (code) => code,
  parts: { code: (code) => code },
});

/** A family shares home, telephone and mother: what agrees for one of its members agrees for all. */
const FAMILY = 'family';

const phone = attribute<string>({
  name: 'phone',
  title: { zh: '联系电话', en: 'Telephone' },
  levels: [SAME, { id: 'slip', title: { zh: '差一位数字', en: 'one digit differs' } }, DIFFERENT],
  read: (raw) => phoneNumber(raw),
  form: (number) => number,
  compare: (a, b) => (isSlip(a, b) ? 1 : 2),
  rare: true,
  group: FAMILY,
  parts: { number: (number) => number },
});

const home = attribute({
  name: 'home',
  title: { zh: '居住地址', en: 'Address' },
  levels: [
    SAME,
    { id: 'house', title: { zh: '同一门牌，一方无室号', en: 'the same house, a room is missing' } },
    { id: 'neighbour', title: { zh: '同一门牌，不同室', en: 'the same house, another room' } },
    { id: 'street', title: { zh: '同路不同门牌', en: 'the same road, another house' } },
    DIFFERENT,
  ],
  read: homeAddress,
  form: ({ text }) => text,
  compare: (a, b) => {
    if (sameHouse(a, b)) return a.room === b.room ? 0 : a.room === '' || b.room === '' ? 1 : 2;
    return a.road !== '' && a.road === b.road ? 3 : 4;
  },
  rare: true,
  group: FAMILY,
  parts: {
    text: ({ text, room }) => (room === '' ? undefined : text),
    house: (value) => (value.number === '' ? undefined : houseOf(value)),
  },
});

const kin = attribute<PersonName>({
  name: 'kin',
  title: { zh: '母亲姓名', en: "Mother's name" },
  levels: [SAME, SOUND, DIFFERENT],
  read: personName,
  form: ({ text }) => text,
  compare: (a, b) => (soundsAlike(a, b) ? 1 : 2),
  rare: true,
  group: FAMILY,
  parts: { pinyin: ({ pinyin }) => pinyin },
});

const OTHER_NAME = ['sound', 'character', 'given', 'surname'];
const LIKE_BIRTH = ['same', 'swapped', 'lunar', 'slip'];
const SAME_NUMBER = { identifier: ['same'] };
/** Two of one birth who share something of a family but not the name. */
const twins = (shared: Record<string, readonly string[]>, id: string) =>
  ({
    id,
    title: { zh: '疑似双胞胎：出生与家庭一致而名字不同', en: 'may be twins: birth and family agree, the names do not' },
    effect: 'review',
    when: { name: OTHER_NAME, birth: LIKE_BIRTH, ...shared },
    unless: SAME_NUMBER,
  }) as const;

const attributes: readonly Attribute[] = [identifier, name, birth, sex, phone, home, kin];

/** Persons (自然人). */
export const personSpace: Space = {
  id: 'person',
  title: { zh: '自然人', en: 'Persons' },
  attributes,
  passes: [
    { name: 'identifier', keys: [['identifier', 'key']], split: [['name', 'pinyin']] },
    {
      name: 'name-birth',
      keys: [
        ['name', 'pinyin'],
        ['birth', 'date'],
      ],
      split: [['sex', 'code']],
    },
    { name: 'phone', keys: [['phone', 'number']], split: [['name', 'pinyin']] },
    {
      name: 'home-year',
      keys: [
        ['home', 'text'],
        ['birth', 'year'],
      ],
      split: [['name', 'pinyin']],
    },
    {
      name: 'house-name',
      keys: [
        ['home', 'house'],
        ['name', 'pinyin'],
      ],
      split: [['birth', 'year']],
    },
    {
      name: 'kin-month',
      keys: [
        ['kin', 'pinyin'],
        ['birth', 'month'],
      ],
      split: [['name', 'pinyin']],
    },
  ],
  training: ['name-birth', 'phone'],
  rules: [
    {
      id: 'two-identifiers',
      title: { zh: '两个不同的有效证件号码', en: 'two different valid identity numbers' },
      effect: 'apart',
      when: { identifier: ['different'] },
      cuts: true,
    },
    {
      id: 'sex-and-year',
      title: { zh: '性别与出生年份均不同', en: 'sex and year of birth both differ' },
      effect: 'apart',
      when: { sex: ['different'], birth: ['slipped-year', 'different'] },
      cuts: true,
    },
    {
      id: 'one-identifier-two-persons',
      title: { zh: '同一证件号码，姓名与出生日期均不同', en: 'one identity number, but name and birth both differ' },
      effect: 'alarm',
      when: {
        identifier: ['same'],
        name: ['given', 'surname', 'different'],
        birth: ['year', 'slipped-year', 'different'],
      },
    },
    twins({ home: ['same', 'house'] }, 'twins-home'),
    twins({ phone: ['same'] }, 'twins-phone'),
    twins({ kin: ['same', 'sound'] }, 'twins-kin'),
    {
      id: 'other-name',
      title: { zh: '姓名不同且无一致证件号码', en: 'the names differ and no identity number agrees' },
      effect: 'review',
      when: { name: ['given', 'surname', 'different'] },
      unless: SAME_NUMBER,
    },
    {
      id: 'other-birth',
      title: { zh: '出生日期不同且无一致证件号码', en: 'the dates of birth differ and no identity number agrees' },
      effect: 'review',
      when: { birth: ['year', 'slipped-year', 'different'] },
      unless: SAME_NUMBER,
    },
  ],
  doubt: {
    id: 'number-of-a-twin',
    title: {
      zh: '同一证件号码下两个名字，且另有记录分别以这两个名字出现：疑似错用双胞胎的证件号码',
      en: 'two names under one identity number, and each name stands in other records: perhaps the number of a twin',
    },
    spoils: { identifier: ['same'], name: OTHER_NAME, birth: LIKE_BIRTH },
    either: { identifier: ['different'], name: ['same', 'sound'], birth: LIKE_BIRTH },
    both: { identifier: [MISSING], name: ['same'], birth: LIKE_BIRTH },
  },
};
