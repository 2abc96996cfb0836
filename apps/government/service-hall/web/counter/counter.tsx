import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { type CounterText, useCounterTexts } from './counter-texts.ts';
import { DeskForm } from './desk-form.tsx';
import { Identity } from './desk-identity.tsx';
import { PersonPanel } from './desk-person.tsx';
import { Confirmation, SentPanel } from './desk-send.tsx';
import { type Counter, type Sent, type Session, sessionPath } from './shapes.ts';
import '../hall.css';
import './counter.css';

const REFRESH_MS = 1_000;

/** Comprehensive window (综窗): card read → the person; left what they come for, right the form that is filled in already; nothing is sent that they have not confirmed. */
export default function CounterPage() {
  const { t } = useCounterTexts();
  const counter = useApi('counter', (signal) => call<Counter>('/api/service-hall/counter', { signal }), {
    refreshMs: REFRESH_MS,
  });
  const { data } = counter;
  const act = useSubmit(({ url, body }: { url: string; body?: object }, key) =>
    call(url, { method: 'POST', ...(body && { body }), headers: key }),
  );
  const post = async (url: string, body?: object) => {
    await act.submit({ url, ...(body && { body }) });
    counter.reload();
  };
  const session = data?.session ?? null;
  return (
    <div className="desk" aria-busy={counter.loading && !data}>
      <Head counter={data} busy={act.busy} onEnd={() => session && void post(sessionPath(session.id, 'end'))} />
      {counter.problem && <RefusalPanel problem={counter.problem} onRetry={counter.reload} />}
      {act.problem && <RefusalPanel problem={act.problem} />}
      {data?.colleagues.map((asking) => (
        <section key={asking.id} className="desk-panel" data-tone="soon" aria-label={t('officer')}>
          <p>{t('colleague', { n: asking.window, name: asking.clerkName, person: asking.name })}</p>
          <div className="acts">
            {([true, false] as const).map((same) => (
              <button
                type="button"
                key={String(same)}
                className={same ? 'primary' : undefined}
                disabled={act.busy}
                onClick={() => void post(sessionPath(asking.id, 'vouch'), { same })}
              >
                {t(same ? 'vouchSame' : 'vouchDiffers')}
              </button>
            ))}
          </div>
        </section>
      ))}
      {data && !data.seat && (
        <EmptyState
          title={t('noSeat')}
          text={t('noSeatText')}
          act={
            <Link className="primary" to="/gov/queue">
              {t('toQueue')}
            </Link>
          }
        />
      )}
      {data?.seat && !session && (
        <section className="desk-panel">
          <EmptyState
            title={t('empty')}
            text={t('emptyText')}
            act={
              <button
                type="button"
                className="primary"
                disabled={act.busy}
                onClick={() => void post('/api/service-hall/counter/sessions')}
              >
                {t('begin')}
              </button>
            }
          />
        </section>
      )}
      {data && session && <Visit key={session.id} counter={data} session={session} reload={counter.reload} />}
    </div>
  );
}

/** One visit (一次办理), from the card to the receipt. */
function Visit({ counter, session, reload }: { counter: Counter; session: Session; reload: () => void }) {
  const { t } = useCounterTexts();
  const [sent, setSent] = useState<Sent | null>(null);
  const { step, draft } = session;
  const known = step.identified && step.consented;
  return (
    <>
      <Steps session={session} />
      {step.state === 'sent' && (
        <SentPanel counter={counter} session={session} sent={sent} onSent={setSent} reload={reload} />
      )}
      {step.state !== 'sent' && !step.identified && <Identity counter={counter} session={session} reload={reload} />}
      {step.state !== 'sent' && step.identified && !step.consented && (
        <section className="desk-panel" data-tone="soon" role="status">
          <h2>{t('waitConsent')}</h2>
          <p>{t('waitConsentText')}</p>
        </section>
      )}
      {step.state !== 'sent' && known && (
        <div className="desk-split">
          <PersonPanel counter={counter} session={session} reload={reload} />
          <div>
            {['asked', 'confirmed', 'sending'].includes(step.state) ? (
              <Confirmation session={session} onSent={setSent} reload={reload} />
            ) : draft ? (
              <DeskForm counter={counter} session={session} draft={draft} reload={reload} />
            ) : (
              <section className="desk-panel">
                <EmptyState title={t('asked')} text={t('chooseText')} />
              </section>
            )}
          </div>
        </div>
      )}
    </>
  );
}

function Steps({ session }: { session: Session }) {
  const { t } = useCounterTexts();
  const { step, draft } = session;
  const done: [CounterText, boolean][] = [
    ['stepIdentity', step.identified],
    ['stepConsent', step.consented],
    ['stepItem', draft !== null],
    ['stepForm', step.state !== 'open'],
    ['stepConfirm', step.confirmedBy !== null],
    ['stepSend', step.state === 'sent'],
  ];
  const now = done.findIndex(([, is]) => !is);
  return (
    <ol className="desk-steps" aria-label={t('steps')}>
      {done.map(([name, is], at) => (
        <li key={name} data-state={is ? 'done' : undefined} aria-current={at === now ? 'step' : undefined}>
          {t(name)}
        </li>
      ))}
    </ol>
  );
}

function Head({ counter, busy, onEnd }: { counter: Counter | undefined; busy: boolean; onEnd: () => void }) {
  const { t, say } = useCounterTexts();
  const seat = counter?.seat;
  const device = counter?.device;
  return (
    <header className="desk-head">
      <h1>{t('title')}</h1>
      {seat && (
        <>
          <b>{t('at', { centre: say(seat.title), n: seat.no })}</b>
          <span className="soft">
            {counter.ticket ? t('ticket', { number: counter.ticket.number }) : t('noTicket')}
          </span>
          <span className="soft">
            {device ? device.model : t('noDevice')}{' '}
            {device?.simulated && <span className="badge badge-sample">{t('simulated')}</span>}
          </span>
          <div className="acts">
            <Pairing paired={counter.screen} />
            {counter.session && counter.session.step.state !== 'sent' && (
              <button type="button" disabled={busy || counter.session.step.state === 'sending'} onClick={onEnd}>
                {t('end')}
              </button>
            )}
          </div>
        </>
      )}
    </header>
  );
}

/** Pairing of the second screen: a code that is shown here and typed there. */
function Pairing({ paired }: { paired: boolean }) {
  const { t } = useCounterTexts();
  const [code, setCode] = useState<string | null>(null);
  const make = useSubmit((_: object, key) =>
    call<{ code: string }>('/api/service-hall/counter/screen-codes', { method: 'POST', headers: key }),
  );
  // The code has done its work.
  useEffect(() => {
    if (paired) setCode(null);
  }, [paired]);
  const show = async () => setCode((await make.submit({ at: Date.now() }))?.code ?? null);
  return (
    <>
      <span className="badge">{t(paired ? 'screenOn' : 'screenOff')}</span>
      <button type="button" className={paired ? 'quiet' : undefined} disabled={make.busy} onClick={() => void show()}>
        {t('pair')}
      </button>
      {code && (
        <span role="status" className="desk-panel">
          <span>
            {t('pairText')} <b className="desk-code">{code}</b>
          </span>
          <small className="soft">
            {t('pairUntil')} ·{' '}
            <a href="/citizen/second-screen" target="_blank" rel="noreferrer">
              {t('openScreen')}
            </a>{' '}
            <button type="button" className="quiet" onClick={() => setCode(null)}>
              ✓
            </button>
          </small>
        </span>
      )}
      {make.problem && <RefusalPanel problem={make.problem} />}
    </>
  );
}
