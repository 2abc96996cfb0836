import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import type { Centres } from './centres.tsx';
import { useCentreTexts } from './centre-texts.ts';
import { FindReceipt, Joinings } from './joinings.tsx';
import './centres.css';

type List = Reply<'/api/service-hall/intakes'>;
const VIEWS = ['coming', 'dispatch', 'sent', 'received'] as const;
const REFRESH_MS = 15_000;

/** Intakes on their way (收件流转): by the two hours that they have. */
export default function IntakesPage() {
  const { t, language, say } = useCentreTexts();
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const view = VIEWS.find((each) => each === search.get('view')) ?? 'coming';
  const list = useApi(`intakes ${view}`, (signal) => call<List>(`/api/service-hall/intakes?view=${view}`, { signal }), {
    refreshMs: REFRESH_MS,
  });
  const centres = useApi('centres', (signal) => call<Centres>('/api/service-hall/centres', { signal }));
  const { busy, problem, submit } = useSubmit(({ url, body }: { url: string; body?: object }, key) =>
    call<object>(url, { method: 'POST', ...(body && { body }), headers: key }),
  );
  const send = async (url: string, body?: object) => {
    await submit({ url, ...(body && { body }) });
    list.reload();
  };
  const centreName = (code: string) => say(centres.data?.centres.find((centre) => centre.code === code)?.title);
  return (
    <div className="hall-page" aria-busy={list.loading && !list.data}>
      <header className="dc-head">
        <h1>
          {t('intakes')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('intakesLead')}</p>
      </header>
      <Joinings mayDecide={me.kind === 'street-clerk'} centreName={centreName} />
      <div className="acts" role="group" aria-label={t('intakes')}>
        {VIEWS.map((each) => (
          <button type="button" key={each} aria-pressed={each === view} onClick={() => setSearch({ view: each })}>
            {t(`views.${each}`)}
            {list.data && ` ${list.data.counts[each]}`}
          </button>
        ))}
      </div>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {problem && <RefusalPanel problem={problem} />}
      {list.data?.intakes.length === 0 && <EmptyState title={t('noIntakes')} text={t('noIntakesText')} />}
      <ul className="hall-list">
        {list.data?.intakes.map(({ id, caseCode, title, centre, target, state, why, receivedAt, clock }) => (
          <li key={id}>
            <h2>
              {say(title)} <span className="badge">{t(`intakeStates.${state as 'to-hand-over'}`)}</span>
            </h2>
            <p className="soft hall-code">
              {caseCode} · {formatMoment(receivedAt, { language })}
            </p>
            <p>
              {t('from', { centre: centreName(centre) })}
              {target !== null && ` · ${t('to', { centre: centreName(target) })}`}
              {why !== null && ` · ${t(`why.${why as 'no-rule'}`)}`}
            </p>
            {clock && <Clock clock={clock} />}
            {state === 'to-hand-over' && view === 'coming' && me.kind === 'street-clerk' && (
              <div className="acts">
                <button
                  type="button"
                  className="primary"
                  disabled={busy}
                  onClick={() => void send(`/api/service-hall/intakes/${id}/take`)}
                >
                  {t('takeOver')}
                </button>
              </div>
            )}
            {state === 'to-dispatch' && centres.data && (
              <Dispatch
                centres={centres.data.centres}
                busy={busy}
                onAssign={(to) => void send(`/api/service-hall/intakes/${id}/assign`, { centre: to })}
              />
            )}
          </li>
        ))}
      </ul>
      <FindReceipt centreName={centreName} />
    </div>
  );
}

function Dispatch({
  centres,
  busy,
  onAssign,
}: {
  centres: Centres['centres'];
  busy: boolean;
  onAssign: (centre: string) => void;
}) {
  const { t, say } = useCentreTexts();
  const [centre, setCentre] = useState('');
  return (
    <div className="acts">
      <label>
        <span className="soft">{t('assignTo')} </span>
        <select value={centre} onChange={(event) => setCentre(event.target.value)}>
          <option value="">—</option>
          {centres.map(({ code, title }) => (
            <option key={code} value={code}>
              {say(title)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" disabled={busy || centre === ''} onClick={() => onAssign(centre)}>
        {t('assign')}
      </button>
    </div>
  );
}
