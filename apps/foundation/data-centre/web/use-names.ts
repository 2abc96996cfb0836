import { useTranslation } from 'react-i18next';
import { api, read, useApi } from '#web/client/index.ts';
import type { Language } from '#web/design/format.ts';
import { useSession } from '#web/shell/session.tsx';

export type Text = { zh: string; en: string };

/** Language of the page, and a text in it. */
export function useLanguage(): { language: Language; say: (text: Text) => string } {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  return { language, say: (text) => text[language] };
}

/** Names of units (单位) by code; the code itself until the list is here. */
export function useUnits(): (code: string | null | undefined) => string {
  const { language } = useLanguage();
  const { data } = useApi('units', (signal) => read(api.GET('/api/identity/units', { signal })));
  return (code) => {
    const unit = data?.units.find((entry) => entry.code === code);
    return unit ? (language === 'en' ? (unit.nameEn as string) : (unit.name as string)) : (code ?? '');
  };
}

/** Titles of purposes (使用目的) by code. A guest sees the codes: the list is for those who are signed in. */
export function usePurposes(): (code: string) => string {
  const { say } = useLanguage();
  const { me } = useSession();
  const { data } = useApi(me.signedIn ? 'all-purposes' : null, (signal) =>
    read(api.GET('/api/access/purposes', { params: { query: { all: '1' } }, signal })),
  );
  return (code) => {
    const purpose = data?.purposes.find((entry) => entry.code === code);
    return purpose ? say(purpose.title) : code;
  };
}
