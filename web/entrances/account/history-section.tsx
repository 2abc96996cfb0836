import { useState } from 'react';
import { asProblem, call, type Problem, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useAccountTexts } from './texts.ts';

const PATH = '/api/identity/sign-ins';
type Page = Reply<'/api/identity/sign-ins'>;

/** Sign-in history (登录记录): the newest first, older ones on demand; `turn` asks anew after something was done. */
export function HistorySection({ turn }: { turn: number }) {
  const { t, language } = useAccountTexts();
  const state = useApi(`sign-ins ${turn}`, (signal) => call<Page>(PATH, { signal }));
  const [more, setMore] = useState<{ turn: number; pages: Page[] }>({ turn, pages: [] });
  const [problem, setProblem] = useState<Problem | null>(null);
  const pages = more.turn === turn ? more.pages : [];
  const shown = state.data ? [state.data, ...pages] : [];
  const next = shown.at(-1)?.next;
  const load = async () => {
    try {
      setMore({ turn, pages: [...pages, await call<Page>(`${PATH}?before=${next}`)] });
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  return (
    <section className="account-part" aria-labelledby="account-history">
      <h2 id="account-history">{t('history')}</h2>
      {(problem ?? state.problem) && <RefusalPanel problem={(problem ?? state.problem) as Problem} />}
      <table className="history">
        <thead>
          <tr>
            {(['when', 'what', 'device'] as const).map((name) => (
              <th key={name} scope="col">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown
            .flatMap((page) => page.entries)
            .map((entry) => (
              <tr key={entry.id}>
                <td>
                  <time dateTime={entry.at}>{formatMoment(entry.at, { language })}</time>
                </td>
                <td>{t(`outcome.${entry.outcome}`)}</td>
                <td>
                  {entry.device ?? '—'} {entry.newDevice && <span className="badge">{t('newDevice')}</span>}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      {next && (
        <button type="button" onClick={() => void load()}>
          {t('historyMore')}
        </button>
      )}
    </section>
  );
}
