import { useEffect, useRef, useState } from 'react';
import { call, type LiveEvent, useApi, useEvents } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';

export type Wall = Reply<'/api/ops/wall'>;
export type WallVital = Wall['vitals'][number];
export type WallLine = Wall['queue'][number];

/** Asked again by itself, should the stream be cut. */
const REFRESH_MS = 30_000;
/** Events come by hundreds a second: figures are asked for at most so often, and what has just happened is shown at once. */
const CALM_MS = 1_500;
const LATEST = 6;

/** State of the wall, kept new by the events of the house; `now` ticks, so that ages grow while nothing comes. */
export function useWall() {
  const state = useApi('ops wall', (signal) => call<Wall>('/api/ops/wall', { signal }), { refreshMs: REFRESH_MS });
  const [latest, setLatest] = useState<LiveEvent[]>([]);
  const [now, setNow] = useState(() => Date.now());
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  const reload = useRef(state.reload);
  reload.current = state.reload;
  const soon = (): void => {
    waiting.current ??= setTimeout(() => {
      waiting.current = null;
      reload.current();
    }, CALM_MS);
  };
  const { connected } = useEvents(state.data ? '/live/events' : null, {
    onEvent: (event) => {
      setLatest((old) => [event, ...old].slice(0, LATEST));
      soon();
    },
    onReset: () => reload.current(),
  });
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 5_000);
    return () => {
      clearInterval(tick);
      if (waiting.current) clearTimeout(waiting.current);
    };
  }, []);
  // The phone's clock says nothing: age is counted from when the answer came, and added to the server's moment.
  const old = state.loadedAt === null ? 0 : Math.max(0, now - state.loadedAt);
  const serverNow = state.data ? Date.parse(state.data.asOf) + old : now;
  return { ...state, latest, connected, serverNow, cutFor: old > 2 * REFRESH_MS ? old : null };
}

/** Why a tile is grey (陈旧): its source is silent, or this page has been cut off; null where it is fresh. */
export function staleness(wall: Wall, vital: WallVital, cutFor: number | null, serverNow: number) {
  const source = wall.sources.find(({ id }) => id === vital.source);
  if (!source?.heard) return { why: 'never' as const, ms: 0 };
  // Silence goes on while the page stands, also where nobody has asked again.
  const silent = serverNow - Date.parse(source.heard);
  if (!source.fresh || silent > 2 * source.minutes * 60_000) return { why: 'silent' as const, ms: silent };
  return cutFor === null ? null : { why: 'cut' as const, ms: cutFor };
}
