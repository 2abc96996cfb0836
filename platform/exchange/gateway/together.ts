import type { Services } from '#platform/kernel/app.ts';

/** Lots of one kind that may be under way at once: while one commits, the next is signed. */
const MOST_UNDER_WAY = 2;
const MOST_CALLS = 50;
/** Statements of one lot; a single call may hold more. */
const MOST_SIZE = 1_000;
/** After a lot failed its kind goes alone for so long: who is refused again and again is not to be tried twice each time. */
const ALONE_MS = 1_000;

type Waiting = { one: unknown; size: number; work(all: unknown[]): Promise<unknown[]>; done(result: unknown): void };
type Queue = { waiting: Waiting[]; underWay: number };
type Kinds = { queues: Map<string, Queue>; alone: Map<string, number> };
const kinds = new WeakMap<Services, Kinds>();

/**
 * Does the work of several callers in one go (合批): who comes while others are under way is in the next lot; nobody waits for somebody to
 * come. Undefined where a lot failed, whatever for: then each of its callers does its work alone and learns the cause.
 */
export function together<T, R>(options: {
  services: Services;
  /** Callers with the same `by` may share. */
  by: string;
  one: T;
  size: number;
  work: (all: T[]) => Promise<R[]>;
}): Promise<R | undefined> {
  const { services, by, one, size } = options;
  let known = kinds.get(services);
  if (!known) kinds.set(services, (known = { queues: new Map(), alone: new Map() }));
  const { queues, alone } = known;
  const until = alone.get(by);
  if (until !== undefined) {
    if (until > Date.now()) return Promise.resolve(undefined);
    alone.delete(by);
  }
  let queue = queues.get(by);
  if (!queue) queues.set(by, (queue = { waiting: [], underWay: 0 }));
  const work = options.work as Waiting['work'];
  return new Promise((resolve) => {
    queue.waiting.push({ one, size, work, done: resolve as Waiting['done'] });
    start({ known, by, queue });
  });
}

function start(options: { known: Kinds; by: string; queue: Queue }): void {
  const { known, by, queue } = options;
  while (queue.waiting.length > 0 && queue.underWay < MOST_UNDER_WAY) {
    const lot = nextLot(queue);
    queue.underWay += 1;
    const end = (results: unknown[] | undefined): void => {
      queue.underWay -= 1;
      if (!results) known.alone.set(by, Date.now() + ALONE_MS);
      for (const [at, { done }] of lot.entries()) done(results?.[at]);
      if (queue.waiting.length === 0 && queue.underWay === 0) known.queues.delete(by);
      else start(options);
    };
    const [first] = lot;
    first?.work(lot.map(({ one }) => one)).then(end, () => end(undefined));
  }
}

function nextLot(queue: Queue): Waiting[] {
  let [count, size] = [0, 0];
  for (const { size: own } of queue.waiting) {
    if (count > 0 && (count >= MOST_CALLS || size + own > MOST_SIZE)) break;
    count += 1;
    size += own;
  }
  return queue.waiting.splice(0, count);
}
