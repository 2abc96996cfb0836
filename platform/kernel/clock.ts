/** Time as the platform sees it. Tests move it together with `kernel.now()` of the database. */
export type Clock = { now(): Date; setOffset(milliseconds: number): void };

export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    setOffset: (milliseconds) => {
      offset = milliseconds;
    },
  };
}
