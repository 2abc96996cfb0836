import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { asProblem, call, type Problem, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import '#web/entrances/entrances.css';
import './organisation.css';
import { useOrganisationTexts } from './texts.ts';

type People = Reply<'/api/identity/people'>;
type Person = People['people'][number];

/** People and accounts (人员与账号): who may sign in, what they hold, how many sessions are open. */
export default function PeoplePage() {
  const { t } = useOrganisationTexts();
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const q = search.get('q') ?? '';
  const path = `/api/identity/people?q=${encodeURIComponent(q)}`;
  const state = useApi(`people ${q}`, (signal) => call<People>(path, { signal }));
  const [more, setMore] = useState<{ q: string; pages: People[] }>({ q, pages: [] });
  const [problem, setProblem] = useState<Problem | null>(null);
  const shown = state.data ? [state.data, ...(more.q === q ? more.pages : [])] : [];
  const people = shown.flatMap((page) => page.people);
  const next = shown.at(-1)?.next;
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget).get('q') ?? '').trim();
    setSearch(words ? { q: words } : {});
  };
  const load = async () => {
    try {
      const page = await call<People>(`${path}&after=${next}`);
      setMore({ q, pages: [...(more.q === q ? more.pages : []), page] });
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  const changed = () => {
    setMore({ q, pages: [] });
    state.reload();
  };
  const failed = problem ?? state.problem;
  return (
    <article className="org-page" aria-busy={state.loading}>
      <header>
        <h1>
          {t('people')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('peopleLead')}</p>
      </header>
      <form className="find-form" role="search" onSubmit={find}>
        <label htmlFor="people-q">{t('who')}</label>
        <div>
          <input id="people-q" name="q" type="search" defaultValue={q} key={q} />
          <button type="submit" className="primary">
            {t('search')}
          </button>
        </div>
      </form>
      {me.kind === 'system-administrator' && <Joiner onDone={changed} />}
      {failed && <RefusalPanel problem={failed} onRetry={state.reload} />}
      {state.data && people.length === 0 && <EmptyState title={t('nobody')} text={t('nobodyText')} />}
      <ul className="org-list">
        {people.map((person) => (
          <PersonLine key={person.account} person={person} onChange={changed} />
        ))}
      </ul>
      {next && (
        <button type="button" onClick={() => void load()}>
          {t('more')}
        </button>
      )}
    </article>
  );
}

/** An account for a joiner: no password and no right yet. */
function Joiner({ onDone }: { onDone: () => void }) {
  const { t } = useOrganisationTexts();
  const [made, setMade] = useState<string | null>(null);
  const { busy, problem, submit } = useSubmit((body: { account: string; name: string }, key) =>
    call<{ account: string }>('/api/identity/people', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const done = await submit({ account: String(data.get('account')).trim(), name: String(data.get('name')).trim() });
    if (!done) return;
    setMade(done.account);
    form.reset();
    onDone();
  };
  return (
    <details>
      <summary>{t('joiner')}</summary>
      <form className="org-form" onSubmit={(event) => void send(event)}>
        <div className="field">
          <label htmlFor="joiner-name">{t('joinerName')}</label>
          <input id="joiner-name" name="name" required maxLength={60} autoComplete="off" />
        </div>
        <div className="field">
          <label htmlFor="joiner-account">{t('joinerAccount')}</label>
          <input
            id="joiner-account"
            name="account"
            required
            pattern="[a-z][a-z0-9.\-]{2,40}"
            autoComplete="off"
            autoCapitalize="none"
          />
        </div>
        <div className="org-acts wide">
          <button type="submit" disabled={busy}>
            {t('joinerAct')}
          </button>
        </div>
        {made && (
          <p role="status" className="wide">
            {t('joinerDone', { account: made })} <Link to={firstSignIn(made)}>{t('open')}</Link>
          </p>
        )}
        {problem && <RefusalPanel problem={problem} />}
      </form>
    </details>
  );
}

const firstSignIn = (account: string): string => `/gov/admin/resets?first=${encodeURIComponent(account)}`;

function PersonLine({ person, onChange }: { person: Person; onChange: () => void }) {
  const { t, language } = useOrganisationTexts();
  const { me } = useSession();
  const unitName = useUnitName();
  const [asking, setAsking] = useState(false);
  const { busy, problem, submit } = useSubmit((enabled: boolean) =>
    call(`/api/identity/people/${person.account}/enabled`, { method: 'PUT', body: { enabled } }),
  );
  const set = async (enabled: boolean) => {
    if (!(await submit(enabled))) return;
    setAsking(false);
    onChange();
  };
  const { name, account } = person;
  const why = person.disabledWhy === 'administrator' || person.disabledWhy === 'scim' ? person.disabledWhy : 'other';
  return (
    <li>
      <div className="org-line">
        <b>{name}</b>
        <small>{account}</small>
        {!person.enabled && (
          <span className="org-state" data-state="refused">
            {t(`disabled.${why}`)}
          </span>
        )}
        {person.waiting && <span className="badge">{t('waiting')}</span>}
        <small>{t('sessions', { count: person.sessions })}</small>
        {me.kind === 'system-administrator' && account !== me.account && (
          <span className="acts">
            {person.enabled && person.waiting && (
              <Link to={firstSignIn(account)} aria-label={t('openNamed', { name })}>
                {t('open')}
              </Link>
            )}
            {!person.enabled && (
              <button
                type="button"
                disabled={busy}
                aria-label={t('enableNamed', { name })}
                onClick={() => void set(true)}
              >
                {t('enable')}
              </button>
            )}
            {person.enabled && !asking && (
              <button type="button" aria-label={t('disableNamed', { name })} onClick={() => setAsking(true)}>
                {t('disable')}
              </button>
            )}
            {asking && (
              <>
                <button type="button" className="primary" disabled={busy} onClick={() => void set(false)}>
                  {t('sure')}
                </button>
                <button type="button" onClick={() => setAsking(false)}>
                  {t('cancel')}
                </button>
              </>
            )}
          </span>
        )}
      </div>
      {person.posts.length === 0 && <p className="soft">{t('noPost')}</p>}
      {person.posts.map(({ post, title, unitCode, acting, until }) => (
        <p key={post + String(acting)}>
          {unitName(unitCode)} · {title[language]} {acting && <span className="badge">{t('acting')}</span>}
          {until && <small> {t('toUntil', { at: formatMoment(until, { language }) })}</small>}
        </p>
      ))}
      {problem && <RefusalPanel problem={problem} />}
    </li>
  );
}
