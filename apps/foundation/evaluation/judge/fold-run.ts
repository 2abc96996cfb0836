import type { StepEvent, Unlawful } from '../log/read-step.ts';

/** What a source said about an earlier event: it was at another time, or (null) never. */
export type Correction = { target: string; at: Date | null; toldAt: Date };

/** One passage through a step, as its events tell it. */
export type Run = {
  state: 'unheard' | 'running' | 'stopped' | 'done' | 'void';
  caseNo: string;
  item: string;
  step: string;
  unit: string;
  post: string;
  /** Account that acted last: whose signal it is. */
  handler: string | null;
  clock: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  /** The end that the events name; a clock, where there is one, knows better. */
  due: Date | null;
  pauses: { from: Date; to: Date | null }[];
  reopened: number;
  unlawful: { kind: Unlawful; at: Date } | null;
  asks: string[];
  party: string | null;
  measure: number | null;
  /** Events that hold, in the order of what happened. */
  events: string[];
};

const RANK = { due: 0, started: 1, stopped: 2, resumed: 3, done: 4 } as const;

/** The order of what happened: by time, then by the order of writing, then by what can only follow. Whatever the order of arrival. */
export function inOrder(events: readonly StepEvent[]): StepEvent[] {
  return [...events].sort(
    (a, b) =>
      a.at.getTime() - b.at.getTime() ||
      (a.seq < b.seq ? -1 : a.seq > b.seq ? 1 : 0) ||
      RANK[a.phase] - RANK[b.phase] ||
      (a.id < b.id ? -1 : 1),
  );
}

/**
 * Folds the events of one passage (至少一个). Pure: the same events in any order, with any of them twice, give the same run. Of several
 * corrections of one event the last holds. Undefined where no event is given.
 */
export function foldRun(given: readonly StepEvent[], corrections: readonly Correction[] = []): Run | undefined {
  const told = new Map<string, Correction>();
  for (const correction of corrections) {
    const before = told.get(correction.target);
    if (!before || correction.toldAt >= before.toldAt) told.set(correction.target, correction);
  }
  const unique = [...new Map(given.map((event) => [event.id, event])).values()];
  const [first] = inOrder(unique);
  if (!first) return undefined;
  const events = inOrder(
    unique.flatMap((event) => {
      const correction = told.get(event.id);
      if (!correction) return [event];
      return correction.at === null ? [] : [{ ...event, at: correction.at }];
    }),
  );
  const run: Run = {
    state: events.length === 0 ? 'void' : 'unheard',
    caseNo: first.caseNo,
    item: first.item,
    step: first.step,
    unit: first.unit,
    post: first.post,
    handler: null,
    clock: null,
    startedAt: null,
    endedAt: null,
    due: null,
    pauses: [],
    reopened: 0,
    unlawful: null,
    asks: [],
    party: null,
    measure: null,
    events: events.map(({ id }) => id),
  };
  for (const event of events) take(run, event);
  return run;
}

function take(run: Run, event: StepEvent): void {
  if (event.unit !== '') run.unit = event.unit;
  if (event.post !== '') run.post = event.post;
  run.clock = event.clock ?? run.clock;
  run.handler = event.account ?? run.handler;
  run.due = event.due ?? run.due;
  run.asks.push(...event.asks.filter((element) => !run.asks.includes(element)));
  run.party = event.party ?? run.party;
  run.measure = event.measure ?? run.measure;
  if (event.unlawful) run.unlawful ??= { kind: event.unlawful, at: event.at };
  const open = run.pauses.at(-1);
  switch (event.phase) {
    case 'started':
      run.startedAt ??= event.at;
      if (run.state === 'done') Object.assign(run, { endedAt: null, reopened: run.reopened + 1 });
      run.state = 'running';
      break;
    case 'due':
      break;
    case 'stopped':
      if (run.state === 'done' || run.state === 'stopped') break;
      run.pauses.push({ from: event.at, to: null });
      run.state = 'stopped';
      break;
    case 'resumed':
      if (run.state !== 'stopped') break;
      if (open) open.to = event.at;
      run.state = 'running';
      break;
    case 'done':
      if (open && open.to === null) open.to = event.at;
      run.endedAt ??= event.at;
      run.state = 'done';
      break;
  }
}
