import { useEffect, useRef, useState } from 'react';

const TICK_MS = 1_000;

/**
 * The server's time, second by second: what it said last and what has passed since by the steady counter of the browser. The clock of
 * the device, which may be wrong by a day, is never read (以服务器时间为准).
 */
export function useServerClock(at: string | undefined): number | undefined {
  const base = useRef<{ at: number; since: number }>(undefined);
  const [now, setNow] = useState<number>();
  useEffect(() => {
    if (at === undefined) return undefined;
    base.current = { at: Date.parse(at), since: performance.now() };
    const tick = () => base.current && setNow(base.current.at + performance.now() - base.current.since);
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [at]);
  return now;
}
