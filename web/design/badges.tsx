import { useTranslation } from 'react-i18next';
import { formatAge } from './format.ts';

/** 样例数据: worn wherever data are generated. */
export function SampleBadge() {
  const { t } = useTranslation();
  return (
    <span className="badge badge-sample" title={t('sample.explain')}>
      {t('sample.text')}
    </span>
  );
}

/** Stale (陈旧): names the age of what is shown instead of colouring an old value. */
export function StaleBadge({ at }: { at: string | number | Date }) {
  const { t, i18n } = useTranslation();
  return (
    <span className="badge badge-stale">
      {t('stale', { age: formatAge(at, { language: i18n.language === 'en' ? 'en' : 'zh' }) })}
    </span>
  );
}
