import { type FormEvent, Fragment } from 'react';
import { Link, useParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { LevelMark } from './parts.tsx';
import { useSignalTexts } from './texts.ts';

type Shown = Reply<'/api/signal/alerts/{id}'>;
const LOOK_MS = 2_000;

/** One alert (预警详情): what it is, the ladder, who was told what and when, and how it ended. */
export default function AlertPage() {
  const { id = '' } = useParams();
  const { t, language } = useSignalTexts();
  const state = useApi(`alert ${id}`, (signal) => call<Shown>(`/api/signal/alerts/${id}`, { signal }), {
    refreshMs: LOOK_MS,
  });
  const act = useSubmit(({ path, body }: { path: string; body?: unknown }) =>
    call(`/api/signal/alerts/${id}/${path}`, { method: 'PUT', ...(body ? { body } : {}) }),
  );
  const run = (path: string, body?: unknown) => void act.submit({ path, body }).then(state.reload);
  const { data } = state;
  const problem = act.problem ?? state.problem;
  return (
    <div className="signal" aria-busy={state.loading}>
      <p>
        <Link to="/gov/alerts">{t('back')}</Link>
      </p>
      {problem && <RefusalPanel problem={problem} onRetry={state.reload} />}
      {data && (
        <>
          <header>
            <h1>{data.alert.title[language]}</h1>
            <p>
              <LevelMark level={data.alert.level} /> <b>{t(`state.${data.alert.state as 'open'}`)}</b>{' '}
              {data.alert.sample && <SampleBadge />}
              {data.alert.clearedAt && t('cleared')}
            </p>
          </header>
          <Facts alert={data.alert} />
          {data.alert.state === 'open' && (
            <button type="button" className="primary" disabled={act.busy} onClick={() => run('acknowledged')}>
              {t('acknowledge')}
            </button>
          )}
          <Ladder shown={data} />
          <History shown={data} />
          <Deliveries shown={data} />
          {data.behind.length > 0 && (
            <section>
              <h2>{t('behindThis')}</h2>
              <ul>
                {data.behind.map((alert) => (
                  <li key={alert.id}>
                    <Link to={`/gov/alerts/${alert.id}`}>{alert.title[language]}</Link> {alert.subject}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {data.alert.state !== 'closed' && <CloseForm busy={act.busy} onClose={(note) => run('closed', { note })} />}
        </>
      )}
    </div>
  );
}

function Facts({ alert }: { alert: Shown['alert'] }) {
  const { t, language } = useSignalTexts();
  const unitName = useUnitName();
  const facts: [string, string | null][] = [
    [t('raised'), `${formatMoment(alert.raisedAt, { language })} · ${alert.number}`],
    [t('subject'), alert.subject],
    [t('source'), alert.source],
    [t('unit'), unitName(alert.unit)],
    [t('value'), alert.value === null ? null : String(alert.value)],
    [t('place'), alert.lat === null || alert.lon === null ? null : `${alert.lat.toFixed(5)}, ${alert.lon.toFixed(5)}`],
    [t('note'), alert.note],
    [t('closeNote'), alert.closedNote],
  ];
  return (
    <dl>
      {facts.map(([name, value]) =>
        value === null || value === '' ? null : (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ),
      )}
    </dl>
  );
}

function Ladder({ shown: { alert, ladder } }: { shown: Shown }) {
  const { t, language } = useSignalTexts();
  return (
    <section>
      <h2>{t('ladder')}</h2>
      <ol className="signal-ladder">
        {ladder.map((step, at) => (
          <li key={step.role} data-told={at < alert.step}>
            <b>{t(`role.${step.role as 'duty-officer'}`)}</b> {at < alert.step ? t('told') : t('notTold')}
            <small>{t('minutes', { n: step.minutes })}</small>
          </li>
        ))}
      </ol>
      {alert.nextStepAt && alert.step > 0 && (
        <p className="soft">{t('nextStep', { when: formatMoment(alert.nextStepAt, { language }) })}</p>
      )}
    </section>
  );
}

function History({ shown: { entries } }: { shown: Shown }) {
  const { t, language } = useSignalTexts();
  return (
    <section>
      <h2>{t('history')}</h2>
      <ol className="signal-history">
        {entries.map((entry, at) => (
          <li key={`${entry.at} ${at}`}>
            {t(`entry.${entry.what as 'told'}`, {
              step: entry.step ?? '',
              who: entry.name ?? entry.account ?? '',
              note: entry.note ?? '',
            })}
            <small>{formatMoment(entry.at, { language })}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Deliveries({ shown: { deliveries } }: { shown: Shown }) {
  const { t, language } = useSignalTexts();
  return (
    <section>
      <h2>{t('deliveries')}</h2>
      {deliveries.length === 0 && <p className="soft">{t('noDeliveries')}</p>}
      <ul>
        {deliveries.map((each) => (
          <li key={`${each.account} ${each.step} ${each.channel}`}>
            {each.account} · {t(`channel.${each.channel as 'email'}`)} · {t(`delivery.${each.state as 'sent'}`)} ·{' '}
            {formatMoment(each.at, { language })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function CloseForm({ busy, onClose }: { busy: boolean; onClose: (note: string) => void }) {
  const { t } = useSignalTexts();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onClose(String(new FormData(event.currentTarget).get('note') ?? '').trim());
  };
  return (
    <form onSubmit={send}>
      <label>
        {t('closeNote')}
        <textarea name="note" required minLength={2} maxLength={500} rows={3} />
      </label>
      <button type="submit" disabled={busy}>
        {t('close')}
      </button>
    </form>
  );
}
