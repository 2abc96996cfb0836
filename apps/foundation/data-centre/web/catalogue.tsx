import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatNumber } from '#web/design/format.ts';
import { Marked } from '#web/design/marked.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { KindBadge, LevelMark } from './marks.tsx';
import type { ItemSummary, Search } from './shapes.ts';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './data-centre.css';

const FACETS = ['held', 'level', 'owner', 'sharing', 'badge'] as const;
type Facet = (typeof FACETS)[number];
/** Values of a facet that are shown before somebody asks for all. */
const MOST_VALUES = 10;

/** Catalogue (数据目录): search first; entries as in a reference book. Words, filters and page stand in the address. */
export default function CataloguePage() {
  const { t } = useTranslation('data-centre');
  const { language } = useLanguage();
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
  const state = useApi(`catalogue ${search.toString()}`, (signal) =>
    read(api.GET('/api/catalog/items', { params: { query: { ...query, page: Number(query['page'] ?? 1) } }, signal })),
  );
  const kept = useKept(state.data);
  const filtered = FACETS.some((name) => search.has(name));
  const pages = kept ? Math.max(1, Math.ceil(kept.total / kept.pageSize)) : 1;
  return (
    <div className="dc">
      <header className="dc-head">
        <h1>{t('home.title')}</h1>
        <p className="soft">{t('home.lead')}</p>
        <form
          className="dc-search"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            set('q', words.trim() || null);
          }}
        >
          <input
            type="search"
            aria-label={t('home.search')}
            placeholder={t('home.placeholder')}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            autoComplete="off"
          />
        </form>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {kept && (
        <div className="dc-columns">
          <aside aria-label={t('home.filters')}>
            <details className="dc-filters" open={filtered || globalThis.innerWidth > 900}>
              <summary>{t('home.filters')}</summary>
              {FACETS.map((name) => (
                <FacetList
                  key={name}
                  name={name}
                  values={kept.facets[name]}
                  chosen={search.get(name)}
                  onChoose={(value) => set(name, value)}
                />
              ))}
              {filtered && (
                <button
                  type="button"
                  className="quiet"
                  onClick={() =>
                    setSearch((old) => {
                      for (const name of FACETS) old.delete(name);
                      return old;
                    })
                  }
                >
                  {t('home.clear')}
                </button>
              )}
            </details>
            <p className="dc-export">
              {t('home.export')} <a href="/catalog.jsonld">JSON-LD</a> <a href="/catalog.ttl">Turtle</a>
            </p>
          </aside>
          <section aria-label={t('home.title')}>
            <p className="dc-count" aria-live="polite">
              {state.loading
                ? t('loading', { ns: 'shell' })
                : t(filtered || query['q'] ? 'home.found' : 'home.total', {
                    n: formatNumber(kept.total, { language }),
                  })}
            </p>
            {kept.instead.length > 0 && (
              <p className="dc-instead">
                {t('home.instead', {
                  typed: kept.instead.map(({ typed }) => typed).join(' '),
                  used: kept.instead.map(({ used }) => used).join(' '),
                })}
              </p>
            )}
            {kept.some && <p className="dc-instead">{t('home.some')}</p>}
            <ol className="dc-entries">
              {kept.items.map((item) => (
                <Entry key={item.id} item={item} words={kept.words} />
              ))}
            </ol>
            {kept.total === 0 && (
              <EmptyState
                title={t(filtered || query['q'] ? 'home.none' : 'home.empty')}
                text={t(filtered || query['q'] ? 'home.noneText' : 'home.emptyText')}
              />
            )}
            {pages > 1 && (
              <p className="dc-pages">
                <button type="button" disabled={kept.page <= 1} onClick={() => set('page', String(kept.page - 1))}>
                  {t('home.previous')}
                </button>
                <span>{t('home.page', { page: kept.page, pages })}</span>
                <button type="button" disabled={kept.page >= pages} onClick={() => set('page', String(kept.page + 1))}>
                  {t('home.next')}
                </button>
              </p>
            )}
          </section>
        </div>
      )}
    </div>
  );
}

/** The last answer stays while the next one is asked for, so that typing does not make the page jump. */
function useKept(data: Search | undefined): Search | undefined {
  const [kept, setKept] = useState(data);
  useEffect(() => {
    if (data) setKept(data);
  }, [data]);
  return data ?? kept;
}

function FacetList({
  name,
  values,
  chosen,
  onChoose,
}: {
  name: Facet;
  values: { value: string; count: number }[];
  chosen: string | null;
  onChoose: (value: string | null) => void;
}) {
  const { t } = useTranslation('data-centre');
  const unit = useUnits();
  // Levels keep their own order; the others stand by how often they occur.
  const sorted = name === 'level' ? [...values].sort((a, b) => (a.value < b.value ? -1 : 1)) : values;
  const title = (value: string) => (name === 'owner' ? unit(value) : t(`${name === 'badge' ? 'kind' : name}.${value}`));
  const [all, setAll] = useState(false);
  if (values.length === 0) return null;
  const shown = all ? sorted : sorted.filter(({ value }, at) => at < MOST_VALUES || value === chosen);
  return (
    <fieldset className="dc-facet">
      <legend>{t(`home.${name}`)}</legend>
      {shown.map(({ value, count }) => (
        <button
          key={value}
          type="button"
          aria-pressed={chosen === value}
          onClick={() => onChoose(chosen === value ? null : value)}
        >
          <span>{title(value)}</span>
          <small>{count}</small>
        </button>
      ))}
      {shown.length < sorted.length && (
        <button type="button" onClick={() => setAll(true)}>
          {t('home.more', { n: sorted.length - shown.length })}
        </button>
      )}
    </fieldset>
  );
}

function Entry({ item, words }: { item: ItemSummary; words: readonly string[] }) {
  const { t } = useTranslation('data-centre');
  const { say, language } = useLanguage();
  const unit = useUnits();
  return (
    <li>
      <h2>
        <Link to={`/data/${item.kind === 'entry' ? 'entries' : 'items'}/${item.id}`}>
          <Marked text={say(item.title)} words={words} />
        </Link>{' '}
        <small lang={language === 'zh' ? 'en' : 'zh-CN'}>{language === 'zh' ? item.title.en : item.title.zh}</small>{' '}
        <KindBadge badge={item.badge} />
      </h2>
      <p>
        <Marked text={say(item.summary)} words={words} />
      </p>
      <p className="dc-meta">
        <span>{unit(item.owner)}</span>
        {item.kind === 'entry' && <span>{item.code}</span>}
        <LevelMark level={item.level} />
        <span>{t(`sharing.${item.sharing}`)}</span>
        <span>{t('home.fields', { n: item.fields })}</span>
        {item.takers > 0 && <span>{t('home.takers', { n: item.takers })}</span>}
      </p>
      {item.matched.length > 0 && (
        <p className="dc-matched">
          {t('home.matched')}　
          <Marked text={item.matched.map(say).join(language === 'zh' ? '、' : ', ')} words={words} />
        </p>
      )}
    </li>
  );
}
