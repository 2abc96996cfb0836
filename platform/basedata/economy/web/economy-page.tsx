import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { Chart, Spark } from './chart.tsx';
import { EmbargoBanner } from './embargo.tsx';
import { HeadlineCards } from './headlines.tsx';
import { Growth, Tabs } from './parts.tsx';
import { useEconomyTexts, usePeriodWords } from './texts.ts';
import './economy.css';

type Indicator = Reply<'/api/economy/indicators'>['indicators'][number];

/** Macro-economy (宏观经济库): search and tree first; the newest figures until an indicator is chosen. */
export default function EconomyPage() {
  const { t, language } = useEconomyTexts();
  const [search, setSearch] = useSearchParams();
  const q = search.get('q') ?? '';
  const [words, setWords] = useState(q);
  useEffect(() => {
    if (words.trim() === q) return;
    const wait = setTimeout(
      () =>
        setSearch(
          (old) => {
            if (words.trim()) old.set('q', words.trim());
            else old.delete('q');
            return old;
          },
          { replace: true },
        ),
      200,
    );
    return () => clearTimeout(wait);
  }, [words, q, setSearch]);
  const tree = useApi(`economy-tree ${q}`, (signal) =>
    read(api.GET('/api/economy/indicators', { params: { query: q ? { q } : {} }, signal })),
  );
  const chosen = search.get('indicator');
  const data = tree.data;
  return (
    <div className="ec">
      <header className="ec-head">
        <h1>
          {t('title')} {data?.badge === 'sample' && <SampleBadge />}
        </h1>
        {data && (
          <p className="soft">
            {t('lead', { n: data.series, at: data.publishedAt ? formatMoment(data.publishedAt, { language }) : '—' })}
          </p>
        )}
        <search className="ec-search">
          <input
            type="search"
            aria-label={t('search')}
            placeholder={t('placeholder')}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            autoComplete="off"
          />
        </search>
      </header>
      <Tabs />
      {tree.problem && <RefusalPanel problem={tree.problem} onRetry={tree.reload} />}
      {data && (
        <div className="ec-columns">
          <nav className="ec-tree" aria-label={t('tree')}>
            <Tree indicators={data.indicators} chosen={chosen} q={q} />
          </nav>
          <div className="ec">
            {chosen ? (
              <IndicatorPart key={chosen} indicator={data.indicators.find((i) => i.code === chosen)} code={chosen} />
            ) : (
              <Newest />
            )}
          </div>
        </div>
      )}
    </div>
  );
}

