import { useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar } from '#web/design/as-of-bar.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { LevelMark, SignalHead, type Signal, TimeLeft } from './parts.tsx';
import { useEvaluationTexts } from './texts.ts';

type Wall = Reply<'/api/evaluation/wall'>;
/** A wall is looked at, not reloaded: a signal is on it within a minute of its moment. */
const LOOK_MS = 10_000;
const LEVELS = ['red', 'yellow', 'notice', 'blue'] as const;

/** The wall (在办监察): what moves by the time that is left, from which apps nothing is heard, and the latest signals. */
export default function WallPage() {
  const { t } = useEvaluationTexts();
  const [search, setSearch] = useSearchParams();
  const level = LEVELS.find((each) => each === search.get('level'));
  const show = search.get('show') === 'no-limit' ? 'no-limit' : 'time';
  const query = new URLSearchParams({ show, ...(level ? { level } : {}) }).toString();
  const wall = useApi(`wall ${query}`, (signal) => call<Wall>(`/api/evaluation/wall?${query}`, { signal }), {
    refreshMs: LOOK_MS,
  });
  const latest = useApi('signals', (signal) => call<{ signals: Signal[] }>('/api/evaluation/signals', { signal }), {
    refreshMs: LOOK_MS,
  });
  const { data } = wall;
  return (
    <div className="supervision" aria-busy={wall.loading}>
      <header>
        <h1>{t('wall')}</h1>
        <p className="soft">{t('wallLead')}</p>
      </header>
      {wall.problem && <RefusalPanel problem={wall.problem} onRetry={wall.reload} />}
      {data && <AsOfBar at={data.asOf} history={false} />}
      {data && <Feeds feeds={data.feeds} />}
      {data && (
        <div className="supervision-counts" role="group" aria-label={t('levelHead')}>
          {LEVELS.map((each) => (
            <button
              type="button"
              key={each}
              aria-pressed={level === each}
              onClick={() => setSearch(level === each ? { show } : { show, level: each })}
            >
              {t(`counts.${each}`)} <b>{data.counts[each]}</b>
            </button>
          ))}
          <button type="button" aria-pressed={show === 'time' && !level} onClick={() => setSearch({})}>
            {t('byTime')} <b>{data.counts.running + data.counts.stopped - data.counts.noLimit}</b>
          </button>
          <button type="button" aria-pressed={show === 'no-limit'} onClick={() => setSearch({ show: 'no-limit' })}>
            {t('withoutLimit')} <b>{data.counts.noLimit}</b>
          </button>
        </div>
      )}
      {data && data.steps.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      {data && data.steps.length > 0 && <Steps wall={data} />}
      {data?.more && <p className="notice">{t('more', { n: data.steps.length })}</p>}
      <section aria-labelledby="supervision-signals">
        <h2 id="supervision-signals">{t('signals')}</h2>
        {latest.data?.signals.length === 0 && <p className="soft">{t('noSignalsText')}</p>}
        <ul className="supervision-signals">
          {latest.data?.signals.slice(0, 20).map((signal) => (
            <li key={signal.id}>
              <SignalHead signal={signal} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** Apps by how they are heard. Silence is never green. */
function Feeds({ feeds }: { feeds: Wall['feeds'] }) {
  const { t, word, language } = useEvaluationTexts();
  return (
    <ul className="supervision-feeds" aria-label={t('feeds')}>
      {feeds.map(({ app, state, open, heardAt }) => (
        <li key={app} data-state={state}>
          <b>{word('apps', app)}</b> {t(`feed.${state}`)}
          <small>{t(`feedText.${state}`, { n: open, when: formatMoment(heardAt, { language }) })}</small>
        </li>
      ))}
    </ul>
  );
}

function Steps({ wall }: { wall: Wall }) {
  const { t, word } = useEvaluationTexts();
  const unitName = useUnitName();
  return (
    <div className="table is-stacked">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('levelHead')}</th>
            <th scope="col">{t('time')}</th>
            <th scope="col">{t('case')}</th>
            <th scope="col">{t('step')}</th>
            <th scope="col">{t('unit')}</th>
          </tr>
        </thead>
        <tbody>
          {wall.steps.map((step) => (
            <tr key={`${step.app} ${step.caseNo} ${step.step} ${step.startedAt}`}>
              <td data-label={t('levelHead')}>
                <LevelMark level={step.level} />
              </td>
              <td data-label={t('time')}>
                <TimeLeft {...step} now={wall.asOf} />
              </td>
              <td data-label={t('case')}>
                {step.caseNo}
                <small>{word('apps', step.app)}</small>
              </td>
              <td data-label={t('step')}>{word('steps', step.step, step.app)}</td>
              <td data-label={t('unit')}>{unitName(step.unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
