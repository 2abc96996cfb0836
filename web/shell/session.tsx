import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type ApiState, call, useApi } from '#web/client/index.ts';
import type { Entrance } from './entrances.ts';

/** Who is signed in, as `GET /api/identity/me` says: name, unit, post (岗位), area and open entrances. */
export type Me = {
  signedIn: boolean;
  name?: string;
  kind?: string;
  unit?: { code: string; name: string };
  post?: string;
  area?: string;
  entrances?: Entrance[];
};

type Session = { me: Me; loading: boolean; reload: () => void };

const guest: Me = { signedIn: false };
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
