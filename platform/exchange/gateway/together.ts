import type { Services } from '#platform/kernel/app.ts';

/** Lots of one kind that may be under way at once: while one commits, the next is signed. */
const MOST_UNDER_WAY = 2;
const MOST_CALLS = 50;
/** Statements of one lot; a single call may hold more. */
const MOST_SIZE = 1_000;
/** Who was refused goes alone for so long: whoever is refused again and again must not spoil the lots of others. */
const ALONE_MS = 1_000;

type Waiting = { one: unknown; size: number; work(all: unknown[]): Promise<unknown[]>; done(result: unknown): void };
type Queue = { waiting: Waiting[]; underWay: number };
type Known = { queues: Map<string, Queue>; apart: Map<string, number> };
const known = new WeakMap<Services, Known>();

function knownTo(services: Services): Known {
  let found = known.get(services);
  if (!found) known.set(services, (found = { queues: new Map(), apart: new Map() }));
  return found;
}

/** Keeps a caller out of lots for a moment. */
export function keepApart(services: Services, caller: string): void {
  const { apart } = knownTo(services);
  const now = Date.now();
  if (!apart.has(caller)) for (const [each, until] of apart) if (until <= now) apart.delete(each);
  apart.set(caller, now + ALONE_MS);
}

export function isApart(services: Services, caller: string): boolean {
  return (knownTo(services).apart.get(caller) ?? 0) > Date.now();
}

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
  const { queues } = knownTo(services);
  let queue = queues.get(by);
  if (!queue) queues.set(by, (queue = { waiting: [], underWay: 0 }));
  const work = options.work as Waiting['work'];
  return new Promise((resolve) => {
    queue.waiting.push({ one, size, work, done: resolve as Waiting['done'] });
    start({ queues, by, queue });
  });
}

function start(options: { queues: Map<string, Queue>; by: string; queue: Queue }): void {
  const { queues, by, queue } = options;
  while (queue.waiting.length > 0 && queue.underWay < MOST_UNDER_WAY) {
    const lot = nextLot(queue);
    queue.underWay += 1;
    const end = (results: unknown[] | undefined): void => {
      queue.underWay -= 1;
      for (const [at, { done }] of lot.entries()) done(results?.[at]);
      if (queue.waiting.length === 0 && queue.underWay === 0) queues.delete(by);
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
