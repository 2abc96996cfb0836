import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { matchPath } from 'react-router';
import { entranceOf } from './entrances.ts';
import { pages } from './pages.gen.ts';

/** Names the browser tab after the page, so that tabs and screen readers tell pages apart. */
export function useTitle(pathname: string): void {
  const { t, i18n } = useTranslation();
  useEffect(() => {
    const entrance = entranceOf(pathname);
    const page = pages.find((entry) => matchPath(entry.path, pathname));
    const own = page?.title[i18n.language === 'en' ? 'en' : 'zh'];
    const parts = [
      own,
      entrance && t(`entrance.${entrance}.title`),
      pathname === '/login' && t('signIn.title'),
      t('product'),
    ];
    document.title = parts.filter(Boolean).join(' · ');
  }, [pathname, t, i18n.language]);
}