function Tree({ indicators, chosen, q }: { indicators: readonly Indicator[]; chosen: string | null; q: string }) {
  const { t, say } = useEconomyTexts();
  const groups = indicators.filter((i) => i.parent === null);
  const found = indicators.filter((i) => i.parent !== null && i.series > 0);
  if (found.length === 0) return <EmptyState title={t('none')} text={t('noneText')} />;
  const link = (code: string): string =>
    `/data/economy?${new URLSearchParams({ ...(q ? { q } : {}), indicator: code })}`;
  return (
    <>
      {groups.map((group) => {
        const children = found.filter((i) => i.parent === group.code);
        return children.length === 0 ? null : (
          <section key={group.code}>
            <h3>{say(group.title)}</h3>
            <ul>
              {children.map((i) => (
                <li key={i.code}>
                  <Link to={link(i.code)} aria-current={chosen === i.code ? 'true' : undefined}>
                    <span>{say(i.title)}</span>
                    <small aria-label={t('seriesOf', { n: i.series })}>{i.series}</small>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

function IndicatorPart({ indicator, code }: { indicator: Indicator | undefined; code: string }) {
  const { t, language, say } = useEconomyTexts();
  const words = usePeriodWords();
  const list = useApi(`economy-series ${code}`, (signal) =>
    read(api.GET('/api/economy/series', { params: { query: { indicator: code } }, signal })),
  );
  const [freq, setFreq] = useState('');
  const all = list.data?.series ?? [];
  const freqs = [...new Set(all.map((s) => s.freq))];
  const shown = all.filter((s) => freq === '' || s.freq === freq);
  return (
    <section className="ec-section">
      {indicator && (
        <>
          <h2>
            {say(indicator.title)} <small>{say(indicator.unitTitle)}</small>
          </h2>
          <p className="soft">{say(indicator.definition)}</p>
        </>
      )}
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && all.length === 0 && <EmptyState title={t('noSeries')} text={t('noSeriesText')} />}
      {freqs.length > 1 && (
        <div className="ec-controls">
          <fieldset>
            {['', ...freqs].map((f) => (
              <label key={f}>
                <input type="radio" name="freq" checked={freq === f} onChange={() => setFreq(f)} />
                {f === '' ? t('all') : t(`freq.${f}`)}
              </label>
            ))}
          </fieldset>
        </div>
      )}
      {shown.length > 0 && (
        <div
          className="table table-scroll"
          tabIndex={0}
          role="region"
          aria-label={indicator ? say(indicator.title) : code}
        >
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
                <th scope="col">{t('column.trend')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((s) => (
                <tr key={s.id}>
                  <th scope="row">
                    <Link to={`/data/economy/series/${encodeURIComponent(s.id)}`}>{say(s.title)}</Link>{' '}
                    <small className="soft">{t(`freq.${s.freq}`)}</small>
                    {s.ended && <small className="soft"> · {t('ended', { period: s.ended })}</small>}
                  </th>
                  <td>{s.period ? words(s.period, s.id.split('.').at(-1)) : '—'}</td>
                  <td className="is-number">
                    {s.value === null ? '—' : formatNumber(s.value, { language })}
                    {s.status && s.status !== 'A' && <small className="soft"> {t(`status.${s.status}`)}</small>}
                  </td>
                  <td className="is-number">
                    <Growth value={s.growth} />
                  </td>
                  <td>
                    <Spark values={s.spark} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** What somebody sees who has asked for nothing yet: what comes, what came, and the index. */
function Newest() {
  const { t } = useEconomyTexts();
  const calendar = useApi('economy-releases', (signal) => read(api.GET('/api/economy/releases', { signal })));
  const last = calendar.data?.releases.find((r) => r.state === 'published');
  const briefing = useApi(last ? `economy-release ${last.id}` : null, (signal) =>
    read(api.GET('/api/economy/releases/{id}', { params: { path: { id: last?.id ?? '' } }, signal })),
  );
  return (
    <>
      {calendar.problem && <RefusalPanel problem={calendar.problem} onRetry={calendar.reload} />}
      {calendar.data && <EmbargoBanner calendar={calendar.data} onDue={calendar.reload} />}
      {briefing.data && briefing.data.headlines.length > 0 && (
        <section className="ec-section">
          <h2>
            {t('latest')}{' '}
            <small>
              <Link to={`/data/economy/releases/${briefing.data.id}`}>{t('open')}</Link>
            </small>
          </h2>
          <HeadlineCards lines={briefing.data.headlines} />
        </section>
      )}
      <Activity />
    </>
  );
}

function Activity() {
  const { t, language, say } = useEconomyTexts();
  const words = usePeriodWords();
  const state = useApi('economy-activity', (signal) => read(api.GET('/api/economy/activity', { signal })));
  const data = state.data;
  if (!data || data.periods.length === 0) return null;
  return (
    <section className="ec-section">
      <h2>{t('activity')}</h2>
      <p className="soft">
        {t('activityText', {
          n: data.inputs.length,
          share: formatNumber(data.explained * 100, { language, digits: 0 }),
        })}
      </p>
      <Chart
        label={t('activity')}
        periods={data.periods}
        lines={[{ label: t('activity'), values: data.values }]}
        unit=""
        decimals={1}
        words={(p) => words(p)}
      />
      <details>
        <summary>{t('loadings')}</summary>
        <div className="table table-scroll" tabIndex={0} role="region" aria-label={t('loadings')}>
          <table>
            <tbody>
              {data.inputs.map((input) => (
                <tr key={input.series}>
                  <th scope="row">
                    <Link to={`/data/economy/series/${encodeURIComponent(input.series)}`}>{say(input.title)}</Link>
                  </th>
                  <td className="is-number">{formatNumber(input.loading, { language, digits: 4 })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
