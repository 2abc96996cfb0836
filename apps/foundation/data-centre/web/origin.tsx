import { useTranslation } from 'react-i18next';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { KindBadge, StateMark } from './marks.tsx';
import type { ItemDetail } from './shapes.ts';
import { useLanguage, useUnits } from './use-names.ts';

/** Source and quality (来源与质量): data sets with licence and datum, newest load, open faults, recent batches. */
export function Origin({ detail }: { detail: ItemDetail | null }) {
  const { t } = useTranslation('data-centre');
  const { say, language } = useLanguage();
  const unit = useUnits();
  return (
    <section className="dc-section" aria-labelledby="origin">
      <h2 id="origin">{t('item.origin')}</h2>
      {detail === null ? (
        <p className="soft">{t('item.originNone')}</p>
      ) : (
        <>
          <dl className="dc-facts">
            <div>
              <dt>{t('item.freshness')}</dt>
              <dd>{detail.freshness ? formatMoment(detail.freshness, { language }) : t('item.never')}</dd>
            </div>
            {detail.rows !== null && (
              <div>
                <dt>{t('item.rows')}</dt>
                <dd>{formatNumber(detail.rows, { language })}</dd>
              </div>
            )}
            <div>
              <dt>{t('item.openFaults')}</dt>
              <dd>{formatNumber(detail.faults, { language })}</dd>
            </div>
          </dl>
          <h3>{t('item.datasets')}</h3>
          <ul className="dc-lines">
            {detail.datasets.map((dataset) => (
              <li key={dataset.id}>
                <b>{say(dataset.title)}</b>
                <KindBadge badge={dataset.badge} />
                <span className="soft">
                  {[
                    unit(dataset.unit),
                    t('item.mapping', { n: dataset.mappingVersion }),
                    dataset.licence && `${t('item.licence')} ${dataset.licence}`,
                    dataset.attribution && `${t('item.attribution')} ${dataset.attribution}`,
                    dataset.datum && `${t('item.datum')} ${dataset.datum}`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                  {dataset.sourceUrl && /^https?:/.test(dataset.sourceUrl) && (
                    <>
                      {' '}
                      ·{' '}
                      <a href={dataset.sourceUrl} rel="noreferrer">
                        {t('item.sourceLink')}
                      </a>
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
          {detail.batches.length > 0 && (
            <>
              <h3>{t('item.batches')}</h3>
              <ul className="dc-lines">
                {detail.batches.map((batch) => (
                  <li key={batch.id}>
                    <b>{formatMoment(batch.receivedAt, { language })}</b>
                    <StateMark state={batch.state} of="import" />
                    <span className="soft">
                      {[
                        unit(batch.unit),
                        t('item.batchRows', {
                          read: formatNumber(batch.rowsRead, { language }),
                          loaded: formatNumber(batch.rowsLoaded, { language }),
                          faulty: formatNumber(batch.rowsFaulty, { language }),
                        }),
                        t('item.mapping', { n: batch.mappingVersion }),
                      ].join(' · ')}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </section>
  );
}
