import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation, useNavigate } from 'react-router';
import { call } from '#web/client/index.ts';
import { setLanguage } from '#web/i18n/index.ts';
import { ActingBanner } from './acting-banner.tsx';
import { Bell } from './bell.tsx';
import { dropAllDrafts } from '#web/offline/draft-store.ts';
import { dropDrafts } from './drafts.ts';
import { ENTRANCES, type Entrance } from './entrances.ts';
import { PostNotice, PostSwitch } from './post-notice.tsx';
import { useSession } from './session.tsx';
import { useElderMode } from './settings.tsx';

/** The product's mark: two lines that meet in one course. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="6" />
      <path d="M7 24c0-8 18-5 18-16M7 12h7M18 20h7" />
    </svg>
  );
}

/** Changes between Chinese and English. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'en' ? 'zh' : 'en';
  return (
    <button
      type="button"
      className="quiet"
      lang={other === 'en' ? 'en' : 'zh-CN'}
      onClick={() => void setLanguage(other)}
    >
      {t('language.switch')}
    </button>
  );
}

/** Entrances that have a page of one's own account; the control room has none. */
const ACCOUNT_PAGES: readonly Entrance[] = ['citizen', 'business', 'gov', 'data'];

/** Where one's own pages open: in the entrance that one is in, where it has them, else in the first that has. */
const homeOf = (entrance: Entrance | null, mine: readonly Entrance[]): Entrance | undefined =>
  [...(entrance ? [entrance] : []), ...ACCOUNT_PAGES].find(
    (name) => ACCOUNT_PAGES.includes(name) && mine.includes(name),
  );

function Person() {
  const { t, i18n } = useTranslation();
  const { me, known, loading, reload } = useSession();
  const go = useNavigate();
  const menu = useRef<HTMLDetailsElement>(null);
  const english = i18n.language === 'en';
  const unit = english ? me.unit?.nameEn : me.unit?.name;
  const post = me.postTitle?.[english ? 'en' : 'zh'];
  const { pathname } = useLocation();
  // Nobody who is signed in is asked to sign in because the answer is still on its way.
  if (!known && loading) return null;
  if (!me.signedIn) {
    return (
      <Link className="sign-in-link" to={`/login?next=${encodeURIComponent(pathname)}`}>
        {t('nav.signIn')}
      </Link>
    );
  }
  const home = homeOf(null, me.entrances);
  const leave = async () => {
    dropDrafts();
    // The session ends first and whatever the device's store does: whoever goes to another page at once is signed out all the same.
    const ended = call('/api/identity/logout', { method: 'POST', keepalive: true });
    await Promise.allSettled([ended, dropAllDrafts()]);
    reload();
    await go('/');
  };
  return (
    <details className="person" ref={menu}>
      <summary>
        <span className="person-name">{me.name}</span>
        <span className="person-unit">{[unit, post].filter(Boolean).join(' · ')}</span>
      </summary>
      <div className="person-menu">
        {unit && <p>{unit}</p>}
        {post && <p>{post}</p>}
        {me.area && <p>{`${t('person.area')}：${me.area}`}</p>}
        <PostSwitch onDone={() => menu.current?.removeAttribute('open')} />
        {me.entrances.includes('gov') && (
          <p>
            <Link to="/gov/posts" onClick={() => menu.current?.removeAttribute('open')}>
              {t('posts.mine')}
            </Link>
          </p>
        )}
        {home && (
          <p>
            <Link to={`/${home}/account`} onClick={() => menu.current?.removeAttribute('open')}>
              {t('person.account')}
            </Link>
          </p>
        )}
        {home && !me.acting && (
          <p>
            <Link to={`/${home}/notifications`} onClick={() => menu.current?.removeAttribute('open')}>
              {t('person.notifications')}
            </Link>
          </p>
        )}
        <button type="button" onClick={() => void leave()}>
          {t('signIn.out')}
        </button>
      </div>
    </details>
  );
}

/** Top bar of every entrance: where I am, where else I may go, who I am, in which language. */
export function TopBar({ entrance, onFind }: { entrance: Entrance | null; onFind?: () => void }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const { elder, setElder } = useElderMode();
  const open = me.entrances.length > 0 ? ENTRANCES.filter((name) => me.entrances.includes(name)) : ENTRANCES;
  return (
    <>
      <header className="top-bar">
        <Link to="/" className="brand">
          <Mark />
          <span>{t('product')}</span>
        </Link>
        {entrance && (
          <nav className="entrance-switch" aria-label={t('entrances')}>
            {open.map((name) => (
              <NavLink key={name} to={`/${name}`}>
                {t(`entrance.${name}.title`)}
              </NavLink>
            ))}
          </nav>
        )}
        <div className="top-bar-end">
          {onFind && (
            <button type="button" className="find" onClick={onFind}>
              {t('palette.open')} <kbd>Ctrl K</kbd>
            </button>
          )}
          {entrance === 'citizen' && (
            <button type="button" className="quiet" aria-pressed={elder} onClick={() => setElder(!elder)}>
              {elder ? t('elder.off') : t('elder.on')}
            </button>
          )}
          <LanguageSwitch />
          {me.signedIn && !me.acting && <Bell entrance={entrance} home={homeOf(entrance, me.entrances)} />}
          <Person />
        </div>
      </header>
      <ActingBanner />
      <PostNotice />
    </>
  );
}
