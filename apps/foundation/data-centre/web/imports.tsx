import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { KindBadge, StateMark } from './marks.tsx';
import type { Import } from './shapes.ts';
import { UploadForm } from './upload-form.tsx';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './data-centre.css';

const RUNNING = ['received', 'reading', 'publishing'];

/** Imports (数据导入): send a file above, what became of the earlier ones below; refreshed while one is running. */
export default function ImportsPage() {
  const { t } = useTranslation('data-centre');
  const { language } = useLanguage();
  const datasets = useApi('datasets', (signal) => read(api.GET('/api/exchange/datasets', { signal })));
  const imports = useImports();
  return (
    <div className="dc">
      <header className="dc-head">
        <h1>{t('imports.title')}</h1>
        <p className="soft">{t('imports.lead')}</p>
      </header>
      {datasets.problem && <RefusalPanel problem={datasets.problem} onRetry={datasets.reload} />}
      {datasets.data &&
        (datasets.data.datasets.some((entry) => entry.mine) ? (
          <UploadForm datasets={datasets.data.datasets.filter((entry) => entry.mine)} />
        ) : (
          <EmptyState title={t('imports.noDatasets')} text={t('imports.noDatasetsText')} />
        ))}
      <section className="dc-section">
        <h2 id="recent">{t('imports.recent')}</h2>
        {imports.problem && <RefusalPanel problem={imports.problem} onRetry={imports.reload} />}
        {imports.data?.imports.length === 0 && <EmptyState title={t('imports.none')} text={t('imports.noneText')} />}
        {imports.data && imports.data.imports.length > 0 && (
          <div className="table table-scroll" tabIndex={0} role="region" aria-labelledby="recent">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('imports.file')}</th>
                  <th scope="col">{t('imports.state')}</th>
                  <th scope="col" className="is-number">
                    {t('imports.rows')}
                  </th>
                  <th scope="col" className="is-number">
                    {t('imports.loaded')}
                  </th>
                  <th scope="col" className="is-number">
                    {t('imports.faulty')}
                  </th>
                  <th scope="col">{t('imports.received')}</th>
                </tr>
              </thead>
              <tbody>
                {imports.data.imports.map((entry) => (
                  <Row key={entry.id} entry={entry} language={language} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </div>
  );
}

function useImports() {
  const load = (signal: AbortSignal) => read(api.GET('/api/exchange/imports', { signal }));
  const still = useApi('imports', load);
  const running = still.data?.imports.some((entry) => RUNNING.includes(entry.state)) ?? false;
  const live = useApi(running ? 'imports-live' : null, load, { refreshMs: 2000 });
  return live.data ? { ...still, data: live.data } : still;
}

function Row({ entry, language }: { entry: Import; language: 'zh' | 'en' }) {
  const unit = useUnits();
  const number = (value: number) => formatNumber(value, { language });
  return (
    <tr>
      <th scope="row">
        <Link to={`/data/imports/${entry.id}`}>{entry.fileName}</Link> <KindBadge badge={entry.badge} />
        <br />
        <small className="soft">
          {entry.title[language]} · {unit(entry.unit)}
        </small>
      </th>
      <td>
        <StateMark state={entry.state} of="import" />
      </td>
      <td className="is-number">{number(entry.rows.read)}</td>
      <td className="is-number">{number(entry.rows.ok)}</td>
      <td className="is-number">{entry.rows.faulty > 0 ? <b>{number(entry.rows.faulty)}</b> : 0}</td>
      <td>
        {formatMoment(entry.receivedAt, { language })}
        <br />
        <small className="soft">{entry.sentBy}</small>
      </td>
    </tr>
  );
}
