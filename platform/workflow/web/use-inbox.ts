import { useEffect, useRef, useState } from 'react';
import { call, type Problem, useApi, useLive } from '#web/client/index.ts';
import type { Task, TaskPage } from './shapes.ts';

/** How often the inbox asks by itself while it is seen and the server does not tell (ms): a task appears within a second all the same. */
const LOOK_MS = 900;
/** The same beside the stream: what it would not say, say that the session has ended. */
const SLOW_LOOK_MS = 60_000;

export type Inbox = {
  tasks: Task[] | undefined;
  /** There are more than those. */
  more: boolean;
  problem: Problem | null;
  loading: boolean;
  stale: boolean;
  loadedAt: number | null;
  showMore: () => void;
  reload: () => void;
};

/** The tasks of the caller, kept fresh: the server says when they are others. Further pages are fetched when they are asked for. */
export function useInbox(): Inbox {
  const reload = useRef(() => {});
  const { connected } = useLive('/workflow/inbox', 'inbox', () => reload.current());
  const state = useApi('inbox', (signal) => call<TaskPage>('/api/workflow/tasks', { signal }), {
    refreshMs: connected ? SLOW_LOOK_MS : LOOK_MS,
  });
  reload.current = state.reload;
  const [later, setLater] = useState<{ tasks: Task[]; next: string | null } | null>(null);
  const busy = useRef(false);
  const next = later ? later.next : (state.data?.next ?? null);
  const showMore = async () => {
    if (busy.current || next === null) return;
    busy.current = true;
    const page = await call<TaskPage>(`/api/workflow/tasks?after=${encodeURIComponent(next)}`).finally(() => {
      busy.current = false;
    });
    setLater((old) => ({ tasks: [...(old?.tasks ?? []), ...page.tasks], next: page.next }));
  };
  // What was once on a later page may have moved up: the first page is the truth about it.
  const first = new Set(state.data?.tasks.map(({ id }) => id));
  const tasks = state.data && [...state.data.tasks, ...(later?.tasks ?? []).filter(({ id }) => !first.has(id))];
  return { ...state, tasks, more: next !== null, showMore: () => void showMore() };
}

/** The moment, renewed each minute: groups of the inbox change with it. */
export function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
