import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { Marked } from '#web/design/marked.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { Marks, OpenNav } from './parts.tsx';
import { useTexts } from './texts.ts';
import './open-data.css';

const FACETS = ['owner', 'licence', 'opening'] as const;

/** The portal for everybody (开放门户): search first, themes below it, no sign-in. Words, filters and page stand in the address. */
export default function PortalPage() {
  const { t, say, language } = useTexts();
  const unit = useUnitName();
  const [search, setSearch] = useSearchParams();
  const [words, setWords] = useState(search.get('q') ?? '');
  const set = (name: string, value: string | null) =>
    setSearch(
      (old) => {
        if (value) old.set(name, value);
        else old.delete(name);
        if (name !== 'page') old.delete('page');
        return old;
      },
      { replace: name === 'q' },
    );
  useEffect(() => {
    if (words === (search.get('q') ?? '')) return;
    const wait = setTimeout(() => set('q', words.trim() || null), 200);
    return () => clearTimeout(wait);
  }, [words]);
  const query = Object.fromEntries(search);
  const state = useApi(`open ${search.toString()}`, (signal) =>
    read(
      api.GET('/api/open-data/datasets', { params: { query: { ...query, page: Number(query['page'] ?? 1) } }, signal }),
    ),
  );
  const [kept, setKept] = useState(state.data);
  useEffect(() => {
    if (state.data) setKept(state.data);
  }, [state.data]);
  const found = state.data ?? kept;
  const filtered = ['theme', ...FACETS].some((name) => search.has(name)) || search.has('q');
  const pages = found ? Math.max(1, Math.ceil(found.total / found.pageSize)) : 1;
  const title = (name: (typeof FACETS)[number], value: string) =>
    name === 'owner' ? unit(value) : t(`${name}.${value}`);
  return (
    <div className="od">
      <header className="od-head">
        <h1>{t('portal.title')}</h1>
        <p className="soft">{t('portal.lead')}</p>
        <OpenNav />
        <form
          className="od-search"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            set('q', words.trim() || null);
          }}
        >
          <input
            type="search"
            aria-label={t('portal.search')}
            placeholder={t('portal.placeholder')}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            autoComplete="off"
          />
          <button type="submit">{t('portal.search')}</button>
        </form>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {found && (
        <>
          <div className="od-themes" role="group" aria-label={t('portal.theme')}>
            {found.facets.theme.map(({ value, count }) => (
              <button
                key={value}
                type="button"
                aria-pressed={search.get('theme') === value}
                onClick={() => set('theme', search.get('theme') === value ? null : value)}
              >
                {t(`theme.${value}`)}
                <small>{count}</small>
              </button>
            ))}
          </div>
          <div className="od-columns">
            <aside aria-label={t('portal.filters')}>
              {FACETS.filter((name) => found.facets[name].length > 0).map((name) => (
                <fieldset key={name} className="od-facet">
                  <legend>{t(`portal.${name}`)}</legend>
                  {found.facets[name].map(({ value, count }) => (
                    <button
                      key={value}
                      type="button"
                      aria-pressed={search.get(name) === value}
                      onClick={() => set(name, search.get(name) === value ? null : value)}
                    >
                      <span>{title(name, value)}</span>
                      <small>{count}</small>
                    </button>
                  ))}
                </fieldset>
              ))}
              <p>
                {t('portal.feeds')} <a href="/open/changes.rss">RSS</a> <a href="/open/changes.atom">Atom</a>{' '}
                <a href="/catalog.ttl">DCAT</a>
              </p>
            </aside>
            <section aria-label={t('portal.title')}>
              <p className="soft" aria-live="polite">
                {t(filtered ? 'portal.found' : 'portal.total', { n: formatNumber(found.total, { language }) })}
              </p>
              <ol className="od-list">
                {found.datasets.map((one) => (
                  <li key={one.id}>
                    <h2>
                      <Link to={`/data/open/${one.id}`}>
                        <Marked text={say(one.title)} words={found.words} />
                      </Link>
                    </h2>
                    <p>
                      <Marked text={say(one.summary)} words={found.words} />
                    </p>
                    <p className="od-meta">
                      <Marks set={one} />
                      <span>{unit(one.owner)}</span>
                      <span>{t('portal.rows', { n: formatNumber(one.rows, { language }) })}</span>
                      <span>
                        {t('portal.updated', { when: formatMoment(one.publishedAt, { language, time: false }) })}
                      </span>
                    </p>
                  </li>
                ))}
              </ol>
              {found.total === 0 && (
                <EmptyState
                  title={t('portal.none')}
                  text={t('portal.noneText')}
                  act={<Link to="/data/wishes">{t('portal.wishInstead')}</Link>}
                />
              )}
              {pages > 1 && (
                <p className="od-pages">
                  <button type="button" disabled={found.page <= 1} onClick={() => set('page', String(found.page - 1))}>
                    {t('portal.previous')}
                  </button>
                  <span>{t('portal.page', { page: found.page, pages })}</span>
                  <button
                    type="button"
                    disabled={found.page >= pages}
                    onClick={() => set('page', String(found.page + 1))}
                  >
                    {t('portal.next')}
                  </button>
                </p>
              )}
            </section>
          </div>
        </>
      )}
    </div>
  );
}
