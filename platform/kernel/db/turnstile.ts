import { DatabaseAway } from './engine.ts';

/** A queue with one place inside: first come, first served; who waits longer than `waitMs` gets `DatabaseAway`. */
export function turnstile(): { enter(waitMs: number): Promise<() => void> } {
  const waiting: (() => void)[] = [];
  let taken = false;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) taken = false;
    else next();
  };
  /** Each turn can be left once only, whatever its holder does. */
  const turn = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      leave();
    };
  };
  return {
    enter(waitMs) {
      if (!taken) {
        taken = true;
        return Promise.resolve(turn());
      }
      return new Promise((resolve, reject) => {
        const go = (): void => {
          clearTimeout(timer);
          resolve(turn());
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(go), 1);
          reject(new DatabaseAway(`no session became free within ${waitMs} ms`));
        }, waitMs);
        waiting.push(go);
      });
    },
  };
}
