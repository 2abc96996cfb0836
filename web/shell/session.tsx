import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
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
  /** The assignment (任职) under which this session works, and all that one may choose from. */
  assignment: string | null;
  caretaker: boolean;
  /** An official who holds no post: signed in, without any right. */
  withoutPost: boolean;
  assignments: { id: string; post: Words; unit: Words; caretaker: boolean }[];
  entrances: Entrance[];
  /** The district is generated sample data. */
  sample: boolean;
  /** For whom the person acts at the moment (替谁办), and what they may do for them. */
  acting: Acting | null;
};

type Words = { zh: string; en: string };

export type Acting = {
  delegation: string;
  name: string;
  ended: boolean;
  until: string | null;
  scopes: { id: string; title: { zh: string; en: string }; page: string | null }[];
};

/** While acting, how often the page asks whether the delegation still holds. */
const ASK_AGAIN_MS = 4_000;

/** How often the page of an official asks whether the post is still theirs; with the server's 5 s well below a minute. */
const POST_CHECK_MS = 15_000;

/** What a change of post (岗位变动) was; `turn` counts them, so that pages begin anew. */
export type PostChange = { turn: number; shown: boolean; from: Words; to: Words };
type Session = {
  me: Me;
  /** The server has said once who is signed in; before that everybody is shown as a guest. */
  known: boolean;
  loading: boolean;
  reload: () => void;
  change: PostChange | null;
  seen: () => void;
};

const guest: Me = {
  signedIn: false,
  account: null,
  name: null,
  kind: null,
  postTitle: null,
  unit: null,
  area: null,
  assignment: null,
  caretaker: false,
  withoutPost: false,
  assignments: [],
  entrances: [],
  sample: false,
  acting: null,
};
const SessionContext = createContext<Session>({
  me: guest,
  known: false,
  loading: false,
  reload: () => {},
  change: null,
  seen: () => {},
});

/** Unit and post in words, for the line that says what changed. */
const placeOf = (me: Me): Words => ({
  zh: [me.unit?.name, me.postTitle?.zh].filter(Boolean).join(' · '),
  en: [me.unit?.nameEn, me.postTitle?.en].filter(Boolean).join(' · '),
});
/** What rights hang on: another value means that pages must ask anew. */
const rightsOf = (me: Me): string => [me.assignment, me.unit?.code, me.area, me.kind].join(' ');

/**
 * Asks who is signed in and tells every page; for officials again and again, since an order may move them while they work.
 * A server that does not answer leaves a guest.
 */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [refreshMs, setRefresh] = useState<number | undefined>(undefined);
  const state: ApiState<Me> = useApi('me', (signal) => call<Me>('/api/identity/me', { signal }), { refreshMs });
  const { data } = state;
  const official = data?.signedIn === true && (data.assignment !== null || data.withoutPost);
  const acts = (data?.acting ?? null) !== null;
  useEffect(() => setRefresh(acts ? ASK_AGAIN_MS : official ? POST_CHECK_MS : undefined), [acts, official]);
  const held = useRef<{ account: string; rights: string; place: Words } | null>(null);
  const [change, setChange] = useState<PostChange | null>(null);
  useEffect(() => {
    if (!data) return;
    const now =
      official && data.account ? { account: data.account, rights: rightsOf(data), place: placeOf(data) } : null;
    const before = held.current;
    held.current = now;
    if (!now || before?.account !== now.account) setChange(null);
    else if (before.rights !== now.rights)
      setChange((old) => ({ turn: (old?.turn ?? 0) + 1, shown: true, from: before.place, to: now.place }));
  }, [data, official]);
  const seen = useCallback(() => setChange((old) => old && { ...old, shown: false }), []);
  const session = useMemo(
    () => ({
      me: data ?? guest,
      known: data !== undefined,
      loading: state.loading,
      reload: state.reload,
      change,
      seen,
    }),
    [data, state.loading, state.reload, change, seen],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The signed-in person, or a guest. */
export function useSession(): Session {
  return useContext(SessionContext);
}
