import type { Language } from '#web/design/format.ts';

const WORDS: Record<string, Record<string, { zh: string; en: string }>> = {
  sex: { 1: { zh: '男', en: 'Male' }, 2: { zh: '女', en: 'Female' } },
};
const YES_NO: Record<string, { zh: string; en: string }> = { yes: { zh: '是', en: 'Yes' }, no: { zh: '否', en: 'No' } };
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-11-03` as 2026年11月3日 (en: 3 Nov 2026); anything else unchanged. */
export function dayText(value: string, language: Language): string {
  const [, year, month, day] = DAY.exec(value) ?? [];
  if (!year) return value;
  return language === 'zh'
    ? `${year}年${Number(month)}月${Number(day)}日`
    : `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** A stored value as people read it: coded values in words, days in full, metres and 万元 with their unit. */
export function valueText(name: string, value: string | null, language: Language): string {
  if (value === null || value === '') return language === 'zh' ? '—' : '—';
  const word = WORDS[name]?.[value] ?? YES_NO[value];
  if (word) return word[language];
  if (name === 'heightM') return `${value} ${language === 'zh' ? '米' : 'm'}`;
  if (name === 'registeredCapital')
    return `${Number(value).toLocaleString()} ${language === 'zh' ? '万元' : '×10,000 yuan'}`;
  return dayText(value, language);
}

/** Whole years of age on a day, by birth date; null when the date is not known. */
export function ageOn(birthDate: string | null, day: string = new Date().toISOString()): number | null {
  const born = DAY.exec(birthDate ?? '');
  if (!born) return null;
  const years = Number(day.slice(0, 4)) - Number(born[1]);
  return day.slice(5, 10) < `${born[2]}-${born[3]}` ? years - 1 : years;
}
