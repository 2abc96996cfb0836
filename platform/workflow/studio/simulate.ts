import { sequence } from '#platform/kernel/random.ts';
import { type Definition, nodeOf } from '../definition.ts';
import { advance } from '../engine/advance.ts';
import { ProcessFault } from '../engine/process-fault.ts';
import { type Effect, EMPTY, type Event, type State, type Value, type Values } from '../engine/state.ts';
import { type Pool, pools } from './simulated-posts.ts';
import type { Path, Simulation, SimulationSettings } from './simulation-terms.ts';
import { inTime, type Timeline } from './timeline.ts';
import { mean, quantile } from './quantile.ts';

/** Working time of a day in minutes (八小时工作制): what "working days" of a timer are counted in. */
const DAY_MIN = 480;
/** Steps of one case after which it is given up: it goes round and round by the shares that were entered. */
const MOST_STEPS = 2_000;
/** Paths that are told one by one. */
const MOST_PATHS = 12;

type Case = { state: State; began: number; path: string[]; steps: number; over: boolean };

/**
 * Plays a definition with invented cases before it is published (仿真): they come at random, people work on them by posts, each
 * step takes its time, results fall by their shares. The steps are those of the engine itself (`advance`). Time is working
 * time: a day has eight hours. The same settings and seed give the same figures.
 */
export function simulate(definition: Definition, settings: SimulationSettings): Simulation {
  const random = sequence(settings.seed);
  const line: Timeline = inTime();
  const staff = pools(settings.posts);
  const cases: Case[] = [];
  const leads: number[] = [];
  const waits = new Map<string, number[]>();
  const works = new Map<string, number>();
  const stuck = new Map<string, { count: number; message: { zh: string; en: string } }>();
  let finished = 0;
  /** Work that was withdrawn while it waited or was being done, by case and token. */
  const alive = new Map<string, boolean>();

  const drawn = <T>(weighted: readonly { value: T; weight: number }[]): T | undefined => {
    const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
    let at = random() * total;
    for (const { value, weight } of weighted) {
      at -= weight;
      if (at < 0) return value;
    }
    return weighted.at(-1)?.value;
  };
  /** Exponential: what comes and goes without memory. */
  const spread = (average: number): number => -average * Math.log(1 - random());
  const durationOf = (node: string): number => {
    const { seen, minutes = settings.defaultMinutes } = settings.durations[node] ?? {};
    if (seen && seen.length > 0) return seen[Math.floor(random() * seen.length)] ?? minutes;
    return spread(minutes);
  };
  const outcomeOf = (node: string): Value => {
    const shares = settings.outcomes[node];
    if (shares) return drawn(shares) ?? null;
    const { type, ...rest } = nodeOf(definition, node);
    if (type !== 'task' || !('task' in rest) || rest.task.kind !== 'user') return null;
    const { outcomes } = rest.task;
    return outcomes[Math.floor(random() * outcomes.length)] ?? null;
  };

  const step = (at: number, one: Case, event: Event): void => {
    if (one.over) return;
    one.steps += 1;
    try {
      if (one.steps > MOST_STEPS)
        throw new ProcessFault(null, 'endless', { zh: '按所填的比例一直打转', en: 'goes round by the shares entered' });
      const { state, effects } = advance({ definition, state: one.state, event, now: timeAt(at) });
      one.state = state;
      for (const effect of effects) follow(at, one, effect);
    } catch (error) {
      if (!(error instanceof ProcessFault)) throw error;
      one.over = true;
      const key = error.node ?? '';
      stuck.set(key, { count: (stuck.get(key)?.count ?? 0) + 1, message: error.text });
    }
  };

  const number = new Map<Case, number>();
  const keyOf = (one: Case, token: string): string => `${number.get(one)} ${token}`;
  const finish = (one: Case, token: string, more: { outcome?: Value; variables?: Values }) => (at: number) => {
    if (!alive.delete(keyOf(one, token))) return;
    step(at, one, { type: 'complete', token, ...more });
  };

  /** What the world does about an effect: people, calendars, partners. */
  function follow(at: number, one: Case, effect: Effect): void {
    switch (effect.type) {
      case 'task': {
        const { token, node, posts } = effect;
        alive.set(keyOf(one, token), true);
        const pool = staff.for(posts);
        pool.ask(at, (from) => {
          if (!alive.has(keyOf(one, token))) return 0;
          const work = durationOf(node);
          const seen = waits.get(node) ?? [];
          seen.push(from - at);
          waits.set(node, seen);
          // Only while cases come: afterwards posts stand idle for want of work, which says nothing.
          const counted = Math.max(0, Math.min(from + work, arrival) - from);
          works.set(pool.id, (works.get(pool.id) ?? 0) + counted);
          line.add(from + work, (then) => {
            finish(one, token, { outcome: outcomeOf(node) })(then);
            pool.free(then);
          });
          return work;
        });
        return;
      }
      case 'service':
      case 'call':
      case 'rule': {
        alive.set(keyOf(one, effect.token), true);
        const takes = settings.durations[effect.node] ? durationOf(effect.node) : 0;
        const result = effect.type === 'rule' ? { outcome: outcomeOf(effect.node) } : {};
        line.add(at + takes, finish(one, effect.token, result));
        return;
      }
      case 'withdrawn':
        alive.delete(keyOf(one, effect.token));
        return;
      case 'timer': {
        alive.set(keyOf(one, effect.wait), true);
        const after =
          'workingDays' in effect.due
            ? effect.due.workingDays * DAY_MIN
            : workingMinutes(timeAt(at), new Date(effect.due.at));
        line.add(at + after, (then) => {
          if (alive.delete(keyOf(one, effect.wait))) step(then, one, { type: 'timer', wait: effect.wait });
        });
        return;
      }
      case 'subscribe': {
        alive.set(keyOf(one, effect.wait), true);
        const after = spread(settings.durations[effect.node]?.minutes ?? DAY_MIN);
        line.add(at + after, (then) => {
          if (alive.delete(keyOf(one, effect.wait))) step(then, one, { type: effect.kind, wait: effect.wait });
        });
        return;
      }
      case 'unwait':
        alive.delete(keyOf(one, effect.wait));
        return;
      case 'log': {
        const node = nodeOf(definition, effect.node);
        const told = node.type === 'end' || (node.type === 'task' && node.task.kind === 'user');
        if (effect.lifecycle === 'complete' && told && one.path.at(-1) !== effect.node) one.path.push(effect.node);
        return;
      }
      case 'ended':
        one.over = true;
        finished += 1;
        leads.push(at - one.began);
        return;
      case 'send':
      case 'signal':
      case 'escalated':
        return;
    }
  }

  let arrival = 0;
  for (let i = 0; i < settings.runs; i++) {
    arrival += spread(DAY_MIN / settings.perDay);
    line.add(arrival, (at) => {
      const one: Case = { state: EMPTY, began: at, path: [], steps: 0, over: false };
      number.set(one, cases.length);
      cases.push(one);
      step(at, one, { type: 'start', variables: settings.variables });
    });
  }
  const until = line.run();
  return {
    runs: settings.runs,
    finished,
    stuck: [...stuck].map(([element, { count, message }]) => ({ element: element || null, count, message })),
    leadMinutes: { p50: quantile(leads, 0.5), p90: quantile(leads, 0.9) },
    tasks: [...waits].map(([element, times]) => ({
      element,
      count: times.length,
      waitMean: mean(times),
      waitP90: quantile(times, 0.9),
    })),
    posts: staff.all().map((pool: Pool) => ({
      post: pool.id,
      people: pool.people,
      utilisation: arrival > 0 && pool.people > 0 ? (works.get(pool.id) ?? 0) / (pool.people * arrival) : 0,
    })),
    paths: pathsOf(cases),
    days: until / DAY_MIN,
  };
}

