import '#web/entrances/entrances.css';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { OpenCases } from '#web/entrances/shared/open-cases.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useCitizenTexts } from './texts.ts';

/** Where the search finds services (网上政务大厅). */
const SERVICES = '/citizen/services';

/** Pages of this entrance, by the words that people use for them; everything else is looked for among the services. */
const TARGETS = [
  {
    to: '/citizen/me',
    id: 'me',
    words: [
      '我的',
      '信息',
      '资料',
      '住址',
      '地址',
      '户口',
      '户籍',
      '身份',
      '电话',
      '手机',
      '参保',
      '医保',
      '社保',
      '婚姻',
      'data',
      'address',
      'my',
    ],
  },
  {
    to: '/citizen/accesses',
    id: 'accesses',
    words: ['谁', '看过', '查看', '看了', '隐私', '记录', '投诉', 'who', 'look', 'privacy'],
  },
  {
    to: '/citizen/delegations',
    id: 'delegations',
    words: ['代办', '委托', '替', '家人', '父母', '授权', 'delegat', 'behalf', 'family'],
  },
] as const;

/** Home of the citizen's entrance (市民云): one search box, what waits for me, then what is mine. */
export default function CitizenHomePage() {
  const t = useCitizenTexts();
  const { me, loading } = useSession();
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState('');
  const search = (event: FormEvent) => {
    event.preventDefault();
    const typed = words.trim();
    if (typed !== '' && pagesFor(typed).length === 0) void navigate(servicesFor(typed));
    else setAsked(typed);
  };
  const found = pagesFor(asked);
  return (
    <div className="citizen-home">
      <form className="ask" role="search" onSubmit={search}>
        <label htmlFor="ask">
          <h1>{t('ask')}</h1>
        </label>
        <div>
          <input
            id="ask"
            type="search"
            value={words}
            placeholder={t('placeholder')}
            onChange={(event) => setWords(event.target.value)}
          />
          <button type="submit" className="primary">
            {t('act')}
          </button>
        </div>
      </form>
      {asked && (
        <section aria-live="polite">
          <h2>{t('found')}</h2>
          <ul className="big-links">
            {found.map(({ to, id }) => (
              <li key={id}>
                <Link to={to}>{t(id)}</Link>
                <p>{t(`${id}Text`)}</p>
              </li>
            ))}
            <li>
              <Link to={servicesFor(asked)}>{t('services', { q: asked })}</Link>
            </li>
          </ul>
        </section>
      )}
      <p>
        <Link to={SERVICES}>{t('allServices')}</Link>
      </p>
      {me.signedIn ? (
        <>
          <section>
            <h2>
              {t('hello', { name: me.name })} {me.sample && <SampleBadge />}
            </h2>
            <Waiting />
          </section>
          <OpenCases base="/citizen" />
          <ul className="big-links">
            {TARGETS.map(({ to, id }) => (
              <li key={id}>
                <Link to={to}>{t(id)}</Link>
                <p>{t(`${id}Text`)}</p>
              </li>
            ))}
          </ul>
        </>
      ) : (
        !loading && (
          <section className="empty">
            <p>{t('signIn')}</p>
            <Link className="primary" to="/login?next=/citizen">
              {t('signInAct')}
            </Link>
          </section>
        )
      )}
    </div>
  );
}

const pagesFor = (typed: string) =>
  typed === '' ? [] : TARGETS.filter(({ words }) => words.some((word) => typed.toLowerCase().includes(word)));
const servicesFor = (typed: string): string => `${SERVICES}?${new URLSearchParams({ q: typed })}`;

/** What waits for me (等您处理的事): offers to act for somebody. */
function Waiting() {
  const t = useCitizenTexts();
  const { data } = useApi('delegations', (signal) =>
    call<{ held: { id: string; giverName: string; state: string }[] }>('/api/access/delegations', { signal }),
  );
  const offers = data?.held.filter(({ state }) => state === 'offered') ?? [];
  if (offers.length === 0) return <p className="soft">{t('nothing')}</p>;
  return (
    <ul className="big-links">
      {offers.map(({ id, giverName }) => (
        <li key={id}>
          <Link to="/citizen/delegations">{t('asked', { name: giverName })}</Link>
        </li>
      ))}
    </ul>
  );
}
