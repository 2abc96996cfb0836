import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '#web/design/empty-state.tsx';
import type { Entrance } from './entrances.ts';

/** First screen of an entrance for which no app has brought a page yet: says what will be here and the one thing to do. */
export function EntranceHome({ entrance }: { entrance: Entrance }) {
  const { t } = useTranslation();
  const target = entrance === 'ops' ? '/data' : `/login?next=/${entrance}`;
  return (
    <div className="entrance-home">
      <h1>{t(`entrance.${entrance}.title`)}</h1>
      <EmptyState
        title={t(`empty.${entrance}.title`)}
        text={t(`empty.${entrance}.text`)}
        act={
          entrance === 'gov' ? (
            <button type="button" className="primary" onClick={() => dispatchEvent(new Event('district-find'))}>
              {t('empty.gov.act')}
            </button>
          ) : (
            <Link className="primary" to={target}>
              {t(`empty.${entrance}.act`)}
            </Link>
          )
        }
      />
    </div>
  );
}
