import { useTranslation } from 'react-i18next';
import type { Language } from '#web/design/format.ts';
import { addTexts } from '#web/i18n/index.ts';
import { textsEn } from './texts.en.ts';
import { textsZh } from './texts.zh.ts';

addTexts('open-data', { zh: textsZh, en: textsEn });

export type Words = { zh: string; en: string };

/** Texts of this module, and a text of the data in the reader's language. */
export function useTexts(): {
  t: (key: string, values?: Record<string, unknown>) => string;
  say: (words: Words) => string;
  language: Language;
} {
  const { t, i18n } = useTranslation('open-data');
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  return { t: t as never, say: (words) => words[language], language };
}
