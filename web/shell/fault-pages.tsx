import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { newKey } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';

/** Shown for an address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <main id="main" className="fault">
      <EmptyState
        level={1}
        title={t('notFound.title')}
        text={t('notFound.text')}
        act={
          <Link className="primary" to="/">
            {t('notFound.act')}
          </Link>
        }
      />
    </main>
  );
}

/** Shown when a page's code fails. The reference is also written to the console beside the error itself. */
export function Fault() {
  const { t } = useTranslation();
  const error = useRouteError();
  const reference = newKey().slice(0, 8);
  console.error(reference, error);
  return (
    <main id="main" className="fault">
      <EmptyState
        level={1}
        title={t('fault.title')}
        text={t('fault.text')}
        act={
          <button type="button" className="primary" onClick={() => location.reload()}>
            {t('fault.act')}
          </button>
        }
      />
      <p className="soft">{`${t('refusal.trace')} ${reference}`}</p>
    </main>
  );
}
