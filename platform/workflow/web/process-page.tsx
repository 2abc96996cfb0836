import { Link, useParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { ProcessStudio } from './process-studio.tsx';
import { ProcessViewer } from './process-viewer.tsx';
import type { Process } from './shapes.ts';
import { useProcessTexts } from './texts.ts';
import { useNarrow } from './use-narrow.ts';
import './process.css';

/** One process: drawn, checked, simulated, published where there is room for it; on a phone to be looked at. */
export default function ProcessPage() {
  const { t } = useProcessTexts();
  const { id = '' } = useParams();
  const narrow = useNarrow();
  const state = useApi(`process ${id}`, (signal) => call<Process>(`/api/workflow/processes/${id}`, { signal }));
  return (
    <div className="process-page" aria-busy={state.loading}>
      <p>
        <Link to="/gov/processes">← {t('back')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !state.data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {state.data &&
        (narrow ? (
          <ProcessViewer process={state.data} />
        ) : (
          <ProcessStudio key={state.data.id} process={state.data} onChanged={state.reload} />
        ))}
    </div>
  );
}
