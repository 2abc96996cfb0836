import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';
import { en } from './grid-texts-en.ts';
import { zh } from './grid-texts-zh.ts';

addTexts('grid', { zh, en });

export function useGridTexts() {
  const { t, i18n } = useTranslation('grid');
  return { t, language: i18n.language === 'en' ? ('en' as const) : ('zh' as const) };
}
