import { useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar, useAsOf } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { Fan, Pyramid, SchoolBars } from './charts.tsx';
import { usePopulationTexts } from './population-texts.ts';
import './population.css';

type Statistics = Reply<'/api/population/statistics'>;
type State = Reply<'/api/population/state'>;
type Projection = Reply<'/api/population/projection'>;
type Deaths = Reply<'/api/population/deaths'>;
const BANDS = ['0-14', '15-59', '60-79', '80+', '*'] as const;

/** The population base (人口库): how many, who waits for whom, how old, how many tomorrow, and how fresh the sources are. */
export default function PopulationPage() {
  const { t } = usePopulationTexts();
  const { me } = useSession();
  const asOf = useAsOf();
  const statistics = useApi(`population statistics ${asOf ?? ''}`, (signal) =>
    call<Statistics>(`/api/population/statistics${asOf ? `?asOf=${asOf}` : ''}`, { signal }),
  );
  const state = useApi('population state', (signal) => call<State>('/api/population/state', { signal }));
  const projection = useApi('population projection', (signal) =>
    call<Projection>('/api/population/projection', { signal }),
  );
  const problem = statistics.problem ?? state.problem ?? projection.problem;
  return (
    <article className="dc population-page">
      <header className="dc-head">
        <h1>
          {t('title')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('lead', { n: statistics.data?.minimum ?? 10 })}</p>
      </header>
      <AsOfBar at={statistics.loadedAt ?? Date.now()} />
      {problem && <RefusalPanel problem={problem} onRetry={statistics.reload} />}
      {state.data && statistics.data && <Totals state={state.data} statistics={statistics.data} />}
      {state.data && <Queues state={state.data} />}
      {me.kind === 'data-officer' && <DeathsToConfirm onDecided={state.reload} />}
      {statistics.data && (
        <div className="population-columns">
          <section>
            <h2>{t('pyramid')}</h2>
            <p className="soft">{t('pyramidText')}</p>
            <Pyramid cells={statistics.data.pyramid} />
          </section>
          <Streets table={statistics.data.table} />
        </div>
      )}
      {projection.data && <Future projection={projection.data} />}
      {state.data && <Sources state={state.data} />}
    </article>
  );
}

function Totals({ state, statistics }: { state: State; statistics: Statistics }) {
  const { t } = usePopulationTexts();
  const all = statistics.table.find((c) => c.area === '*' && c.sex === '*' && c.age === '*')?.count ?? null;
  const { census } = state;
  const share = census ? census.residents * census.share : 0;
  const percent = (n: number) => `${(n * 100).toLocaleString('en', { maximumFractionDigits: 1 })}%`;
  return (
    <dl className="population-totals">
      <div>
        <dt>{t('residents')}</dt>
        <dd>{all === null ? t('withheld') : formatNumber(all)}</dd>
      </div>
      {census && share > 0 && (
        <div>
          <dt>
            {t('coverage')} {!census.verified && <span className="badge">{t('unverified')}</span>}
          </dt>
          <dd>{percent(state.residents / share)}</dd>
          <dd className="population-note soft">
            {t('coverageText', {
              source: census.source,
              n: formatNumber(census.residents),
              share: census.share === 1 ? '' : t('shareText', { share: percent(census.share) }),
            })}
          </dd>
        </div>
      )}
      <div>
        <dt>{t('persons')}</dt>
        <dd>{formatNumber(state.persons)}</dd>
        <dd className="population-note soft">
          {t('unplaced')} {formatNumber(state.unplaced)}
        </dd>
      </div>
    </dl>
  );
}

