import { type ComponentType, useEffect, useRef } from 'react';
import { createBrowserRouter, Outlet, type RouteObject, useLocation } from 'react-router';
import { PurposeProvider } from '#web/design/purpose.tsx';
import { EntranceHome } from './entrance-home.tsx';
import { EntranceLayout } from './entrance-layout.tsx';
import { ENTRANCES } from './entrances.ts';
import { Fault, NotFound } from './fault-pages.tsx';
import { pages } from './pages.gen.ts';
import { SessionProvider, useSession } from './session.tsx';
import { StepUpDialog } from './step-up-dialog.tsx';
import { Settings } from './settings.tsx';
import { useTitle } from './use-title.ts';

function Root() {
  const { pathname } = useLocation();
  useTitle(pathname);
  useEffect(() => {
    // Newer browsers answer with a promise, which React would take for a clean-up.
    void window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <Settings>
      <SessionProvider>
        <Purposes />
      </SessionProvider>
    </Settings>
  );
}

/**
 * Purposes belong to who stated them: another account, or another person to act for, starts without any; what a page showed goes
 * with it. The first answer to "who is signed in" changes nobody: a page that was quicker than it keeps what is typed there.
 */
function Purposes() {
  const { me, known } = useSession();
  const who = `${me.account ?? ''} ${me.acting?.delegation ?? ''}`;
  const first = useRef<string | null>(null);
  if (known) first.current ??= who;
  return (
    <PurposeProvider key={known && who !== first.current ? who : ''}>
      <Outlet />
      <StepUpDialog />
    </PurposeProvider>
  );
}

const lazy = (load: () => Promise<{ default: ComponentType }>) => async () => ({ Component: (await load()).default });

const entranceRoutes: RouteObject[] = ENTRANCES.map((entrance) => {
  const own = pages.filter((page) => page.entrance === entrance);
  const home = own.some((page) => page.path === `/${entrance}`)
    ? []
    : [{ index: true, element: <EntranceHome entrance={entrance} /> }];
  return {
    path: `/${entrance}`,
    element: <EntranceLayout entrance={entrance} />,
    errorElement: <Fault />,
    children: [
      ...home,
      ...own.map((page): RouteObject => ({ path: page.path, lazy: lazy(page.load), errorElement: <Fault /> })),
      { path: '*', element: <NotFound /> },
    ],
  };
});

/** Every address of the web: start, sign-in, five entrances with the pages of the manifests, and the style sheet. */
export const router = createBrowserRouter([
  {
    element: <Root />,
    errorElement: <Fault />,
    hydrateFallbackElement: <div />,
    children: [
      { path: '/', lazy: lazy(() => import('./start-page.tsx')) },
      { path: '/login', lazy: lazy(() => import('./sign-in-page.tsx')) },
      { path: '/login/reset', lazy: lazy(() => import('./reset-page.tsx')) },
      { path: '/_parts', lazy: lazy(() => import('#web/parts/parts-page.tsx')) },
      ...entranceRoutes,
      { path: '*', element: <NotFound /> },
    ],
  },
]);
