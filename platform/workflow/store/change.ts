import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { addWorkingDays } from '#platform/calendar/working-days.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { nodeOf } from '../definition.ts';
import type { Due, Effect, Event, State } from '../engine/state.ts';
import { ProcessFault } from '../engine/process-fault.ts';
import type { Carrier, Moving } from './carry.ts';
import { stuck } from './stuck.ts';

/** Longest text of the variables in a message: a job carries it. */
const LONGEST_MESSAGE = 1_500;

/** What the log keeps of an event beside the engine's steps. */
export type Note = {
  event: Event;
  /** The act of a person: complete is the usual one. */
  act?: 'return' | 'recall' | 'cancel' | 'countersign';
  /** Account that did the task. */
  by?: string;
};

type TaskChange = {
  id: string;
  token: string;
  node: string;
  name: string;
  form: string | null;
  run: number | null;
  due: string | null;
  units: string[];
  posts: string[];
};

/** One instance's part of what `workflow.apply` writes. */
export type Change = {
  instance: string;
  app: string;
  definition: string;
  process: string;
  version: number;
  key: string;
  unit: string | null;
  parent: string | null;
  parentToken: string | null;
  state: State;
  read: number;
  revision: number;
  status: string;
  tasks?: TaskChange[];
  done?: { token: string; by: string | null; outcome: string | null }[];
  withdrawn?: string[];
  timers?: { wait: string; node: string; due: string }[];
  fired?: string[];
  subscriptions?: { wait: string; node: string; kind: string; name: string; key: string }[];
  unwait?: string[];
  gone?: string[];
  renamed?: { id: string; node: string; name: string }[];
  jobs?: { name: string; payload: Record<string, string>; key: string }[];
  events?: { type: string; subject: string; data: Record<string, string> }[];
  steps: {
    node: string | null;
    token: string | null;
    lifecycle: string;
    outcome: string | null;
    event: Event | null;
  }[];
};

/** Puts effects into rows. Lists that would be empty are left out: most steps touch few tables. */
export async function changeOf(carrier: Carrier, moving: Moving): Promise<Change> {
  const { row, state } = moving;
  const change: Change = {
    instance: row.id,
    app: row.app,
    definition: row.definition,
    process: row.process,
    version: row.version,
    key: row.key,
    unit: row.unit,
    parent: row.parent,
    parentToken: row.parent_token,
    state,
    read: moving.read,
    revision: row.revision,
    status: state.ended?.kind ?? 'active',
    steps: [],
  };
  for (const note of moving.notes) takeNote(change, note);
  if (moving.moved) takeMove(change, moving, moving.moved);
  for (const effect of moving.effects) await takeEffect(carrier, moving, change, effect);
  return change;
}

function takeMove(change: Change, { graph }: Moving, { map, renamed }: NonNullable<Moving['moved']>): void {
  const outcome = JSON.stringify(map).slice(0, 200);
  change.steps.push({ node: null, token: null, lifecycle: 'move', outcome, event: null });
  if (renamed.length > 0)
    change.renamed = renamed.map(({ id, node }) => ({ id, node, name: nodeOf(graph, node).name ?? node }));
}

function takeNote(change: Change, { event, act, by }: Note): void {
  const named = 'token' in event ? event.token : 'wait' in event ? event.wait : null;
  change.steps.push({ node: null, token: named, lifecycle: act ?? `event.${event.type}`, outcome: null, event });
  if (event.type === 'timer') (change.fired ??= []).push(event.wait);
  if (event.type === 'complete' || event.type === 'error') {
    const outcome = event.type === 'complete' && typeof event.outcome === 'string' ? event.outcome : null;
    (change.done ??= []).push({ token: event.token, by: by ?? null, outcome });
    (change.gone ??= []).push(event.token);
  }
}

