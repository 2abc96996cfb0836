import '#web/entrances/entrances.css';
import { type FormEvent, useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { type Me, useSession } from '#web/shell/session.tsx';
import { FindResults } from './find-results.tsx';
import { useGovTexts } from './texts.ts';

/** Home of the government desk: what needs a decision now, then the search for a person, an enterprise or a building. */
export default function GovHomePage() {
  const t = useGovTexts();
  const { me, loading } = useSession();
  const [search, setSearch] = useSearchParams();
  const q = search.get('q') ?? '';
  const [words, setWords] = useState(q);
  useEffect(() => setWords(q), [q]);
  const find = (event: FormEvent) => {
    event.preventDefault();
    setSearch(words.trim() ? { q: words.trim() } : {});
  };
  if (!loading && !me.signedIn)
    return (
      <section className="empty">
        <h1>{t('home.waiting')}</h1>
        <p>{t('home.signIn')}</p>
        <Link className="primary" to="/login?next=/gov">
          {t('nav.signIn', { ns: 'shell' })}
        </Link>
      </section>
    );
  return (
    <div className="gov-home">
      <h1>
        {me.name ? t('home.hello', { name: me.name }) : ' '} {me.sample && <SampleBadge />}
      </h1>
      <Waiting me={me} />
      <form className="find-form" role="search" onSubmit={find}>
        <label htmlFor="find">{t('home.find')}</label>
        <div>
          <input
            id="find"
            type="search"
            value={words}
            placeholder={t('home.placeholder')}
            onChange={(event) => setWords(event.target.value)}
          />
          <button type="submit" className="primary">
            {t('home.act')}
          </button>
        </div>
        <p className="soft">{t('home.keys')}</p>
      </form>
      {q && <FindResults key={q} q={q} />}
      {!q && <Ways me={me} />}
    </div>
  );
}

function Waiting({ me }: { me: Me }) {
  const t = useGovTexts();
  const decides = me.kind === 'data-officer';
  const state = useApi(
    decides ? `waiting ${me.account}` : null,
    (signal) => call<{ waiting: number }>('/api/catalog/grants?mine=1', { signal }),
    {
      refreshMs: 30_000,
    },
  );
  const waiting = state.data?.waiting ?? 0;
  const reviews = me.kind === 'staffing-officer' || me.kind === 'unit-head';
  const orders = useApi(
    reviews ? `orders ${me.account}` : null,
    (signal) => call<{ orders: { mayReview: boolean }[] }>('/api/identity/orders?state=waiting', { signal }),
    { refreshMs: 30_000 },
  );
  const mine = orders.data?.orders.filter(({ mayReview }) => mayReview).length ?? 0;
  const answers = me.kind === 'data-officer' || me.kind === 'unit-head';
  const disputed = useApi(
    answers ? `disputes waiting ${me.account}` : null,
    (signal) => call<{ waiting: number }>('/api/dispute/waiting', { signal }),
    { refreshMs: 30_000 },
  );
  const disputes = disputed.data?.waiting ?? 0;
  const failed = [state, orders, disputed].find(({ problem }) => problem !== null);
  return (
    <section className="waiting-list" aria-live="polite">
      <h2>{t('home.waiting')}</h2>
      {failed?.problem && <RefusalPanel problem={failed.problem} onRetry={failed.reload} />}
      {mine > 0 && (
        <p className="waiting-item">
          <b>{t('home.orders', { n: mine })}</b>
          <Link className="primary" to="/gov/admin/orders">
            {t('home.ordersAct')}
          </Link>
        </p>
      )}
      {disputes > 0 && (
        <p className="waiting-item">
          <b>{t('home.disputes', { n: disputes })}</b>
          <Link className="primary" to="/data/disputes">
            {t('home.disputesAct')}
          </Link>
        </p>
      )}
      {waiting > 0 ? (
        <p className="waiting-item">
          <b>{t('home.grants', { n: waiting })}</b>
          <Link className="primary" to="/data/grants">
            {t('home.grantsAct')}
          </Link>
        </p>
      ) : (
        !state.loading && !failed && mine === 0 && disputes === 0 && <p className="soft">{t('home.nothing')}</p>
      )}
    </section>
  );
}

/** The few ways on that this post has; everything else is one key away. */
function Ways({ me }: { me: Me }) {
  const t = useGovTexts();
  const desk = me.kind === 'committee-worker' || me.kind === 'street-clerk';
  const ways = [
    ...(desk ? [{ to: '/gov/community', id: 'desk' }] : []),
    ...(me.entrances.includes('ops') ? [{ to: '/ops/map', id: 'map' }] : []),
    ...(me.kind === 'data-officer' ? [{ to: '/data/imports', id: 'imports' }] : []),
    { to: '/data', id: 'catalog' },
  ];
  return (
    <ul className="ways">
      {ways.map(({ to, id }) => (
        <li key={id}>
          <Link to={to}>{t(`home.${id}Act`)}</Link>
          <span>{t(`home.${id}Text`)}</span>
        </li>
      ))}
    </ul>
  );
}
