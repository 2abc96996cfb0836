import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Definition } from '../definition.ts';
import { advance } from '../engine/advance.ts';
import { ProcessFault, StaleEvent } from '../engine/process-fault.ts';
import { type Effect, EMPTY, type Event, type Outcome, type State, type Value, type Values } from '../engine/state.ts';
import { ProcessRetired, TaskGone } from '../errors.ts';
import { decide } from '#platform/rulebook/decide.ts';
import { BusinessError, handlerOf } from '../handlers.ts';
import { type Change, changeOf, type Note } from './change.ts';
import { type InstanceRow, newestVersion, readGraph, readHeld, readInstance } from './records.ts';
import { stuck } from './stuck.ts';
import { writeChanges } from './write-changes.ts';

/** An instance on its way through one transaction: what was read, and what has come of it. */
export type Moving = {
  row: InstanceRow;
  graph: Definition;
  state: State;
  /** Revision that was read; 0 = new. */
  read: number;
  effects: Effect[];
  notes: Note[];
  /** Set where it was moved to another version: old elements to new ones, and what stands at another element now. */
  moved?: { map: Readonly<Record<string, string>>; renamed: { id: string; node: string }[] };
};

export type Carrier = {
  db: Db;
  services: Services;
  now: Date;
  /** Instances touched in this transaction, in the order in which they were. */
  moving: Map<string, Moving>;
};

export async function carrierOf(db: Db, services: Services): Promise<Carrier> {
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  return { db, services, now, moving: new Map() };
}

/** Takes an instance up, once a transaction. */
export async function take(carrier: Carrier, id: string): Promise<Moving> {
  const known = carrier.moving.get(id);
  if (known) return known;
  const row = await readInstance(carrier.db, id);
  const graph = await readGraph(carrier.db, row.definition);
  const moving: Moving = { row, graph, state: row.state, read: row.revision, effects: [], notes: [] };
  carrier.moving.set(id, moving);
  return moving;
}

/** Takes up instances that this transaction holds already, all in one question. */
export async function takeHeld(carrier: Carrier, ids: readonly string[]): Promise<void> {
  for (const row of await readHeld(carrier.db, ids)) {
    const graph = await readGraph(carrier.db, row.definition);
    carrier.moving.set(row.id, { row, graph, state: row.state, read: row.revision, effects: [], notes: [] });
  }
}

/** A new instance, on the newest version of its process. */
export async function open(
  carrier: Carrier,
  options: {
    app: string;
    process: string;
    key: string;
    unit: string | null;
    parent?: { instance: string; token: string };
  },
): Promise<Moving> {
  const { app, process, key, unit, parent } = options;
  const { id, version, graph, retired } = await newestVersion(carrier.db, { app, process });
  // What a case under way calls still goes on.
  if (retired && !parent) throw ProcessRetired.with();
  const row: InstanceRow = {
    id: uuidv7(),
    app,
    definition: id,
    process,
    version,
    key,
    unit,
    state: EMPTY,
    revision: 0,
    status: 'active',
    parent: parent?.instance ?? null,
    parent_token: parent?.token ?? null,
  };
  const moving: Moving = { row, graph, state: EMPTY, read: 0, effects: [], notes: [] };
  carrier.moving.set(row.id, moving);
  return moving;
}

/**
 * Moves an instance by an event and by all that follows in the same transaction: decisions, handlers of the calling module, called
 * processes and their callers. Nothing is written before `settle`.
 */
export async function carry(carrier: Carrier, moving: Moving, event: Event, note?: Omit<Note, 'event'>): Promise<void> {
  const events: Event[] = [event];
  for (let next = events.shift(); next; next = events.shift()) {
    const { state, effects } = step(carrier, moving, next);
    moving.state = state;
    moving.row.revision += 1;
    moving.notes.push({ event: next, ...(next === event ? note : {}) });
    moving.effects.push(...effects);
    for (const effect of effects) {
      const more = await follow(carrier, moving, effect);
      if (more) events.push(more);
    }
  }
}

function step(carrier: Carrier, moving: Moving, event: Event): { state: State; effects: Effect[] } {
  try {
    return advance({ definition: moving.graph, state: moving.state, event, now: carrier.now });
  } catch (error) {
    if (error instanceof StaleEvent) throw TaskGone.with();
    if (error instanceof ProcessFault) throw stuck(error);
    throw error;
  }
}

