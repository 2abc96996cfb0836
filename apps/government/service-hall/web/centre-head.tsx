import { useState } from 'react';
import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { CentreMap } from './centre-map.tsx';
import { CentreSetup } from './centre-setup.tsx';
import type { Centres } from './centres.tsx';
import { useCentreTexts } from './centre-texts.ts';
import { useRunTexts } from './run-texts.ts';
import './centres.css';

type Plan = Reply<'/api/service-hall/staffing'>;
const REFRESH_MS = 5_000;
const percent = (share: number) => `${Math.round(share * 100)} %`;

/** The head of a centre (大厅运行): all centres as they are now on the map and in the table, then what mine needs next, then how it is set up. */
export default function CentreHeadPage() {
  const { t, say } = useCentreTexts();
  const { t: run } = useRunTexts();
  const [selected, setSelected] = useState<string | null>(null);
  const list = useApi('centres', (signal) => call<Centres>('/api/service-hall/centres', { signal }), {
    refreshMs: REFRESH_MS,
  });
  const { centres = [], families = [] } = list.data ?? {};
  const chosen = centres.find(({ code }) => code === selected);
  return (
    <div className="hall-page" aria-busy={list.loading && !list.data}>
      <header className="dc-head">
        <h1>
          {t('head')} {centres.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('headLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      <div className="hall-split">
        <CentreMap centres={centres} selected={selected} onSelect={setSelected} />
        <section aria-label={t('centres')}>
          <p className="soft">{run('mapText')}</p>
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
                {centres.map((centre) => (
                  <Row
                    key={centre.code}
                    centre={centre}
                    chosen={centre.code === selected}
                    onChoose={() => setSelected(centre.code)}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </section>
      </div>
      {chosen && (
        <section aria-label={run('lines', { centre: say(chosen.title) })} aria-live="polite">
          <h2>{run('lines', { centre: say(chosen.title) })}</h2>
          <ul className="hall-figures">
            {chosen.lines.map(({ family, waiting, windowsOpen, waitMinutes }) => (
              <li key={family}>
                <b>{say(families.find(({ code }) => code === family)?.title)}</b>
                <span>{t('waiting', { n: waiting })}</span>
                <small className="soft">
                  {waitMinutes === null
                    ? t('waitUnknown')
                    : `${t('waitMinutes', { n: waitMinutes })} · ${run('windowsOf', { n: windowsOpen })}`}
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="soft">
        {run('feed', { path: 'GET /api/service-hall/centres' })}{' '}
        <Link to="/data/items/service-hall.waiting-time">{run('feedAct')}</Link>
      </p>
      <PlanPart />
      {list.data && <CentreSetup families={families} />}
    </div>
  );
}

function Row({
  centre,
  chosen,
  onChoose,
}: {
  centre: Centres['centres'][number];
  chosen: boolean;
  onChoose: () => void;
}) {
  const { t, say } = useCentreTexts();
  const { title, today, open, windows, windowsOpen, waiting, waitMinutes } = centre;
  return (
    <tr data-chosen={chosen}>
      <td data-label={t('centre')}>
        <button type="button" className="link" aria-pressed={chosen} onClick={onChoose}>
          {say(title)}
        </button>
      </td>
      <td data-label={t('colOpen')}>
        {open ? t('windows', { open: windowsOpen, all: windows }) : t(today ? 'closedNow' : 'closedToday')}
      </td>
      <td data-label={t('colWaiting')}>{open ? waiting : '—'}</td>
      <td data-label={t('colWait')}>
        {!open ? '—' : waitMinutes === null ? t('waitUnknown') : t('minutes', { n: waitMinutes })}
      </td>
    </tr>
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
          text={data.kind === 'off' ? t('planOff') : t('planNoneText')}
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
          <div className="table hall-narrow">
            <table aria-labelledby="hall-plan">
              <thead>
                <tr>
                  {(['half', 'arrivals', 'needed', 'planned', 'level'] as const).map((each) => (
                    <th key={each}>{t(each)}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.halves
                  .filter(({ arrivals }) => arrivals > 0)
                  .map(({ from, arrivals, needed, open, level }) => (
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
