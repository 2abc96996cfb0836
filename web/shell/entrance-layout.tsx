import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, matchPath, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { CommandPalette } from '#web/design/command-palette.tsx';
import { ENTRANCES, type Entrance } from './entrances.ts';
import { NoticeBanner } from './notice-banner.tsx';
import { pages } from './pages.gen.ts';
import { navigationOf } from './sections.ts';
import { useSession } from './session.tsx';
import { TopBar } from './top-bar.tsx';

/** Jumps over the bars for keyboard and screen reader. */
export function SkipLink() {
  const { t } = useTranslation();
  return (
    <a className="skip" href="#main">
      {t('skip')}
    </a>
  );
}

/** Frame of one entrance. The five differ in ground, measure and text size (see `shell.css`), not in structure. */
export function EntranceLayout({ entrance }: { entrance: Entrance }) {
  const { t, i18n } = useTranslation();
  const { me, change } = useSession();
  const [finding, setFinding] = useState(false);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const go = useNavigate();
  const { pathname, search } = useLocation();
  const turn = change?.turn ?? 0;
  // What was open belonged to the old post: the page begins anew, without what its address still names.
  useEffect(() => {
    if (turn > 0 && search) void go(pathname, { replace: true });
  }, [turn]);
  const mine = pages.filter((page) => !page.posts || (me.kind !== null && page.posts.includes(me.kind)));
  const items = mine
    .filter((page) => page.entrance === entrance && page.nav)
    .sort((a, b) => (a.nav?.order ?? 0) - (b.nav?.order ?? 0));
  const here = pages.find((page) => page.entrance === entrance && matchPath(page.path, pathname));
  const { sections, entries } = navigationOf({ entrance, items, here });
  const phone = entrance === 'citizen';
  // On a narrow screen the bar is longer than the window: the entry of this page is brought into sight.
  const bar = useRef<HTMLElement>(null);
  const sectionBar = useRef<HTMLElement>(null);
  useEffect(() => {
    for (const { current: nav } of [bar, sectionBar]) {
      const open = nav?.querySelector<HTMLElement>('a.active, a[aria-current=true]');
      if (nav && open) nav.scrollLeft = open.offsetLeft - (nav.clientWidth - open.offsetWidth) / 2;
    }
  }, [pathname, entries.length, language]);
  return (
    <div className={`entrance entrance-${entrance}`}>
      <SkipLink />
      <TopBar entrance={entrance} onFind={() => setFinding(true)} />
      <NoticeBanner entrance={entrance} />
      {sections.length > 0 && (
        <nav className="section-switch" ref={sectionBar} aria-label={t('nav.sections')}>
          {sections.map(({ section, to, current }) => (
            <Link key={section.id} to={to} aria-current={current ? 'true' : undefined}>
              {section.title[language]}
            </Link>
          ))}
        </nav>
      )}
      {entries.length > 0 && (
        <nav className="section-nav" ref={bar} aria-label={t('nav.main')}>
          {entries.map((page) => (
            // One that has others below it is current on its own page only.
            <NavLink
              key={page.path}
              to={page.path}
              end={page.path === `/${entrance}` || entries.some(({ path }) => path.startsWith(`${page.path}/`))}
            >
              {page.title[language]}
            </NavLink>
          ))}
        </nav>
      )}
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<p className="waiting">{t('loading')}</p>}>
          {/* After a change of post no page may keep what the old one showed. */}
          <Outlet key={turn} />
        </Suspense>
      </main>
      {phone && (
        <nav className="bottom-bar" aria-label={t('nav.phone')}>
          <NavLink to="/citizen" end>
            {t('nav.home')}
          </NavLink>
          {items
            .filter((page) => page.path !== '/citizen')
            .slice(0, me.signedIn ? 4 : 3)
            .map((page) => (
              <NavLink key={page.path} to={page.path}>
                {page.title[language]}
              </NavLink>
            ))}
          {!me.signedIn && <Link to="/login?next=/citizen">{t('nav.me')}</Link>}
        </nav>
      )}
      <CommandPalette
        open={finding}
        onOpen={setFinding}
        pages={mine}
        entrances={me.entrances.length > 0 ? me.entrances : ENTRANCES}
        findAt={me.entrances.includes('gov') ? '/gov' : undefined}
      />
    </div>
  );
}
