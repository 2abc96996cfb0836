import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { Centres } from './centres.tsx';
import { useCentreTexts } from './centre-texts.ts';
import './centres.css';

type Plan = Reply<'/api/service-hall/staffing'>;
type Kiosk = Reply<'/api/service-hall/kiosks', 'post', 201>;
const REFRESH_MS = 5_000;
const percent = (share: number) => `${Math.round(share * 100)} %`;

/** The head of a centre (大厅运行): all centres as they are now, then what mine needs next. */
export default function CentreHeadPage() {
  const { t, say } = useCentreTexts();
  const list = useApi('centres', (signal) => call<Centres>('/api/service-hall/centres', { signal }), {
    refreshMs: REFRESH_MS,
  });
  const centres = list.data?.centres ?? [];
  return (
    <div className="hall-page" aria-busy={list.loading && !list.data}>
      <header className="dc-head">
        <h1>
          {t('head')} {centres.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('headLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      <div className="table is-stacked">
        <table aria-label={t('centres')}>
          <thead>
            <tr>
              {(['centre', 'colOpen', 'colWaiting', 'colWait'] as const).map((each) => (
                <th key={each}>{t(each)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {centres.map(({ code, title, today, open, windows, windowsOpen, waiting, waitMinutes }) => (
              <tr key={code}>
                <td data-label={t('centre')}>{say(title)}</td>
                <td data-label={t('colOpen')}>
                  {open ? t('windows', { open: windowsOpen, all: windows }) : t(today ? 'closedNow' : 'closedToday')}
                </td>
                <td data-label={t('colWaiting')}>{waiting}</td>
                <td data-label={t('colWait')}>
                  {waitMinutes === null ? t('waitUnknown') : t('waitMinutes', { n: waitMinutes })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="hall-split">
        <PlanPart />
        {list.data && <KioskPart centres={centres} />}
      </div>
    </div>
  );
}

/** What the plan says, half hour by half hour; what is missing is said first. */
function PlanPart() {
  const { t } = useCentreTexts();
  const [day, setDay] = useState('');
  const plan = useApi(`plan ${day}`, (signal) =>
    call<Plan>(`/api/service-hall/staffing${day ? `?day=${day}` : ''}`, { signal }),
  );
  const { data } = plan;
  return (
    <section aria-labelledby="hall-plan">
      <h2 id="hall-plan">{t('plan')}</h2>
      <label>
        {t('planDay')}{' '}
        <input type="date" value={day || (data?.day ?? '')} onChange={(event) => setDay(event.target.value)} />
      </label>
      {plan.problem && <RefusalPanel problem={plan.problem} onRetry={plan.reload} />}
      {data && data.halves.length === 0 && (
        <EmptyState
          title={data.kind === 'off' ? t('planKinds.off') : t('planNone')}
          text={data.kind === 'off' ? t('closedToday') : t('planNoneText')}
        />
      )}
      {data && data.halves.length > 0 && (
        <>
          <p>
            <b>{data.short > 0 ? t('planShort', { n: data.short }) : t('planEnough')}</b>
          </p>
          <p className="soft">
            {data.kind && t(`planKinds.${data.kind as 'ordinary'}`)} · {t('planBased', { n: data.basedOn })}
            {data.effect !== 1 && ` · ${t('planEffect', { n: data.effect.toFixed(2) })}`}
          </p>
          <p className="soft">
            {t('planTarget', { share: percent(data.target.share), n: data.target.minutes })}
            <br />
            {t('planPlayed', {
              share: percent(data.played.within),
              mean: data.played.meanWait.toFixed(1),
              p90: data.played.p90Wait.toFixed(0),
            })}
          </p>
          <div className="table is-stacked">
            <table aria-labelledby="hall-plan">
              <thead>
                <tr>
                  {(['half', 'arrivals', 'needed', 'planned', 'level'] as const).map((each) => (
                    <th key={each}>{t(each)}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.halves.map(({ from, arrivals, needed, open, level }) => (
                  <tr key={from}>
                    <td data-label={t('half')}>{from}</td>
                    <td data-label={t('arrivals')}>{arrivals.toFixed(1)}</td>
                    <td data-label={t('needed')}>{needed}</td>
                    <td data-label={t('planned')}>{open}</td>
                    <td data-label={t('level')}>{percent(level)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

function KioskPart({ centres }: { centres: Centres['centres'] }) {
  const { t, say } = useCentreTexts();
  const [made, setMade] = useState<Kiosk>();
  const { busy, problem, submit } = useSubmit((body: { centre: string; name: string }, key) =>
    call<Kiosk>('/api/service-hall/kiosks', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setMade(await submit({ centre: String(form.get('centre')), name: String(form.get('name')) }));
  };
  return (
    <section aria-labelledby="hall-kiosks">
      <h2 id="hall-kiosks">{t('kiosks')}</h2>
      <p className="soft">{t('kiosksText')}</p>
      <form onSubmit={(event) => void send(event)}>
        <label>
          {t('centre')}
          <select name="centre">
            {centres.map(({ code, title }) => (
              <option key={code} value={code}>
                {say(title)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('kioskName')}
          <input name="name" minLength={2} maxLength={60} required />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" disabled={busy}>
          {t('register')}
        </button>
      </form>
      {made && (
        <p role="status">
          {t('token')} <code className="hall-code">{made.token}</code>
        </p>
      )}
    </section>
  );
}
