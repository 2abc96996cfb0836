/** What happens when, in a simulation: events in order of their time, and of their making where that is the same. */
export type Timeline = {
  add(at: number, act: (at: number) => void): void /** Runs to the end; time of the last event. */;
  run(): number;
};

type Entry = { at: number; order: number; act: (at: number) => void };

/** A timeline as a binary heap. */
export function inTime(): Timeline {
  const heap: Entry[] = [];
  let order = 0;
  const before = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);
  const swap = (i: number, j: number) => {
    const [a, b] = [heap[i], heap[j]];
    if (a && b) [heap[i], heap[j]] = [b, a];
  };
  const less = (i: number, j: number): boolean => {
    const [a, b] = [heap[i], heap[j]];
    return a !== undefined && b !== undefined && before(a, b);
  };
  return {
    add: (at, act) => {
      heap.push({ at, order: order++, act });
      for (let i = heap.length - 1, up = (i - 1) >> 1; i > 0 && less(i, up); i = up, up = (i - 1) >> 1) swap(i, up);
    },
    run: () => {
      let now = 0;
      for (let next = heap[0]; next; next = heap[0]) {
        const last = heap.pop();
        if (last && heap.length > 0) heap[0] = last;
        for (let i = 0; ; ) {
          let least = i;
          for (const child of [2 * i + 1, 2 * i + 2]) if (less(child, least)) least = child;
          if (least === i) break;
          swap(i, least);
          i = least;
        }
        now = next.at;
        next.act(now);
      }
      return now;
    },
  };
}