async function takeEffect(carrier: Carrier, moving: Moving, change: Change, effect: Effect): Promise<void> {
  const { row, graph, state } = moving;
  const work = (name: string, more: Record<string, string>, key: string) =>
    (change.jobs ??= []).push({ name, payload: { instance: row.id, app: row.app, ...more }, key });
  switch (effect.type) {
    case 'task': {
      const node = nodeOf(graph, effect.node);
      const due = effect.due ? await momentOf(carrier, effect.due) : null;
      const units = effect.units.length > 0 ? effect.units : row.unit === null ? [] : [row.unit];
      if (units.length === 0 || effect.posts.length === 0)
        throw stuck(
          new ProcessFault(effect.node, 'nobody', {
            zh: '该步骤没有办理单位或岗位',
            en: 'is for nobody: no unit or no post',
          }),
        );
      (change.tasks ??= []).push({
        id: uuidv7(),
        token: effect.token,
        node: effect.node,
        name: node.name ?? node.id,
        form: node.type === 'task' && node.task.kind === 'user' ? (node.task.form ?? null) : null,
        run: effect.index ?? null,
        due,
        units,
        posts: effect.posts,
      });
      const place = { unit: units[0] ?? '', post: effect.posts[0] ?? '' };
      if (due !== null) tell(change, 'due', effect, { ...place, due });
      tell(change, 'started', effect, place);
      return;
    }
    case 'service':
      // Those that ran in this transaction have no token any more.
      if (state.tokens[effect.token]) work('work', { token: effect.token }, `${row.id} ${effect.token}`);
      return;
    case 'withdrawn':
      (change.withdrawn ??= []).push(effect.token);
      (change.gone ??= []).push(effect.token);
      return;
    case 'timer':
      if (state.waits[effect.wait])
        (change.timers ??= []).push({ wait: effect.wait, node: effect.node, due: await momentOf(carrier, effect.due) });
      return;
    case 'subscribe':
      if (state.waits[effect.wait])
        (change.subscriptions ??= []).push({
          wait: effect.wait,
          node: effect.node,
          kind: effect.kind,
          name: effect.name,
          key: effect.kind === 'signal' ? '' : (effect.key ?? row.key),
        });
      return;
    case 'unwait':
      (change.unwait ??= []).push(effect.wait);
      return;
    case 'send': {
      const variables = JSON.stringify(effect.variables);
      if (variables.length > LONGEST_MESSAGE)
        throw stuck(
          new ProcessFault(effect.node, 'message-size', {
            zh: '消息携带的变量过多',
            en: 'sends more in a message than ids and a few facts',
          }),
        );
      work(
        'deliver',
        {
          node: effect.node,
          message: effect.message,
          key: effect.key ?? row.key,
          variables,
        },
        `${row.id} ${row.revision} ${effect.node}`,
      );
      return;
    }
    case 'signal':
      work('broadcast', { signal: effect.signal }, `${row.id} ${row.revision} ${effect.node}`);
      return;
    case 'log':
      change.steps.push({
        node: effect.node,
        token: effect.token ?? null,
        lifecycle: effect.lifecycle,
        outcome: effect.outcome?.slice(0, 200) ?? null,
        event: null,
      });
      if (isUserTask(moving, effect.node) && (effect.lifecycle === 'complete' || effect.lifecycle === 'withdraw'))
        tell(change, 'done', effect, { outcome: effect.lifecycle === 'complete' ? 'done' : 'withdrawn' });
      return;
    case 'rule':
    case 'call':
    case 'escalated':
    case 'ended':
      return;
  }
}

function isUserTask({ graph }: Moving, id: string): boolean {
  const node = nodeOf(graph, id);
  return node.type === 'task' && node.task.kind === 'user';
}

/** A step event (GS7): ids only. Whether something is late is judged elsewhere; `stopped` and `resumed` are the clock's, not the step's. */
function tell(
  change: Change,
  what: 'due' | 'started' | 'done',
  step: { node: string; token?: string },
  more: Record<string, string>,
): void {
  (change.events ??= []).push({
    type: `gov.step.${what}`,
    subject: change.key,
    data: {
      caseNo: change.key,
      app: change.app,
      itemCode: change.process,
      step: step.node,
      instance: change.instance,
      token: step.token ?? '',
      ...more,
    },
  });
}

/** A moment; working days are those of the calendar that is in force (GS2). */
async function momentOf(carrier: Carrier, due: Due): Promise<string> {
  if ('at' in due) return due.at;
  const { calendar } = await readCalendar(carrier.db);
  return addWorkingDays({ from: carrier.now, days: due.workingDays, calendar }).dueAt.toISOString();
}
