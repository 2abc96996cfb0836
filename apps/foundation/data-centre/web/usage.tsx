import { useTranslation } from 'react-i18next';
import { api, read, useApi } from '#web/client/index.ts';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useLanguage, usePurposes } from './use-names.ts';
import './request-texts.ts';

/** What became of a grant (使用情况): reads by purpose and day, the same for both sides. */
export function Usage({ grant }: { grant: string }) {
  const { t } = useTranslation('data-requests');
  const { language } = useLanguage();
  const purpose = usePurposes();
  const state = useApi(`usage ${grant}`, (signal) =>
    read(api.GET('/api/catalog/grants/{id}/usage', { params: { path: { id: grant } }, signal })),
  );
  const days = state.data?.days ?? [];
  return (
    <section className="dc-section" aria-label={t('usage')} aria-busy={state.loading}>
      <h2>
        {t('usage')} <small>{state.data && formatNumber(state.data.reads, { language })}</small>
      </h2>
      <p className="soft">{days.length === 0 && state.data ? t('usageNone') : t('usageLead')}</p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {days.length > 0 && (
        <div className="table table-scroll" tabIndex={0} role="region" aria-label={t('usage')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('day')}</th>
                <th scope="col">{t('purpose')}</th>
                <th scope="col">{t('reads')}</th>
                <th scope="col">{t('subjects')}</th>
              </tr>
            </thead>
            <tbody>
              {days.map((each) => (
                <tr key={`${each.day} ${each.purpose}`}>
                  <th scope="row">{formatMoment(each.day, { language, time: false })}</th>
                  <td>{each.purpose === null ? t('noPurpose') : purpose(each.purpose)}</td>
                  <td>{formatNumber(each.reads, { language })}</td>
                  <td>{formatNumber(each.subjects, { language })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
