import '../../web/grid.css';
import { useState } from 'react';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useAnalysisTexts } from '../../web/analysis-texts.ts';
import { monthName } from './months.ts';
import { ScoreTable } from './score-table.tsx';

type Published = Reply<'/api/grid/evaluation'>;

/** What was published, for everybody and in plain words (城市管理成绩单). */
export default function CitizenEvaluationPage() {
  const { t, language } = useAnalysisTexts();
  const [period, setPeriod] = useState('');
  const { data, problem, reload } = useApi(`evaluation ${period}`, (signal) =>
    call<Published>(`/api/grid/evaluation${period && `?period=${period}`}`, { signal }),
  );
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>
          {t('citizenTitle')} {data?.edition?.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('citizenLead')}</p>
      </header>
      {problem && <RefusalPanel problem={problem} onRetry={reload} />}
      {data && data.edition === null && <EmptyState title={t('noEditions')} text={t('noEditionsText')} />}
      {data?.edition && (
        <>
          <div className="grid-filters">
            <label>
              {t('month')}
              <select value={data.edition.period} onChange={(event) => setPeriod(event.target.value)}>
                {data.periods.map((each) => (
                  <option key={each} value={each}>
                    {monthName(each, language)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          {data.edition.reason && <p>{t('correctedBecause', { reason: data.edition.reason })}</p>}
          {(['district', 'area', 'department', 'post'] as const).map((kind) => (
            <ScoreTable key={kind} kind={kind} scores={data.scores} formulae={data.formulae} />
          ))}
          <section aria-label={t('formulae')}>
            <h2>{t('formulae')}</h2>
            <ul>
              {data.formulae.map((each) => (
                <li key={each.id}>{each[language]}</li>
              ))}
            </ul>
          </section>
        </>
      )}
    </div>
  );
}
