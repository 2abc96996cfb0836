import { useState } from 'react';
import { type ApiState, asProblem, call, type Problem } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatAge, formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useAccountTexts } from './texts.ts';

export type Sessions = Reply<'/api/identity/sessions'>;

/** Devices (登录设备): where the account is signed in, each with the act to end it. */
export function SessionsSection({ state, onChange }: { state: ApiState<Sessions>; onChange: () => void }) {
  const { t, language } = useAccountTexts();
  const [ended, setEnded] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const sessions = state.data?.sessions ?? [];
  const end = async (id: string) => {
    setBusy(true);
    setProblem(null);
    try {
      setEnded((await call<{ ended: number }>(`/api/identity/sessions/${id}`, { method: 'DELETE' })).ended);
      onChange();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    setBusy(false);
  };
  return (
    <section className="account-part" aria-labelledby="account-sessions">
      <h2 id="account-sessions">{t('sessions')}</h2>
      {(problem ?? state.problem) && <RefusalPanel problem={(problem ?? state.problem) as Problem} />}
      <ul className="devices">
        {sessions.map((session) => {
          const created = formatMoment(session.createdAt, { language });
          return (
            <li key={session.id}>
              <div>
                <b>{session.device}</b> {session.current && <span className="badge">{t('thisOne')}</span>}
                <p className="soft">{t('since', { created, seen: formatAge(session.seenAt, { language }) })}</p>
              </div>
              {!session.current && (
                <button
                  type="button"
                  disabled={busy}
                  aria-label={t('endNamed', { device: session.device, created })}
                  onClick={() => void end(session.id)}
                >
                  {t('end')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {sessions.length > 2 && (
        <button type="button" disabled={busy} onClick={() => void end('others')}>
          {t('endOthers')}
        </button>
      )}
      {ended !== null && <p role="status">{t('ended', { n: ended })}</p>}
    </section>
  );
}
