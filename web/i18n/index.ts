import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { setClientLanguage } from '#web/client/fetch.ts';
import type { Language } from '#web/design/format.ts';
import { recall, remember } from '#web/shell/memory.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

const apply = (language: string): void => {
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
  setClientLanguage(language);
};

/** Starts the texts in the language chosen last, Chinese otherwise. */
export function startTexts(): void {
  const lng = recall('language') === 'en' ? 'en' : 'zh';
  void i18next.use(initReactI18next).init({
    lng,
    fallbackLng: 'zh',
    resources: { zh: { shell: zh }, en: { shell: en } },
    ns: ['shell'],
    defaultNS: 'shell',
    interpolation: { escapeValue: false },
    initAsync: false,
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
  apply(lng);
  for (const [namespace, texts] of early) add(namespace, texts);
  early.clear();
}

/** Changes the language of texts and of the server's answers, and remembers it. */
export async function setLanguage(language: Language): Promise<void> {
  remember('language', language);
  apply(language);
  await i18next.changeLanguage(language);
}

type Texts = { zh: object; en: object };
/** Texts of parts that are loaded with the shell, before the language is known. */
const early = new Map<string, Texts>();

/** Adds the texts of one app's pages under its own namespace; call it at the top of the page's module. */
export function addTexts(namespace: string, texts: Texts): void {
  if (i18next.isInitialized) add(namespace, texts);
  else early.set(namespace, texts);
}

function add(namespace: string, texts: Texts): void {
  i18next.addResourceBundle('zh', namespace, texts.zh, true, true);
  i18next.addResourceBundle('en', namespace, texts.en, true, true);
}