/** Shares of the ways that cases took, the commonest first; the rest together. */
function pathsOf(cases: readonly Case[]): Path[] {
  const count = new Map<string, number>();
  for (const { path } of cases) count.set(path.join(' '), (count.get(path.join(' ')) ?? 0) + 1);
  const sorted = [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const told = sorted.slice(0, MOST_PATHS).map(([path, n]) => ({
    elements: path === '' ? [] : path.split(' '),
    share: n / cases.length,
  }));
  const rest = sorted.slice(MOST_PATHS).reduce((sum, [, n]) => sum + n, 0);
  return rest > 0 ? [...told, { elements: [], share: rest / cases.length }] : told;
}

/** The simulated clock's moment for the engine, which needs one for durations: working minutes laid on days of eight hours. */
const BEGIN = Date.UTC(2026, 0, 5, 1);
const timeAt = (minutes: number): Date => {
  const days = Math.floor(minutes / DAY_MIN);
  return new Date(BEGIN + days * 86_400_000 + (minutes - days * DAY_MIN) * 60_000);
};
/** Working minutes between two moments of that clock. */
const workingMinutes = (from: Date, to: Date): number => Math.max(0, minutesOf(to) - minutesOf(from));
const minutesOf = (moment: Date): number => {
  const passed = moment.getTime() - BEGIN;
  const days = Math.floor(passed / 86_400_000);
  return days * DAY_MIN + Math.min(DAY_MIN, (passed - days * 86_400_000) / 60_000);
};
