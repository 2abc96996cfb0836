import { homeAddress, houseOf, sameHouse } from '../standardise/address.ts';
import { type CompanyName, companyName } from '../standardise/company-name.ts';
import { type PersonName, personName, soundsAlike } from '../standardise/person-name.ts';
import { phoneNumber } from '../standardise/phone.ts';
import { attribute, type Space } from '../model/space.ts';

const SAME = { id: 'same', title: { zh: '一致', en: 'the same' } };
const DIFFERENT = { id: 'different', title: { zh: '不同', en: 'different' } };

/** Credit code (统一社会信用代码); who gives it has checked it, an invalid one is left out. */
const code = attribute<string>({
  name: 'code',
  title: { zh: '有效统一社会信用代码', en: 'Valid credit code' },
  levels: [SAME, DIFFERENT],
  read: (raw) => raw,
  form: (value) => value,
  rare: true,
  parts: { key: (value) => value },
});

/** Registration number of before 2015 (工商注册号); an invalid one is left out. */
const registration = attribute<string>({
  name: 'registration',
  title: { zh: '有效工商注册号', en: 'Valid registration number' },
  levels: [SAME, DIFFERENT],
  read: (raw) => raw,
  form: (value) => value,
  rare: true,
  parts: { key: (value) => value },
});

const name = attribute<CompanyName>({
  name: 'name',
  title: { zh: '名称', en: 'Name' },
  levels: [
    SAME,
    { id: 'core', title: { zh: '字号与行业一致', en: 'the same but for place and legal form' } },
    { id: 'sound', title: { zh: '字号同音', en: 'sounds the same' } },
    { id: 'branch', title: { zh: '总机构与分支', en: 'head and branch' } },
    DIFFERENT,
  ],
  read: companyName,
  form: ({ text }) => text,
  compare: (a, b) => {
    if (a.core === b.core) return a.branch === b.branch ? 1 : 3;
    return a.pinyin === b.pinyin && a.branch === b.branch ? 2 : 4;
  },
  rare: true,
  parts: { pinyin: ({ pinyin }) => pinyin },
});

const address = attribute({
  name: 'address',
  title: { zh: '地址', en: 'Address' },
  levels: [SAME, { id: 'house', title: { zh: '同一门牌', en: 'the same house' } }, DIFFERENT],
  read: homeAddress,
  form: ({ text }) => text,
  compare: (a, b) => (sameHouse(a, b) ? (a.room === b.room ? 0 : 1) : 2),
  rare: true,
  group: 'seat',
  parts: { house: (value) => (value.number === '' ? undefined : houseOf(value)) },
});

const phone = attribute<string>({
  name: 'phone',
  title: { zh: '联系电话', en: 'Telephone' },
  levels: [SAME, DIFFERENT],
  read: (raw) => phoneNumber(raw),
  form: (number) => number,
  rare: true,
  group: 'seat',
  parts: { number: (number) => number },
});

const representative = attribute<PersonName>({
  name: 'representative',
  title: { zh: '法定代表人', en: 'Legal representative' },
  levels: [SAME, { id: 'sound', title: { zh: '同音', en: 'sounds the same' } }, DIFFERENT],
  read: personName,
  form: ({ text }) => text,
  compare: (a, b) => (soundsAlike(a, b) ? 1 : 2),
  rare: true,
  parts: { pinyin: ({ pinyin }) => pinyin },
});

/** Firms and organisations (法人单位). */
export const firmSpace: Space = {
  id: 'firm',
  title: { zh: '法人单位', en: 'Firms' },
  attributes: [code, registration, name, address, phone, representative],
  passes: [
    { name: 'code', keys: [['code', 'key']], split: [['name', 'pinyin']] },
    { name: 'registration', keys: [['registration', 'key']], split: [['name', 'pinyin']] },
    { name: 'name', keys: [['name', 'pinyin']], split: [['address', 'house']] },
    {
      name: 'house-representative',
      keys: [
        ['address', 'house'],
        ['representative', 'pinyin'],
      ],
      split: [['name', 'pinyin']],
    },
    { name: 'phone', keys: [['phone', 'number']], split: [['name', 'pinyin']] },
  ],
  training: ['name', 'house-representative'],
  rules: [
    {
      id: 'two-codes',
      title: { zh: '两个不同的有效信用代码', en: 'two different valid credit codes' },
      effect: 'apart',
      when: { code: ['different'] },
      cuts: true,
    },
    {
      id: 'two-numbers',
      title: { zh: '两个不同的有效工商注册号', en: 'two different valid registration numbers' },
      effect: 'apart',
      when: { registration: ['different'] },
      unless: { code: ['same'] },
      cuts: true,
    },
    {
      id: 'head-and-branch',
      title: { zh: '总机构与分支机构', en: 'a head office and a branch' },
      effect: 'apart',
      when: { name: ['branch'] },
      unless: { code: ['same'] },
      cuts: true,
    },
    {
      id: 'other-name',
      title: { zh: '名称不同且无一致代码', en: 'the names differ and no code agrees' },
      effect: 'review',
      when: { name: ['different'], registration: ['different', 'missing'] },
      unless: { code: ['same'] },
    },
  ],
};
