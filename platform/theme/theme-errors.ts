import { domainError } from '#platform/kernel/errors.ts';

export const ThemeFaulty = domainError({
  code: 'THEME_FAULTY',
  status: 422,
  title: { zh: '专题库还不能发布', en: 'The theme cannot be published yet' },
  action: { zh: '请按标出的位置逐项修改。', en: 'Correct what is marked, each at its place.' },
});
export const ThemeNotPublished = domainError({
  code: 'THEME_NOT_PUBLISHED',
  status: 409,
  title: { zh: '专题库还没有发布', en: 'The theme is not published' },
  action: {
    zh: '发布之后才有数据可看、可刷新。',
    en: 'Publish it first: only then are there rows to see and to refresh.',
  },
});
export const ThemeExists = domainError({
  code: 'THEME_EXISTS',
  status: 409,
  title: { zh: '专题库编号已被使用', en: 'A thematic database of this id exists' },
  action: { zh: '请换一个编号。', en: 'Choose another id.' },
});