function Queues({ state }: { state: State }) {
  const { t, language } = usePopulationTexts();
  const { queues } = state;
  const rows = [
    { id: 'pairs', n: queues.pairs, oldest: queues.oldestPair, to: '/data/links' },
    { id: 'disputes', n: queues.disputes, oldest: null, to: '/data/disputes' },
    { id: 'deaths', n: queues.deaths, oldest: queues.oldestDeath, to: '#deaths' },
    { id: 'numbers', n: queues.numbers, oldest: null, to: '#deaths' },
  ] as const;
  return (
    <section>
      <h2>{t('queues')}</h2>
      <ul className="population-queues">
        {rows.map(({ id, n, oldest, to }) => (
          <li key={id} data-empty={n === 0}>
            <b>{n === 0 ? t('nothing') : formatNumber(n)}</b>
            <span>{t(id)}</span>
            {oldest !== null && n > 0 && (
              <small className="soft">{t('since', { when: formatMoment(oldest, { language, time: false }) })}</small>
            )}
            {n > 0 &&
              (to.startsWith('#') ? (
                <a href={to} aria-label={`${t('go')}: ${t(id)}`}>
                  {t('go')}
                </a>
              ) : (
                <Link to={to} aria-label={`${t('go')}: ${t(id)}`}>
                  {t('go')}
                </Link>
              ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Deaths that wait for a person, and numbers that two people claim: personal, so they come after the purpose. */
function DeathsToConfirm({ onDecided }: { onDecided: () => void }) {
  const { t, language } = usePopulationTexts();
  const unitName = useUnitName();
  const purpose = usePurpose('deaths', t('subject'), ['data-quality']);
  const list = useApi(purpose.code ? 'deaths' : null, (signal) =>
    call<Deaths>('/api/population/deaths', { headers: purpose.headers, signal }),
  );
  const decided = () => {
    // The person is computed anew in the transaction after.
    setTimeout(() => {
      list.reload();
      onDecided();
    }, 600);
  };
  return (
    <section id="deaths" className="population-deaths">
      <h2>{t('deathsTitle')}</h2>
      <p className="soft">{t('deathsText')}</p>
      {!purpose.code && (
        <div className="acts">
          <button type="button" onClick={() => void purpose.ask()}>
            {t('deathsOpen')}
          </button>
        </div>
      )}
      <PurposeLine purpose={purpose} />
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data?.deaths.length === 0 && <p className="soft">{t('noDeaths')}</p>}
      <ul className="people">
        {list.data?.deaths.map((death) => (
          <Death key={death.pid} death={death} headers={purpose.headers} onDecided={decided} />
        ))}
      </ul>
      {list.data && list.data.numbers.length > 0 && (
        <>
          <h3>{t('numbers')}</h3>
          <p className="soft">{t('numbersText')}</p>
          <ul className="people">
            {list.data.numbers.map((n) => (
              <li key={`${n.dataset} ${n.row} ${n.pid}`}>
                <Link to={`/gov/persons/${n.pid}`}>
                  {t('numberOf', { ...n, unit: unitName(n.unit), interpolation: { escapeValue: false } })}
                </Link>
                <span className="soft">{formatMoment(n.foundAt, { language })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Death(props: { death: Deaths['deaths'][number]; headers: Record<string, string>; onDecided: () => void }) {
  const { death, headers, onDecided } = props;
  const { t } = usePopulationTexts();
  const unitName = useUnitName();
  const [note, setNote] = useState('');
  const { busy, problem, submit } = useSubmit((verdict: 'died' | 'alive', key) =>
    call(`/api/population/persons/${death.pid}/death`, {
      method: 'POST',
      body: { verdict, note: note.trim() },
      headers: { ...headers, ...key },
    }),
  );
  const say = async (verdict: 'died' | 'alive') => {
    if ((await submit(verdict)) !== undefined) onDecided();
  };
  const ready = note.trim().length >= 4 && !busy;
  const id = `note-${death.pid}`;
  return (
    <li>
      <Link to={`/gov/persons/${death.pid}`}>{death.name}</Link>
      <span>
        <span className="badge">{t(death.state)}</span>{' '}
        {t('died', { day: death.on, units: death.units.map(unitName).join('、') })}
      </span>
      <label htmlFor={id}>{t('note')}</label>
      <input id={id} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      <span className="acts">
        <button type="button" disabled={!ready} onClick={() => void say('died')}>
          {t('confirm')}
        </button>
        <button type="button" disabled={!ready} onClick={() => void say('alive')}>
          {t('refute')}
        </button>
      </span>
      {problem && <RefusalPanel problem={problem} />}
    </li>
  );
}

function Streets({ table }: { table: Statistics['table'] }) {
  const { t } = usePopulationTexts();
  const unitName = useUnitName();
  const areas = [...new Set(table.map(({ area }) => area))];
  const of = (area: string, age: string) =>
    table.find((c) => c.area === area && c.age === age && c.sex === '*')?.count ?? null;
  return (
    <section>
      <h2>{t('table')}</h2>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={t('table')}>
        <table className="population-table">
          <thead>
            <tr>
              <th scope="col">{t('street')}</th>
              {BANDS.map((band) => (
                <th scope="col" key={band}>
                  {band === '*' ? t('allAges') : band}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {areas.map((area) => (
              <tr key={area} data-total={area === '*'}>
                <th scope="row">{area === '*' ? t('all') : unitName(`street-${area}`)}</th>
                {BANDS.map((band) => {
                  const count = of(area, band);
                  return (
                    <td key={band} data-withheld={count === null}>
                      {count === null ? <span aria-label={t('withheld')}>—</span> : formatNumber(count)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Future({ projection }: { projection: Projection }) {
  const { t, language } = usePopulationTexts();
  const unitName = useUnitName();
  const [area, setArea] = useState('*');
  const shown = projection.areas.find((one) => one.area === area) ?? projection.areas[0];
  if (!shown) return null;
  return (
    <section>
      <h2>{t('projection')}</h2>
      <p className="soft">{t('projectionText')}</p>
      <label className="population-area">
        {t('street')}{' '}
        <select value={area} onChange={(event) => setArea(event.target.value)}>
          {projection.areas.map((one) => (
            <option key={one.area} value={one.area}>
              {one.area === '*' ? t('all') : unitName(`street-${one.area}`)}
            </option>
          ))}
        </select>
      </label>
      <div className="population-columns">
        <figure>
          <figcaption>{t('total')}</figcaption>
          {shown.now === null ? (
            <p className="soft">{t('withheld')}</p>
          ) : (
            <Fan now={shown.now} from={projection.from} years={shown.years} label={t('total')} />
          )}
        </figure>
        <figure>
          <figcaption>{t('over60')}</figcaption>
          <Fan now={null} from={projection.from} years={shown.over60} label={t('over60')} />
        </figure>
        <figure>
          <figcaption>{t('school')}</figcaption>
          <small className="soft">{t('schoolText')}</small>
          <SchoolBars entries={projection.schoolEntry} />
        </figure>
        <details className="population-assumptions">
          <summary>{t('assumptions')}</summary>
          <ul>
            {projection.assumptions.map((one) => (
              <li key={one.id}>
                <Link to={`/data/rules/${one.id}`}>{one.title[language]}</Link>{' '}
                {!one.verified && <span className="badge">{t('unverified')}</span>}
                <small className="soft">{one.note?.[language] ?? one.source}</small>
              </li>
            ))}
          </ul>
        </details>
      </div>
    </section>
  );
}

function Sources({ state }: { state: State }) {
  const { t, language } = usePopulationTexts();
  const unitName = useUnitName();
  const age = (at: string) => Math.floor((Date.parse(state.asOf) - Date.parse(at)) / 86_400_000);
  return (
    <section>
      <h2>{t('sources')}</h2>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={t('sources')}>
        <table className="population-table">
          <thead>
            <tr>
              <th scope="col">{t('source')}</th>
              <th scope="col">{t('loaded')}</th>
              <th scope="col">{t('records')}</th>
            </tr>
          </thead>
          <tbody>
            {state.sources.map((source) => (
              <tr key={source.dataset}>
                <th scope="row">
                  {unitName(source.unit)}
                  <small className="soft">{source.corrected ? t('corrections') : source.title[language]}</small>
                </th>
                <td>
                  {age(source.loadedAt) === 0 ? t('todayLoaded') : t('days', { n: age(source.loadedAt) })}
                  <small className="soft">{formatMoment(source.loadedAt, { language })}</small>
                </td>
                <td>{formatNumber(source.records)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
