import { useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useCentreTexts } from './centre-texts.ts';
import { useRunTexts } from './run-texts.ts';
import './centres.css';

type Queue = Reply<'/api/service-hall/queue'>;
type Ticket = NonNullable<Queue['current']>;
const REFRESH_MS = 3_000;

/** Calling panel of a window (窗口叫号): one act at a time, the next one always the large button. */
export default function QueuePage() {
  const { t, language, say } = useCentreTexts();
  const { me } = useSession();
  const queue = useApi('queue', (signal) => call<Queue>('/api/service-hall/queue', { signal }), {
    refreshMs: REFRESH_MS,
  });
  const { data } = queue;
  const act = useSubmit(({ url, body }: { url: string; body?: object }, key) =>
    call(url, { method: 'POST', ...(body && { body }), headers: key }),
  );
  const send = async (url: string, body?: object) => {
    await act.submit({ url, ...(body && { body }) });
    queue.reload();
  };
  const nameOf = (code: string) => say(data?.families.find((family) => family.code === code)?.title) || code;
  const centre = data?.centres.find(({ code }) => code === data.seat?.centre);
  return (
    <div className="hall-page" aria-busy={queue.loading && !data}>
      <header className="dc-head">
        <h1>
          {t('queue')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('queueLead')}</p>
      </header>
      {queue.problem && <RefusalPanel problem={queue.problem} onRetry={queue.reload} />}
      {act.problem && <RefusalPanel problem={act.problem} />}
      {data && !data.seat && (
        <Seats centres={data.centres} busy={act.busy} onSit={(url) => void send(url, { sit: true })} />
      )}
      {data?.seat && (
        <>
          <p>
            <b>{t('atWindow', { centre: say(centre?.title), n: data.seat.no })}</b>{' '}
            <span className="soft">
              {data.seat.skills.length > 0
                ? t('skills', { list: data.seat.skills.map(nameOf).join('、') })
                : t('noSkills')}
            </span>{' '}
            <button
              type="button"
              disabled={act.busy || data.current !== null}
              onClick={() =>
                void send(`/api/service-hall/centres/${data.seat?.centre}/windows/${data.seat?.no}/seat`, {
                  sit: false,
                })
              }
            >
              {t('stand')}
            </button>
          </p>
          <div className="hall-desk">
            <div>
              <Current
                ticket={data.current}
                families={data.families.filter(({ code }) => !data.seat?.skills.includes(code))}
                busy={act.busy}
                waits={data.next.length > 0}
                onAct={(body) => void send(`/api/service-hall/tickets/${data.current?.id}/acts`, body)}
                onCall={() => void send('/api/service-hall/queue/call')}
              />
              {data.passed.length > 0 && (
                <section aria-labelledby="hall-passed">
                  <h2 id="hall-passed">{t('passedList')}</h2>
                  <ul className="hall-list">
                    {data.passed.map((ticket) => (
                      <li key={ticket.id}>
                        <b>{ticket.number}</b>
                        <div className="acts">
                          <button
                            type="button"
                            disabled={act.busy}
                            onClick={() => void send(`/api/service-hall/tickets/${ticket.id}/acts`, { act: 'back' })}
                          >
                            {t('back')}
                          </button>
                        </div>
                      </li>
                    ))}
                  </ul>
                </section>
              )}
            </div>
            <aside aria-labelledby="hall-next">
              <h2 id="hall-next">{t('upNext')}</h2>
              <p className="soft">{t('hallWaiting', { n: data.waiting })}</p>
              <ol className="hall-list">
                {data.next.map(({ family, since, priority }) => (
                  <li key={`${family} ${since}`}>
                    <span>
                      {nameOf(family)} {priority && <span className="badge">{t('isPriority')}</span>}
                    </span>
                    <small className="soft">{t('since', { when: formatMoment(since, { language }) })}</small>
                  </li>
                ))}
              </ol>
            </aside>
          </div>
        </>
      )}
    </div>
  );
}

function Seats({ centres, busy, onSit }: { centres: Queue['centres']; busy: boolean; onSit: (url: string) => void }) {
  const { t, say } = useCentreTexts();
  return (
    <section aria-labelledby="hall-seats">
      <h2 id="hall-seats">{t('chooseWindow')}</h2>
      {centres.map(({ code, title, windows }) => (
        <div key={code}>
          <h3>{say(title)}</h3>
          <div className="hall-windows">
            {windows.map(({ no, clerkName }) => (
              <button
                type="button"
                key={no}
                disabled={busy || clerkName !== null}
                onClick={() => onSit(`/api/service-hall/centres/${code}/windows/${no}/seat`)}
              >
                {clerkName === null ? t('sit', { n: no }) : t('taken', { n: no, name: clerkName })}
              </button>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

/** Whoever is at the window, and what can be done now. */
function Current({
  ticket,
  families,
  busy,
  waits,
  onAct,
  onCall,
}: {
  ticket: Ticket | null;
  families: Queue['families'];
  busy: boolean;
  waits: boolean;
  onAct: (body: { act: string; family?: string }) => void;
  onCall: () => void;
}) {
  const { t, language, say } = useCentreTexts();
  const [family, setFamily] = useState('');
  if (!ticket)
    return (
      <section className="hall-current">
        <EmptyState
          title={t('empty')}
          text={t('emptyText')}
          act={
            <button type="button" className="primary" disabled={busy || !waits} onClick={onCall}>
              {t('call')}
            </button>
          }
        />
      </section>
    );
  const acts = ticket.state === 'called' ? (['serve', 'recall', 'pass'] as const) : (['finish'] as const);
  return (
    <section className="hall-current" aria-label={t('current')}>
      <p className="hall-number" aria-live="polite">
        {ticket.number}
      </p>
      <p className="soft">
        {t(`states.${ticket.state as 'called'}`)} · {t('since', { when: formatMoment(ticket.since, { language }) })}
        {ticket.calls > 1 && ` · ${t('callsNo', { n: ticket.calls })}`}
      </p>
      <div className="acts">
        {acts.map((act, at) => (
          <button
            type="button"
            key={act}
            className={at === 0 ? 'primary' : undefined}
            disabled={busy}
            onClick={() => onAct({ act })}
          >
            {t(act)}
          </button>
        ))}
        <PrintTicket id={ticket.id} />
      </div>
      <div className="acts">
        <label>
          <span className="soft">{t('transferTo')} </span>
          <select value={family} onChange={(event) => setFamily(event.target.value)}>
            <option value="">—</option>
            {families.map(({ code, title }) => (
              <option key={code} value={code}>
                {say(title)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={busy || family === ''} onClick={() => onAct({ act: 'transfer', family })}>
          {t('transfer')}
        </button>
      </div>
    </section>
  );
}

/** Prints the number again for who has lost the slip; where no printer stands at the desk the browser does. */
function PrintTicket({ id }: { id: string }) {
  const { t } = useRunTexts();
  const [sent, setSent] = useState(false);
  const { busy, problem, submit } = useSubmit((ticket: string, key) =>
    call<{ sent: boolean }>(`/api/service-hall/tickets/${ticket}/print`, { method: 'POST', headers: key }),
  );
  const print = async () => {
    const answer = await submit(id);
    if (answer?.sent === false) window.print();
    setSent(answer?.sent === true);
  };
  return (
    <>
      <button type="button" className="quiet" disabled={busy} onClick={() => void print()}>
        {t('print')}
      </button>
      <span role="status" className="soft">
        {sent && t('printSent')}
      </span>
      {problem && <RefusalPanel problem={problem} />}
    </>
  );
}
