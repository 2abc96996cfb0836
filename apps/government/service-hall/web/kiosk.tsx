import { type FormEvent, useEffect, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { recall, remember } from '#web/shell/memory.ts';
import { useCentreTexts } from './centre-texts.ts';
import { useServerClock } from './use-server-clock.ts';
import './centres.css';

type Session = Reply<'/api/service-hall/kiosk-session', 'post'>;
type Taken = Reply<'/api/service-hall/kiosk-tickets', 'post', 201>;
const KEY = 'hall-kiosk';
/** A number stays on the screen for so long; then the next one may come. */
const SHOWN_MS = 12_000;
const REFRESH_MS = 60_000;

/** Kiosk (自助取号机): full screen, large targets, nobody signed in. Its secret is entered once and stays in this browser. */
export default function KioskPage() {
  const [token, setToken] = useState(() => recall(KEY) ?? '');
  return token === '' ? (
    <Start
      onToken={(entered) => {
        remember(KEY, entered);
        setToken(entered);
      }}
    />
  ) : (
    <Take
      token={token}
      onEnd={() => {
        remember(KEY, '');
        setToken('');
      }}
    />
  );
}

function Start({ onToken }: { onToken: (token: string) => void }) {
  const { t } = useCentreTexts();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = new FormData(event.currentTarget).get('token');
    if (typeof token === 'string') onToken(token.trim());
  };
  return (
    <div className="hall-page">
      <link rel="manifest" href="/kiosk.webmanifest" />
      <h1>{t('kiosk')}</h1>
      <p className="soft">{t('kioskNone')}</p>
      <form onSubmit={send}>
        <label>
          {t('kioskToken')}
          <input name="token" minLength={16} maxLength={64} autoComplete="off" required />
        </label>
        <button type="submit" className="primary">
          {t('kioskStart')}
        </button>
      </form>
    </div>
  );
}

function Take({ token, onEnd }: { token: string; onEnd: () => void }) {
  const { t, language, say } = useCentreTexts();
  const [priority, setPriority] = useState(false);
  const [taken, setTaken] = useState<Taken>();
  const session = useApi(
    'kiosk',
    (signal) => call<Session>('/api/service-hall/kiosk-session', { method: 'POST', body: { token }, signal }),
    { refreshMs: REFRESH_MS },
  );
  const { busy, problem, submit } = useSubmit((body: { token: string; family: string; priority: boolean }, key) =>
    call<Taken>('/api/service-hall/kiosk-tickets', { method: 'POST', body, headers: key }),
  );
  const clock = useServerClock(session.data?.at);
  useEffect(() => {
    if (!taken) return undefined;
    const timer = setTimeout(() => {
      setTaken(undefined);
      setPriority(false);
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [taken]);
  if (session.problem && !session.data)
    return (
      <div className="hall-full">
        <RefusalPanel problem={session.problem} onRetry={session.reload} />
        <button type="button" onClick={onEnd}>
          {t('kioskToken')}
        </button>
      </div>
    );
  const take = async (family: string) => setTaken(await submit({ token, family, priority }));
  return (
    <div className="hall-full hall-terminal">
      <link rel="manifest" href="/kiosk.webmanifest" />
      <header>
        <h1>{say(session.data?.title)}</h1>
        <time>{clock && formatMoment(clock, { language })}</time>
        <button type="button" className="quiet" onClick={() => void document.documentElement.requestFullscreen?.()}>
          {t('full')}
        </button>
      </header>
      {taken ? (
        <section className="hall-ticket" role="status">
          <p>{t('kioskNumber')}</p>
          <p className="hall-number">{taken.number}</p>
          <p>
            {t('ahead', { count: taken.ahead })}
            {taken.waitMinutes !== null && ` · ${t('waitMinutes', { n: taken.waitMinutes })}`}
          </p>
          <p className="soft">{t(taken.printed ? 'kioskPrinted' : 'kioskDone')}</p>
          <p className="hall-slip">
            {say(session.data?.title)}
            <br />
            {formatMoment(taken.at, { language })}
          </p>
          <div className="acts">
            {!taken.printed && (
              <button type="button" className="quiet" onClick={() => window.print()}>
                {t('kioskPrint')}
              </button>
            )}
            <button type="button" className="primary" onClick={() => setTaken(undefined)}>
              {t('kioskAgain')}
            </button>
          </div>
        </section>
      ) : (
        <>
          <h2>{t('kioskChoose')}</h2>
          <label className="choice">
            <input type="checkbox" checked={priority} onChange={(event) => setPriority(event.target.checked)} />
            {t('kioskPriority')}
          </label>
          {problem && <RefusalPanel problem={problem} />}
          <div className="hall-kiosk">
            {session.data?.families.map(({ code, title }) => (
              <button type="button" key={code} disabled={busy} onClick={() => void take(code)}>
                {say(title)}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
