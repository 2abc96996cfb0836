import { createContext, type ReactNode, useContext, useMemo } from 'react';
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
};

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
};
const SessionContext = createContext<Session>({ me: guest, loading: false, reload: () => {} });

/** Asks once who is signed in and tells every page. A server that does not answer leaves a guest. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const state: ApiState<Me> = useApi('me', (signal) => call<Me>('/api/identity/me', { signal }));
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
