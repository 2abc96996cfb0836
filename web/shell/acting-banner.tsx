import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call, useSubmit } from '#web/client/index.ts';
import { useSession } from './session.tsx';

/** For whom I act (替谁办): stands on every page while it lasts, says what I may do, and ends it. */
export function ActingBanner() {
  const { t, i18n } = useTranslation();
  const { me, reload } = useSession();
  const { busy, problem, submit } = useSubmit((_: null, key) =>
    call('/api/identity/acting', { method: 'DELETE', headers: key }),
  );
  const { acting } = me;
  if (!acting) return null;
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const end = async () => {
    if (await submit(null)) reload();
  };
  return (
    <section className="acting-banner" data-ended={acting.ended} aria-label={t('acting.label')}>
      <p role="status">
        {acting.ended ? t('acting.ended', { name: acting.name }) : t('acting.text', { name: acting.name })}
      </p>
      {!acting.ended && (
        <ul>
          {acting.scopes.map(({ id, title, page }) => (
            <li key={id}>{page ? <Link to={page}>{title[language]}</Link> : title[language]}</li>
          ))}
        </ul>
      )}
      <button type="button" disabled={busy} onClick={() => void end()}>
        {t('acting.end')}
      </button>
      {problem && <p role="alert">{problem.details.title || t('acting.failed')}</p>}
    </section>
  );
}
