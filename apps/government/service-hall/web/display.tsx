import { useState } from 'react';
import { useParams } from 'react-router';
import { call, useApi, useLive } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useCentreTexts } from './centre-texts.ts';
import { useServerClock } from './use-server-clock.ts';
import './centres.css';

type Shown = Reply<'/api/service-hall/centres/{centre}/board'>;
type Board = Shown['board'];

/** Slow asking beside the stream: it fills what a broken stream would leave empty, and brings the server's time. */
const ASK_MS = 10_000;

/** Hall display (叫号显示屏): who is called to which window, the newest first. It follows the stream of the server and its time. */
export default function DisplayPage() {
  const { centre = '' } = useParams();
  const { t, language, say } = useCentreTexts();
  const first = useApi(
    `board ${centre}`,
    (signal) => call<Shown>(`/api/service-hall/centres/${centre}/board`, { signal }),
    {
      refreshMs: ASK_MS,
    },
  );
  const live = useBoard(centre);
  const clock = useServerClock(first.data?.at);
  const board = live.connected ? (live.board ?? first.data?.board) : (first.data?.board ?? live.board);
  if (first.problem && !first.data) return <RefusalPanel problem={first.problem} onRetry={first.reload} />;
  const calls = board?.calls.filter(({ state }) => state === 'called' || state === 'serving') ?? [];
  return (
    <div className="hall-full" aria-busy={first.loading}>
      <header>
        <h1>{say(first.data?.title)}</h1>
        <time>{clock && formatMoment(clock, { language })}</time>
        <button type="button" className="quiet" onClick={() => void document.documentElement.requestFullscreen?.()}>
          {t('full')}
        </button>
      </header>
      {!live.connected && first.stale && (
        <p className="notice" role="status">
          {t('offline', { when: formatMoment(first.loadedAt ?? Date.now(), { language }) })}
        </p>
      )}
      {board && calls.length === 0 && <EmptyState title={t('nobody')} text={t('nobodyText')} />}
      <ol className="hall-board" aria-live="polite">
        {calls.map(({ number, window, calls: times }) => (
          <li key={`${number} ${window} ${times}`}>
            <b>{number}</b>
            <span>
              {t('window', { n: window })}
              {times > 1 && <small>{t('again')}</small>}
            </span>
          </li>
        ))}
      </ol>
      <p className="hall-lines soft">
        {board?.lines.map(({ family, title, waiting }) => (
          <span key={family}>
            {say(title)} {t('people', { n: waiting })}
          </span>
        ))}
      </p>
    </div>
  );
}

/** The board as the stream of the centre brings it. */
function useBoard(centre: string): { board: Board | undefined; connected: boolean } {
  const [board, setBoard] = useState<Board>();
  const { connected } = useLive(`/hall/centres/${encodeURIComponent(centre)}/calls`, 'board', (data) =>
    setBoard(JSON.parse(data) as Board),
  );
  return { board, connected };
}
