import { useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { Act, ExerciseMark, State } from './ops-parts.tsx';
import { useOpsTexts } from './ops-texts.ts';

const LOOK_MS = 2_000;
const SPEEDS = [1, 5, 10, 30, 60];
const NEXT: Readonly<Record<string, readonly ('pause' | 'resume' | 'stop')[]>> = {
  running: ['pause', 'stop'],
  paused: ['resume', 'stop'],
};

/** Exercises (演练): the scripts of the district, and what runs. */
export default function ExercisesPage() {
  const { t, language } = useOpsTexts();
  const [speed, setSpeed] = useState(60);
  const list = useApi(
    'ops exercises',
    (signal) => call<Reply<'/api/ops/exercises'>>('/api/ops/exercises', { signal }),
    { refreshMs: LOOK_MS },
  );
  const { busy, problem, submit } = useSubmit((scenario: string, key) =>
    call('/api/ops/exercises', { method: 'POST', body: { scenario, speed }, headers: key }),
  );
  const titles = new Map((list.data?.scenarios ?? []).map(({ id, title }) => [id, title[language]]));
  return (
    <div className="ops-page">
      <header>
        <h1>
          {t('exercises')} <ExerciseMark />
        </h1>
        <p className="soft">{t('exercisesLead')}</p>
        <p>
          <Link to="/ops/incidents">{t('toIncidents')}</Link>
        </p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {problem && <RefusalPanel problem={problem} />}
      <div className="ops-split">
        <section aria-label={t('scenarios')}>
          <h2>
            {t('scenarios')} <SampleBadge />
          </h2>
          <label className="choice">
            {t('speed')}
            <select value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
              {SPEEDS.map((each) => (
                <option key={each} value={each}>
                  {each}×
                </option>
              ))}
            </select>
          </label>
          <ul className="ops-list">
            {list.data?.scenarios.map((scenario) => (
              <li key={scenario.id} className="ops-card">
                <b>{scenario.title[language]}</b>
                <p>{scenario.summary[language]}</p>
                <div className="ops-row">
                  <span className="soft">{t('seconds', { n: Math.ceil(scenario.seconds / 60) })}</span>
                  <button
                    type="button"
                    disabled={busy}
                    aria-label={`${t('start')} ${scenario.title[language]}`}
                    onClick={async () => {
                      if ((await submit(scenario.id)) !== undefined) list.reload();
                    }}
                  >
                    {t('start')}
                  </button>
                </div>
              </li>
            ))}
          </ul>
        </section>
        <section aria-label={t('runs')}>
          <h2>{t('runs')}</h2>
          <ul className="ops-list">
            {list.data?.runs.map((run) => (
              <li key={run.id} className="ops-card">
                <div className="ops-row">
                  <b>{titles.get(run.scenario) ?? run.scenario}</b> <State state={run.state} />
                </div>
                <span className="soft">
                  {formatMoment(run.startedAt, { language })} · {run.startedName} · {run.speed}× ·{' '}
                  {t('progress', { n: run.played, of: run.steps })}
                </span>
                <div className="ops-row">
                  {(NEXT[run.state] ?? []).map((act) => (
                    <Act
                      key={act}
                      url={`/api/ops/exercises/${run.id}/${act}`}
                      text={t(`acts.${act}`)}
                      onDone={list.reload}
                    />
                  ))}
                </div>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}
