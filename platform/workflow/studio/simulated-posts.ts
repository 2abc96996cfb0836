/** The holders of one kind of post, and who waits for them: first come, first served. */
export type Pool = {
  id: string;
  /** 0: as many as are needed. */
  people: number;
  /** Calls `begin` as soon as somebody is free; it answers how long they are busy, 0 where the work is void by then. */
  ask(at: number, begin: (from: number) => number): void;
  /** Somebody has finished. */
  free(at: number): void;
};

export function pools(people: Readonly<Record<string, number>>): {
  for(posts: readonly string[]): Pool;
  all(): Pool[];
} {
  const made = new Map<string, Pool>();
  const poolOf = (id: string): Pool => {
    const pool = made.get(id) ?? newPool(id, people[id] ?? 0);
    made.set(id, pool);
    return pool;
  };
  return {
    // A task for several posts is simulated with the first of them that was given people.
    for: (posts) => poolOf(posts.find((post) => (people[post] ?? 0) > 0) ?? posts[0] ?? ''),
    all: () => [...made.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function newPool(id: string, people: number): Pool {
  const waiting: ((from: number) => number)[] = [];
  let busy = 0;
  const serve = (at: number) => {
    while (waiting.length > 0 && (people === 0 || busy < people)) if ((waiting.shift()?.(at) ?? 0) > 0) busy += 1;
  };
  return {
    id,
    people,
    ask: (at, begin) => {
      waiting.push(begin);
      serve(at);
    },
    free: (at) => {
      busy -= 1;
      serve(at);
    },
  };
}
