import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem, type Problem } from './problem.ts';

/** What a page knows about data it asked for. `stale`: shown, but older than asked for, since the last attempt failed. */
export type ApiState<T> = {
  data: T | undefined;
  problem: Problem | null;
  loading: boolean;
  stale: boolean;
  /** When the shown data arrived (ms since 1970). */
  loadedAt: number | null;
  reload: () => void;
};

type Held<T> = Omit<ApiState<T>, 'reload'>;

const nothing = { data: undefined, problem: null, loading: true, stale: false, loadedAt: null };

/**
 * Loads through the client and keeps the answer. `key` names what is asked for: another key drops the old answer.
 * `refreshMs` asks again while the page is visible, and at once when it becomes visible again.
 * `key` null asks for nothing (a purpose is still missing, say).
 */
export function useApi<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  { refreshMs }: { refreshMs?: number } = {},
): ApiState<T> {
  const [held, setHeld] = useState<Held<T> & { key: string | null }>({ ...nothing, key });
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    if (key === null) return;
    const abort = new AbortController();
    setHeld((old) => (old.key === key ? { ...old, loading: true } : { ...nothing, key }));
    latest.current(abort.signal).then(
      (data) => {
        if (!abort.signal.aborted)
          setHeld({ key, data, problem: null, loading: false, stale: false, loadedAt: Date.now() });
      },
      (thrown: unknown) => {
        if (abort.signal.aborted) return;
        const problem = asProblem(thrown);
        // A refusal takes the old data off the screen; a failed line, or "too often, later", leaves them there, marked as stale.
        const keep = problem.status === 0 || problem.status === 429 || problem.status >= 500;
        setHeld((old) => ({
          ...(keep && old.key === key ? { ...old, stale: old.data !== undefined } : { ...nothing, key }),
          problem,
          loading: false,
        }));
      },
    );
    return () => abort.abort();
  }, [key, turn]);

  const reload = useCallback(() => setTurn((old) => old + 1), []);

  useEffect(() => {
    if (refreshMs === undefined || key === null) return;
    const whenVisible = () => document.visibilityState === 'visible' && reload();
    const timer = setInterval(whenVisible, refreshMs);
    document.addEventListener('visibilitychange', whenVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', whenVisible);
    };
  }, [refreshMs, key, reload]);

  if (key === null) return { ...nothing, loading: false, reload };
  // The first render after a change of key must not show the previous subject's data.
  return held.key === key ? { ...held, reload } : { ...nothing, reload };
}
