import type { Text } from '#platform/kernel/text.ts';

/** Asking what somebody may do (代问权限), answered with yes or no only. */
export const DECIDE = 'decide';

/** What a system may be shown of a person, in plain words; the identity number is in none of them. */
export type Scope = { id: string; title: Text; text: Text; claims: readonly string[] };

export const SCOPES: readonly Scope[] = [
  {
    id: 'openid',
    title: { zh: '确认是您本人登录', en: 'Know that it is you' },
    text: {
      zh: '对方得到一个只在它那里有效的编号，不能与其他系统的编号对照。',
      en: 'It gets a number that means you there and nowhere else.',
    },
    claims: ['sub'],
  },
  {
    id: 'profile',
    title: { zh: '您的姓名', en: 'Your name' },
    text: { zh: '仅姓名，不含身份证号。', en: 'The name only, never the identity number.' },
    claims: ['name'],
  },
  {
    id: 'post',
    title: { zh: '您的单位和岗位', en: 'Your unit and post' },
    text: { zh: '仅工作人员：单位、岗位和管辖范围。', en: 'Officials only: unit, post and area.' },
    claims: ['post', 'unit', 'unit_name', 'area'],
  },
  {
    id: 'person',
    title: { zh: '您在人口库中的编号', en: 'Your number in the population base' },
    text: {
      zh: '对方据此在获批的数据中找到您；不是身份证号。',
      en: 'It finds you by it in data that it has been granted; not the identity number.',
    },
    claims: ['person'],
  },
  {
    id: 'offline_access',
    title: { zh: '您离开后仍可使用', en: 'Use it while you are away' },
    text: { zh: '退出登录后仍有效，直到您撤销授权。', en: 'It goes on after you sign out, until you take it back.' },
    claims: [],
  },
  {
    id: DECIDE,
    title: { zh: '询问您能否办理某事', en: 'Ask whether you may do something' },
    text: {
      zh: '对方只得到“可以”或“不可以”和原因代码，不得到您的信息；每次询问都有记录。',
      en: 'It gets yes or no and a code of the reason, nothing about you; each question is on record.',
    },
    claims: [],
  },
];

export const SCOPE_IDS = SCOPES.map(({ id }) => id);
