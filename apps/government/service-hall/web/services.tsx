import './hall.css';
import { type FormEvent, useId } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { type Found, useBase } from './shapes.ts';
import { type HallText, useHallTexts } from './texts.ts';

type Events = Reply<'/api/service/events'>;
type Bundles = Reply<'/api/service/bundles'>;

/** Find a service (找服务): one box first, then what people do as one thing, then events of life or stages of an enterprise. */
export default function ServicesPage() {
  const { t } = useHallTexts();
  const base = useBase();
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const id = useId();
  const q = search.get('q') ?? '';
  const event = search.get('event') ?? '';
  const find = (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    const typed = String(new FormData(submitted.currentTarget).get('q') ?? '').trim();
    setSearch(typed === '' ? {} : { q: typed });
  };
  return (
    <div className="hall">
      <form className="ask" role="search" onSubmit={find} key={q}>
        <label htmlFor={id}>
          <h1>
            {t(base === '/business' ? 'find.askBusiness' : 'find.ask')} {me.sample && <SampleBadge />}
          </h1>
        </label>
        <div>
          <input id={id} name="q" type="search" defaultValue={q} placeholder={t('find.hint')} maxLength={100} />
          <button type="submit" className="primary">
            {t('find.act')}
          </button>
        </div>
      </form>
      {me.signedIn && <Mine base={base} />}
      {q !== '' || event !== '' ? <Results q={q} event={event} /> : <Ways />}
    </div>
  );
}

/** What the signed-in come back for. */
function Mine({ base }: { base: string }) {
  const { t } = useHallTexts();
  return (
    <nav className="acts" aria-label={t('nav.label')}>
      {(['cases', 'wallet', 'pay'] as const).map((each) => (
        <Link key={each} to={`${base}/${each}`}>
          {t(`nav.${each}`)}
        </Link>
      ))}
    </nav>
  );
}

function Results({ q, event }: { q: string; event: string }) {
  const { t, say } = useHallTexts();
  const base = useBase();
  const [search, setSearch] = useSearchParams();
  const page = Number(search.get('page') ?? '1') || 1;
  const asked = new URLSearchParams({ ...(event ? { event } : { q }), page: String(page) });
  const found = useApi(`services ${asked}`, (signal) => call<Found>(`/api/service/items?${asked}`, { signal }));
  const events = useApi(event ? 'service events' : null, (signal) => call<Events>('/api/service/events', { signal }));
  const title = events.data?.events.find(({ id }) => id === event)?.title;
  if (found.problem) return <RefusalPanel problem={found.problem} onRetry={found.reload} />;
  if (!found.data) return <p className="soft">{t('guide.loading')}</p>;
  const { items, total, some, instead, nearest, pageSize } = found.data;
  const rest = total - page * pageSize;
  return (
    <section aria-live="polite">
      <h2>
        {total === 0 ? t('find.none', { q }) : `${title ? `${say(title)} · ` : ''}${t('find.results', { n: total })}`}
      </h2>
      {some && total > 0 && <p className="soft">{t('find.some')}</p>}
      {instead.length > 0 && (
        <p className="soft">{t('find.instead', { used: instead.map(({ used }) => used).join(' ') })}</p>
      )}
      <ItemList items={items} />
      {total === 0 && (
        <>
          {nearest.length > 0 && <h3>{t('find.nearest')}</h3>}
          <ItemList items={nearest} />
          <p className="soft">{t('find.person')}</p>
        </>
      )}
      <p className="acts">
        {rest > 0 && (
          <button type="button" onClick={() => setSearch({ ...(event ? { event } : { q }), page: String(page + 1) })}>
            {t('find.more', { n: Math.min(rest, pageSize) })}
          </button>
        )}
        <Link to={`${base}/services`}>{t('find.clear')}</Link>
      </p>
    </section>
  );
}

export function ItemList({ items }: { items: Found['items'] }) {
  const { t, say } = useHallTexts();
  const base = useBase();
  const unitName = useUnitName();
  if (items.length === 0) return null;
  return (
    <ul className="hall-items">
      {items.map(({ code, title, unit, depth, visits }) => (
        <li key={code}>
          <Link to={`${base}/services/${code}`}>
            <b>{say(title)}</b>
            <span className="soft">{unitName(unit)}</span>
            <span className={`hall-depth hall-depth-${depth}`}>
              {t(`depth.${depth}` as HallText)}
              {' · '}
              {visits === 0 ? t('visits.0') : t('visits.n', { n: visits })}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Where nothing was typed: things done as one, then by event. */
function Ways() {
  const { t, say } = useHallTexts();
  const base = useBase();
  const audience = base === '/business' ? 'enterprise' : 'person';
  const events = useApi('service events', (signal) => call<Events>('/api/service/events', { signal }));
  const bundles = useApi('service bundles', (signal) => call<Bundles>('/api/service/bundles', { signal }));
  const own = events.data?.events.filter((event) => event.audience === audience && event.items > 0) ?? [];
  const known = new Set(own.map(({ id }) => id));
  const together = bundles.data?.bundles.filter(({ event }) => known.has(event)) ?? [];
  const problem = events.problem ?? bundles.problem;
  if (problem)
    return (
      <RefusalPanel
        problem={problem}
        onRetry={() => {
          events.reload();
          bundles.reload();
        }}
      />
    );
  return (
    <>
      {together.length > 0 && (
        <section>
          <h2>{t('find.bundles')}</h2>
          <ul className="hall-bundles">
            {together.map(({ id, title, lead, items }) => (
              <li key={id}>
                <Link to={`${base}/bundles/${id}`}>
                  <b>{say(title)}</b>
                  <span>{say(lead)}</span>
                  <small>{t('bundle.items', { n: items.length })}</small>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {own.length > 0 && (
        <section>
          <h2>{t(audience === 'person' ? 'find.events' : 'find.stages')}</h2>
          <ul className="hall-events">
            {own.map(({ id, title, items }) => (
              <li key={id}>
                <Link to={`${base}/services?event=${id}`}>
                  {say(title)} <small className="soft">{t('find.count', { count: items })}</small>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
