import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type ApiState, call, useApi } from '#web/client/index.ts';
import type { Entrance } from './entrances.ts';

/** Who is signed in, as `GET /api/identity/me` says: name, unit, post (岗位), area and open entrances. */
export type Me = {
  signedIn: boolean;
  account: string | null;
  name: string | null;
  kind: string | null;
  postTitle: { zh: string; en: string } | null;
  unit: { code: string; name: string; nameEn: string } | null;
  /** Area code that the post is limited to. */
  area: string | null;
  entrances: Entrance[];
  /** The district is generated sample data. */
  sample: boolean;
  /** For whom the person acts at the moment (替谁办), and what they may do for them. */
  acting: Acting | null;
};

export type Acting = {
  delegation: string;
  name: string;
  ended: boolean;
  until: string | null;
  scopes: { id: string; title: { zh: string; en: string }; page: string | null }[];
};

/** While acting, how often the page asks whether the delegation still holds. */
const ASK_AGAIN_MS = 4_000;

type Session = { me: Me; loading: boolean; reload: () => void };

const guest: Me = {
  signedIn: false,
  account: null,
  name: null,
  kind: null,
  postTitle: null,
  unit: null,
  area: null,
  entrances: [],
  sample: false,
  acting: null,
};
const SessionContext = createContext<Session>({ me: guest, loading: false, reload: () => {} });

/** Asks once who is signed in and tells every page. A server that does not answer leaves a guest. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [acting, setActing] = useState(false);
  const state: ApiState<Me> = useApi('me', (signal) => call<Me>('/api/identity/me', { signal }), {
    refreshMs: acting ? ASK_AGAIN_MS : undefined,
  });
  const acts = (state.data?.acting ?? null) !== null;
  useEffect(() => setActing(acts), [acts]);
  const session = useMemo(
    () => ({ me: state.data ?? guest, loading: state.loading, reload: state.reload }),
    [state.data, state.loading, state.reload],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The signed-in person, or a guest. */
export function useSession(): Session {
  return useContext(SessionContext);
}
