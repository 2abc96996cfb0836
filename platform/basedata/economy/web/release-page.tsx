import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { HeadlineCards, type HeadlineLine } from './headlines.tsx';
import { Countdown, Growth, Tabs } from './parts.tsx';
import { useEconomyTexts, usePeriodWords } from './texts.ts';
import './economy.css';

/** A release as a one-page briefing draft (一页简报): sentences to copy, headline figures, what was revised; numbers open their rows. */
export default function ReleasePage() {
  const { t, language, say } = useEconomyTexts();
  const words = usePeriodWords();
  const { id = '' } = useParams();
  const state = useApi(`economy-release ${id}`, (signal) =>
    read(api.GET('/api/economy/releases/{id}', { params: { path: { id } }, signal })),
  );
  const [copied, setCopied] = useState(false);
  const data = state.data;
  // The calendar is open to everybody: it says when the figures come.
  const calendar = useApi(state.problem?.code === 'EMBARGOED' ? 'economy-releases' : null, (signal) =>
    read(api.GET('/api/economy/releases', { signal })),
  );
  const until = calendar.data?.releases.find((r) => r.id === id)?.embargoUntil;
  const sentence = (line: HeadlineLine): string =>
    t('sentence', {
      title: say(line.title),
      period: words(line.period, line.accumulation),
      value: line.value === null ? '—' : formatNumber(line.value, { language, digits: line.decimals }),
      unit: say(line.unit),
      direction: t((line.growth ?? 0) > 0 ? 'up' : (line.growth ?? 0) < 0 ? 'down' : 'flat'),
      growth: formatNumber(Math.abs(line.growth ?? 0), { language, digits: 1 }),
    });
  const number = (value: number, digits: number): string => formatNumber(value, { language, digits });
  return (
    <div className="ec ec-brief">
      <Tabs />
      {state.problem && (
        <>
          <RefusalPanel problem={state.problem} onRetry={state.reload} />
          {until && (
            <aside className="ec-embargo" aria-label={t('embargo')}>
              <b>{t('embargo')}</b>
              <Countdown until={until} serverNow={calendar.data?.now ?? ''} onDue={state.reload} />
            </aside>
          )}
        </>
      )}
      {data && (
        <>
          <header className="ec-head">
            <h1>
              {say(data.title)} <small className="soft">{t('briefing')}</small>{' '}
              {data.badge === 'sample' && <SampleBadge />}
            </h1>
            {data.state === 'published' ? (
              <p className="soft">
                {t('briefingLead', {
                  period: words(data.period),
                  at: formatMoment(data.publishedAt, { language }),
                })}
              </p>
            ) : (
              <p className="ec-embargo">
                <b>{t('draft')}</b>
                <span>
                  {t('embargoText', { title: say(data.title), at: formatMoment(data.embargoUntil, { language }) })}
                </span>
              </p>
            )}
          </header>
          {data.headlines.length > 0 && (
            <>
              <p className="ec-text">{data.headlines.map(sentence).join(language === 'zh' ? '' : ' ')}</p>
              <p>
                <button
                  type="button"
                  onClick={() =>
                    void navigator.clipboard
                      ?.writeText(data.headlines.map(sentence).join(''))
                      .then(() => setCopied(true))
                  }
                >
                  {t('copy')}
                </button>{' '}
                <span role="status">{copied && t('copied')}</span>
              </p>
              <section className="ec-section">
                <h2>
                  {t('latest')} <small>{t('revisedCount', { n: data.revised })}</small>
                </h2>
                <HeadlineCards lines={data.headlines} />
              </section>
            </>
          )}
          {(data.analysis.activity || data.analysis.nowcast || data.analysis.hidden) && (
            <section className="ec-section">
              <h2>{t('activity')}</h2>
              {data.analysis.activity && (
                <p>
                  {t('activityNow', {
                    value: number(data.analysis.activity.value, 1),
                    before: data.analysis.activity.before === null ? '—' : number(data.analysis.activity.before, 1),
                  })}
                </p>
              )}
              <h3>{t('nowcast')}</h3>
              {data.analysis.nowcast && (
                <p>
                  {t('nowcastText', {
                    period: words(data.analysis.nowcast.period),
                    growth: number(data.analysis.nowcast.growth, 1),
                    n: data.analysis.nowcast.origins,
                    mape: number(data.analysis.nowcast.mape, 2),
                    naive: number(data.analysis.nowcast.naive, 2),
                  })}
                </p>
              )}
              {data.analysis.hidden && (
                <p className="soft">
                  {t('nowcastHidden', {
                    mape: number(data.analysis.hidden.mape, 2),
                    naive: number(data.analysis.hidden.naive, 2),
                  })}
                </p>
              )}
            </section>
          )}
          {data.others.length > 0 && (
            <section className="ec-section">
              <h2>{t('others')}</h2>
              <div className="table table-scroll" tabIndex={0} role="region" aria-label={t('others')}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('column.series')}</th>
                      <th scope="col">{t('column.period')}</th>
                      <th scope="col" className="is-number">
                        {t('column.value')}
                      </th>
                      <th scope="col" className="is-number">
                        {t('column.growth')}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.others.map((line) => (
                      <tr key={line.series}>
                        <th scope="row">
                          <Link to={`/data/economy/series/${encodeURIComponent(line.series)}`}>{say(line.title)}</Link>{' '}
                          <small className="soft">{say(line.unit)}</small>
                        </th>
                        <td>{words(line.period, line.accumulation)}</td>
                        <td className="is-number">
                          {line.value === null ? '—' : number(line.value, line.decimals)}
                          {line.status !== 'A' && <small className="soft"> {t(`status.${line.status}`)}</small>}
                        </td>
                        <td className="is-number">
                          <Growth value={line.growth} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </section>
          )}
        </>
      )}
    </div>
  );
}
