import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useEvaluationTexts } from './texts.ts';
import './evaluation.css';

type Indicators = Reply<'/api/evaluation/indicators'>;
const LOOK_MS = 10_000;
const OPEN = ['red', 'yellow', 'notice', 'running', 'noLimit'] as const;
/** Every number leads to its rows. */
const WALL = {
  red: '?level=red',
  yellow: '?level=yellow',
  notice: '?level=notice',
  running: '',
  noLimit: '?show=no-limit',
};
const SHARES = ['onTime', 'conformity', 'upheld'] as const;

/** Supervision in the cockpit (监察态势): what is over its time now, the indicators of the quarter, and what cannot be seen. */
export default function CockpitPage() {
  const { t, word, language } = useEvaluationTexts();
  const { me } = useSession();
  const found = useApi('indicators', (signal) => call<Indicators>('/api/evaluation/indicators', { signal }), {
    refreshMs: LOOK_MS,
  });
  const { data } = found;
  const one = (value: number | null) => (value === null ? t('noData') : formatNumber(Math.round(value * 10) / 10));
  return (
    <div className="supervision supervision-cockpit" aria-busy={found.loading}>
      <header>
        <h1>
          {t('cockpit')} {data && <small className="soft">{data.quarter}</small>} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('cockpitLead')}</p>
      </header>
      {found.problem && <RefusalPanel problem={found.problem} onRetry={found.reload} />}
      {data && (
        <>
          <AsOfBar at={data.asOf} history={false} />
          <ul className="supervision-tiles" aria-label={t('openHead')}>
            {OPEN.map((level) => (
              <li key={level} data-level={data.open[level] > 0 ? level : 'none'}>
                <Link to={`/gov/supervision${WALL[level]}`}>
                  <b>{formatNumber(data.open[level])}</b>
                  <span>{t(`counts.${level}`)}</span>
                </Link>
              </li>
            ))}
          </ul>
          <dl className="supervision-tiles" aria-label={t('quarterHead')}>
            {SHARES.map((share) => (
              <div key={share}>
                <dd>
                  {one(data[share])} {data[share] !== null && <small>%</small>}
                </dd>
                <dt>{t(`indicator.${share}`)}</dt>
              </div>
            ))}
            <div>
              <dd>{one(data.signalsPerThousand)}</dd>
              <dt>{t('indicator.signalsPerThousand')}</dt>
            </div>
            <div>
              <dd>{one(data.handlingDays)}</dd>
              <dt>{t('indicator.handlingDays')}</dt>
            </div>
            <div>
              <dd>{one(data.blindHours)}</dd>
              <dt>{t('indicator.blindHours')}</dt>
            </div>
          </dl>
          <p className="soft">{t('behind', { done: formatNumber(data.done), cases: formatNumber(data.cases) })}</p>
          <ul className="supervision-feeds" aria-label={t('feed.blind')}>
            {data.blind.map(({ app, heardAt, open }) => (
              <li key={app} data-state="blind">
                <b>{word('apps', app)}</b> {t('feed.blind')}
                <small>{t('feedText.blind', { n: open, when: formatMoment(heardAt, { language }) })}</small>
              </li>
            ))}
          </ul>
          {data.blind.length === 0 && <p className="soft">{t('allHeard')}</p>}
        </>
      )}
    </div>
  );
}
