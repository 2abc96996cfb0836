import { useEffect, useRef, useState } from 'react';

/** Waits before the next try (ms): doubled each time, with a part by chance so that not all come back at once. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** How long to wait after so many tries that failed; `chance` from 0 to 1. */
export function waitMs(tries: number, chance: number): number {
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 10));
  return Math.round(most * (0.5 + chance / 2));
}

/**
 * Follows a state of the server (`kernel/state-stream.ts`): `onState` gets what each event brings. It connects again by itself,
 * naming the last state that it has, so that nothing is missed; while `connected` is false the page asks by itself.
 * Nothing is followed while the page is hidden, nor where `path` is null.
 */
export function useLive(path: string | null, event: string, onState: (data: string) => void): { connected: boolean } {
  return useFollower(path, { [event]: onState });
}

/** An event of the house (`kernel/event-stream.ts`): `row` holds a few small values of its subject. */
export type LiveEvent = {
  kind: string;
  type: string;
  subject: string;
  time: string;
  row: Record<string, string | number | boolean | null> | null;
};

/**
 * Follows events of the house (实时事件): `onEvent` gets each once and in the order of commits, also after a cut. `onReset`: more has happened
 * meanwhile than is told; the page reads its state anew.
 */
export function useEvents(
  path: string | null,
  { onEvent, onReset }: { onEvent: (event: LiveEvent) => void; onReset: () => void },
): { connected: boolean } {
  return useFollower(path, {
    event: (data) => onEvent(JSON.parse(data) as LiveEvent),
    reset: onReset,
    here: () => undefined,
  });
}

/** The one connection behind both: the names of events do not change while it stands, what is done with them may. */
function useFollower(path: string | null, handlers: Record<string, (data: string) => void>): { connected: boolean } {
  const [connected, setConnected] = useState(false);
  const latest = useRef(handlers);
  latest.current = handlers;
  const names = Object.keys(handlers).join();
  useEffect(() => {
    if (path === null || typeof EventSource === 'undefined') return;
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = '';
    let tries = 0;
    const close = (): void => {
      clearTimeout(timer);
      source?.close();
      source = undefined;
      setConnected(false);
    };
    const connect = (): void => {
      close();
      const opened = new EventSource(
        last === '' ? path : `${path}${path.includes('?') ? '&' : '?'}last=${encodeURIComponent(last)}`,
      );
      source = opened;
      opened.addEventListener('open', () => {
        tries = 0;
        setConnected(true);
      });
      for (const name of names.split(','))
        opened.addEventListener(name, (message) => {
          const { data, lastEventId } = message as MessageEvent<string>;
          last = lastEventId;
          latest.current[name]?.(data);
        });
      opened.addEventListener('error', () => {
        if (source !== opened) return;
        close();
        timer = setTimeout(connect, waitMs(tries, Math.random()));
        tries += 1;
      });
    };
    const whenVisible = (): void => {
      if (document.visibilityState !== 'visible') close();
      else if (!source) connect();
    };
    whenVisible();
    document.addEventListener('visibilitychange', whenVisible);
    return () => {
      document.removeEventListener('visibilitychange', whenVisible);
      close();
    };
  }, [path, names]);
  return { connected };
}
