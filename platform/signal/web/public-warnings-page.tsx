import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar } from '#web/design/as-of-bar.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSignalTexts } from './texts.ts';
import { WarningText } from './warning-text.tsx';
import { infoIn } from './warnings-page.tsx';

/** A warning must be seen at once: everybody who has the page open has it within this time (ms). */
const LOOK_MS = 5_000;

/** Warnings that hold now (生效预警), for everybody. */
export default function PublicWarningsPage() {
  const { t, language } = useSignalTexts();
  const list = useApi(
    'public-warnings',
    (signal) => call<Reply<'/api/signal/public-warnings'>>('/api/signal/public-warnings', { signal }),
    {
      refreshMs: LOOK_MS,
    },
  );
  return (
    <div className="signal" aria-busy={list.loading}>
      <h1>{t('publicTitle')}</h1>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && <AsOfBar at={list.data.asOf} history={false} />}
      {list.data?.warnings.length === 0 && <EmptyState title={t('publicNone')} text={t('publicNoneText')} />}
      <ul className="signal-public" aria-live="polite">
        {list.data?.warnings.map(({ identifier, level, message }) => {
          const info = infoIn(message, language);
          return (
            <li key={identifier} data-level={level}>
              {info && <WarningText info={info} level={level} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
