import '#web/entrances/entrances.css';
import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useEntityTexts } from './texts.ts';
import './entity.css';

type Found = Reply<'/api/legal-entity/entities'>;
type Stock = Reply<'/api/legal-entity/stock'>;

/** The base database of enterprises (法人库): search first, then the stock and what came and went by month. */
export default function EntitiesPage() {
  const { t } = useEntityTexts();
  const { me } = useSession();
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const [text, setText] = useState(q);
  const found = useApi(q === '' ? null : `entities ${q}`, (signal) =>
    call<Found>(`/api/legal-entity/entities?q=${encodeURIComponent(q)}`, { signal }),
  );
  const stock = useApi('entity stock', (signal) => call<Stock>('/api/legal-entity/stock?months=24', { signal }));
  const search = (event: FormEvent) => {
    event.preventDefault();
    setParams(text.trim() === '' ? {} : { q: text.trim() });
  };
  return (
    <div className="dc entities-page">
      <header className="dc-head">
        <h1>
          {t('title')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('lead')}</p>
        <p className="acts">
          <Link to="/data/reconciliation">{t('toBoard')}</Link>
          <Link to="/data/links?space=firm">{t('toLinks')}</Link>
        </p>
      </header>
      <form role="search" className="entities-search" onSubmit={search}>
        <label htmlFor="entities-q">{t('search')}</label>
        <input
          id="entities-q"
          type="search"
          value={text}
          maxLength={80}
          placeholder={t('searchHint')}
          onChange={(e) => setText(e.target.value)}
        />
        <button type="submit" className="primary">
          {t('find')}
        </button>
      </form>
      {found.problem && <RefusalPanel problem={found.problem} onRetry={found.reload} />}
      {found.data && <Results found={found.data} />}
      {stock.problem && <RefusalPanel problem={stock.problem} onRetry={stock.reload} />}
      {stock.data && <StockPart stock={stock.data} />}
    </div>
  );
}

function Results({ found }: { found: Found }) {
  const { t } = useEntityTexts();
  if (found.entities.length === 0) return <EmptyState title={t('nothing')} text={t('nothingText')} />;
  return (
    <section aria-live="polite">
      <p className="soft">{t('found', { count: found.total ?? found.entities.length })}</p>
      {found.instead.map((each) => (
        <p key={each.typed} className="notice">
          {t('instead', each)}
        </p>
      ))}
      <ul className="people">
        {found.entities.map((e) => (
          <li key={e.uscc}>
            <Link to={`/gov/entities/${e.uscc}`}>{e.name ?? e.uscc}</Link>
            <span className="soft">
              {e.uscc.startsWith('Z') ? t('provisional') : e.uscc}
              {e.lifeState !== null && ` · ${t(`life.${e.lifeState as 'live'}`)}`}
              {e.registeredAddress !== null && ` · ${e.registeredAddress}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function StockPart({ stock }: { stock: Stock }) {
  const { t } = useEntityTexts();
  const of = (part: number): string => (stock.live === 0 ? '—' : `${((part / stock.live) * 100).toFixed(1)} %`);
  return (
    <>
      <section aria-labelledby="entities-stock">
        <h2 id="entities-stock">{t('stock')}</h2>
        <dl className="entities-numbers">
          <div>
            <dt>{t('live')}</dt>
            <dd>{formatNumber(stock.live)}</dd>
          </div>
          <div>
            <dt>{t('taxed')}</dt>
            <dd>
              {formatNumber(stock.taxed)} <small>{of(stock.taxed)}</small>
            </dd>
          </div>
          <div>
            <dt>{t('placed')}</dt>
            <dd>
              {formatNumber(stock.placed)} <small>{of(stock.placed)}</small>
            </dd>
          </div>
          <div>
            <dt>{t('unnamed')}</dt>
            <dd>{formatNumber(stock.provisional)}</dd>
          </div>
        </dl>
        <div className="entities-bars">
          <Bars title={t('byLife')} rows={stock.states.map((s) => [t(`life.${s.state as 'live'}`), s.enterprises])} />
          <Bars
            title={`${t('bySize')}（${t('unverified')}）`}
            rows={stock.sizes.map((s) => [t(`size.${s.size as 'large'}`), s.enterprises])}
          />
          <Bars
            title={t('byIndustry')}
            rows={stock.industries.map((s) => [t(`sections.${s.section as 'A'}`), s.enterprises])}
          />
        </div>
      </section>
      <Flow months={stock.months} />
    </>
  );
}

/** A distribution as a table whose bars are drawn behind the figures. */
function Bars({ title, rows }: { title: string; rows: readonly (readonly [string, number])[] }) {
  const { t } = useEntityTexts();
  const most = Math.max(1, ...rows.map(([, n]) => n));
  return (
    <table className="entities-bar">
      <caption>{title}</caption>
      <thead className="hidden">
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t('enterprises')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, n]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <span className="entities-fill" style={{ inlineSize: `${(n / most) * 100}%` }} aria-hidden="true" />
              {formatNumber(n)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Flow({ months }: { months: Stock['months'] }) {
  const { t } = useEntityTexts();
  const [section, setSection] = useState('');
  const sections = [...new Set(months.map((m) => m.section))].sort();
  const byMonth = new Map<string, { births: number; deaths: number }>();
  for (const { month, section: own, births, deaths } of months) {
    if (section !== '' && own !== section) continue;
    const known = byMonth.get(month) ?? { births: 0, deaths: 0 };
    byMonth.set(month, { births: known.births + births, deaths: known.deaths + deaths });
  }
  const rows = [...byMonth].sort(([a], [b]) => (a < b ? 1 : -1));
  const most = Math.max(1, ...rows.map(([, m]) => Math.max(m.births, m.deaths)));
  return (
    <section aria-labelledby="entities-flow">
      <h2 id="entities-flow">{t('flow')}</h2>
      <p>
        <label>
          {t('industry')}{' '}
          <select value={section} onChange={(e) => setSection(e.target.value)}>
            <option value="">{t('allIndustries')}</option>
            {sections.map((each) => (
              <option key={each} value={each}>
                {t(`sections.${each as 'A'}`)}
              </option>
            ))}
          </select>
        </label>
      </p>
      {rows.length === 0 && <p className="soft">{t('flowNone')}</p>}
      {rows.length > 0 && (
        <table className="entities-flow">
          <thead>
            <tr>
              <th scope="col">{t('month')}</th>
              <th scope="col">{t('births')}</th>
              <th scope="col">{t('deaths')}</th>
              <th scope="col">{t('net')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([month, { births, deaths }]) => (
              <tr key={month}>
                <th scope="row">{month}</th>
                <td>
                  <span
                    className="entities-fill"
                    data-of="births"
                    style={{ inlineSize: `${(births / most) * 70}%` }}
                    aria-hidden="true"
                  />
                  {births}
                </td>
                <td>
                  <span
                    className="entities-fill"
                    data-of="deaths"
                    style={{ inlineSize: `${(deaths / most) * 70}%` }}
                    aria-hidden="true"
                  />
                  {deaths}
                </td>
                <td>{births - deaths}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
