import { api, read, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { OpenNav } from './parts.tsx';
import { useTexts } from './texts.ts';
import './open-data.css';

const PARTS = ['reuse', 'quality', 'response', 'breadth'] as const;

/** Scores of units (单位评价), each with the counts that it is made of. */
export default function ScoresPage() {
  const { t } = useTexts();
  const unit = useUnitName();
  const state = useApi('open-scores', (signal) => read(api.GET('/api/open-data/scores', { signal })));
  return (
    <div className="od">
      <header className="od-head">
        <h1>{t('scores.title')}</h1>
        <p className="soft">{t('scores.lead')}</p>
        <OpenNav />
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data?.scores.length === 0 && <EmptyState title={t('scores.none')} text={t('scores.noneText')} />}
      {state.data && state.data.scores.length > 0 && (
        <div className="od-scroll" tabIndex={0} role="region" aria-label={t('scores.title')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('scores.unit')}</th>
                <th scope="col">{t('scores.total')}</th>
                {PARTS.map((part) => (
                  <th key={part} scope="col">
                    {t(`scores.${part}`)}
                  </th>
                ))}
                <th scope="col">{t('scores.counts')}</th>
              </tr>
            </thead>
            <tbody>
              {state.data.scores.map((score) => (
                <tr key={score.unit}>
                  <th scope="row">{unit(score.unit)}</th>
                  <td data-number="true">
                    <b>{score.total}</b>
                  </td>
                  {PARTS.map((part) => (
                    <td key={part} data-number="true">
                      {score.parts[part]}
                    </td>
                  ))}
                  <td className="od-wide">{t('scores.detail', score.counts)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