/** What an effect brings at once, as the next event of the same instance; undefined where nothing does. */
async function follow(carrier: Carrier, moving: Moving, effect: Effect): Promise<Event | undefined> {
  switch (effect.type) {
    case 'rule':
      return { type: 'complete', token: effect.token, outcome: await decided(carrier, effect) };
    case 'service':
      return handled(carrier, moving, effect);
    case 'call':
      await called(carrier, moving, effect);
      return undefined;
    case 'withdrawn':
      await withdrawCalled(carrier, moving, effect.token);
      return undefined;
    case 'ended':
      await tellCaller(carrier, moving, effect.outcome);
      return undefined;
    case 'escalated':
      if (moving.row.parent && moving.row.parent_token)
        await carry(carrier, await take(carrier, moving.row.parent), {
          type: 'escalation',
          token: moving.row.parent_token,
          code: effect.code,
        });
      return undefined;
    default:
      return undefined;
  }
}

async function decided(carrier: Carrier, effect: Extract<Effect, { type: 'rule' }>): Promise<Value> {
  const { value } = await decide(carrier.db, {
    decision: effect.decision,
    on: carrier.now,
    input: { ...effect.input },
  });
  return value as Value;
}

/** A handler of the calling module that only needs the database runs here; others as a job once this is committed. */
async function handled(
  carrier: Carrier,
  moving: Moving,
  effect: Extract<Effect, { type: 'service' }>,
): Promise<Event | undefined> {
  const { row } = moving;
  const found = handlerOf(carrier.services, { app: row.app, name: effect.handler });
  if (!found || !('run' in found.handler) || found.module !== carrier.db.module) return undefined;
  const work = { app: row.app, instance: row.id, key: row.key, node: effect.node, variables: moving.state.variables };
  try {
    const done = await found.handler.run({ db: carrier.db, work });
    return { type: 'complete', token: effect.token, ...pick(done ?? undefined) };
  } catch (error) {
    if (error instanceof BusinessError) return { type: 'error', token: effect.token, code: error.code };
    throw error;
  }
}

export function pick(done: { variables?: Values; outcome?: Value } | undefined): {
  variables?: Values;
  outcome?: Value;
} {
  return {
    ...(done?.variables && { variables: done.variables }),
    ...(done?.outcome !== undefined && { outcome: done.outcome }),
  };
}

/** Starts a called process (调用活动). It shares the variables that both declare, and gives them back at its end. */
async function called(carrier: Carrier, moving: Moving, effect: Extract<Effect, { type: 'call' }>): Promise<void> {
  const { row } = moving;
  const child = await open(carrier, {
    app: row.app,
    process: effect.process,
    key: row.key,
    unit: row.unit,
    parent: { instance: row.id, token: effect.token },
  });
  await carry(carrier, child, { type: 'start', variables: shared(effect.variables, child.graph) });
}

function shared(values: Values, graph: Definition): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(graph.variables, name)));
}

async function withdrawCalled(carrier: Carrier, moving: Moving, token: string): Promise<void> {
  const here = [...carrier.moving.values()].find(
    ({ row }) => row.parent === moving.row.id && row.parent_token === token,
  );
  const child =
    here ?? (moving.graph.needs.processes.length > 0 ? await childOf(carrier, moving.row.id, token) : undefined);
  if (child && !child.state.ended) await carry(carrier, child, { type: 'cancel' });
}

async function childOf(carrier: Carrier, parent: string, token: string): Promise<Moving | undefined> {
  const found = await carrier.db.first<{ id: string | null }>(
    carrier.db.module === 'workflow'
      ? sql`select workflow.child_of(${parent}::uuid, ${token}) as id`
      : sql`select id from workflow.instance where parent = ${parent}::uuid and parent_token = ${token} and status = 'active'`,
  );
  return found?.id ? take(carrier, found.id) : undefined;
}

/** A called process that has ended goes on at its caller; one that was cancelled was so by its caller. */
async function tellCaller(carrier: Carrier, moving: Moving, outcome: Outcome): Promise<void> {
  const { parent, parent_token: token } = moving.row;
  if (parent === null || token === null || outcome.kind === 'cancelled') return;
  const caller = await take(carrier, parent);
  await carry(
    carrier,
    caller,
    outcome.kind === 'error'
      ? { type: 'error', token, code: outcome.code }
      : { type: 'complete', token, variables: shared(moving.state.variables, caller.graph) },
  );
}

/** Writes all that has moved, in one statement. */
export async function settle(carrier: Carrier): Promise<void> {
  const changes: Change[] = [];
  for (const moving of carrier.moving.values())
    if (moving.notes.length > 0 || moving.moved) changes.push(await changeOf(carrier, moving));
  writeChanges(carrier.db, changes);
}
