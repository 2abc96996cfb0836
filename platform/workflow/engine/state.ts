import type { TimerSpec } from '../definition.ts';

/** A value of a process variable: an id or a fact of level L1 or L2. */
export type Value = string | number | boolean | null | readonly (string | number)[];
export type Values = Readonly<Record<string, Value>>;

/**
 * A token (令牌): somebody or something is at `node`. An activity that runs is a token that rests; so is one that waits at a join.
 * Ids are counted within the instance, so that the same events give the same state.
 */
export type Token = {
  id: string;
  node: string;
  /** Id of the scope that it is in. */
  scope: string;
  /** Flow by which it came, while it waits at a join. */
  by?: string;
  /** One run of an activity with several; the token of the whole is the owner of the loop's scope. */
  inner?: true;
  /** What only this run sees: its element and loopCounter. */
  local?: Values;
};

/** What has been done and can be undone (补偿), oldest first. */
export type Done = { node: string; inner?: Done[] };

export type LoopState = {
  total: number;
  started: number;
  done: number;
  items?: Value[];
  outcomes: Value[];
};

/** A scope at work: the process, a subprocess, an event subprocess, the runs of a loop, or a compensation in progress. */
export type ScopeState = {
  id: string;
  kind: 'process' | 'subprocess' | 'event' | 'loop' | 'compensation';
  /** Definition scope or activity. */
  of: string;
  /** Token that waits for it to end; absent = the process. */
  owner?: string;
  /** An interrupting event subprocess has taken over: no other starts here. */
  interrupted?: true;
  done?: Done[];
  loop?: LoopState;
  /** Handlers that are still to be run, in order. */
  todo?: string[];
};

/** What may come from outside: a timer, a message or a signal, for a token or for an event subprocess of a scope. */
export type Wait = {
  id: string;
  /** The event, or the receive task. */
  node: string;
  token?: string;
  scope?: string;
  kind: 'timer' | 'message' | 'signal';
  name?: string;
  /** Of a cycle: what is still to come; absent count = for ever. */
  cycle?: { every: string; left?: number };
};

export type Outcome = { kind: 'completed' } | { kind: 'error'; code: string } | { kind: 'cancelled' };

/** Where an instance is: compact, JSON, nothing of time or chance in it. */
export type State = {
  next: number;
  tokens: Record<string, Token>;
  scopes: Record<string, ScopeState>;
  waits: Record<string, Wait>;
  variables: Record<string, Value>;
  ended?: Outcome;
};

/** What happens to an instance. Whatever names a token or a wait that is gone is refused as stale. */
export type Event =
  | { type: 'start'; variables?: Values /** Start event, where there are several. */; node?: string }
  /** A task, a called process or a handler is through. */
  | { type: 'complete'; token: string; variables?: Values; outcome?: Value }
  /** An activity failed with an error (错误) of the business, which boundary events may catch. */
  | { type: 'error'; token: string; code: string }
  | { type: 'escalation'; token: string; code: string }
  | { type: 'timer'; wait: string }
  | { type: 'message'; wait: string; variables?: Values }
  | { type: 'signal'; wait: string }
  /** One more instance of a multi-instance that runs (加签). `token` is one of its runs. */
  | { type: 'add'; token: string; items: Value[] }
  /** Back to an earlier user task (退回, 撤回): what came of it is withdrawn. */
  | { type: 'rewind'; token: string; to: string }
  | { type: 'cancel' };

export type Due = { at: string } | { workingDays: number };

/** What the world has to do. In order; tokens and waits are those of the state. */
export type Effect =
  | { type: 'task'; token: string; node: string; posts: string[]; units: string[]; due?: Due; index?: number }
  | { type: 'service'; token: string; node: string; handler: string }
  | { type: 'rule'; token: string; node: string; decision: string; input: Values }
  | { type: 'call'; token: string; node: string; process: string; variables: Values }
  /** Work that was handed out is void. */
  | { type: 'withdrawn'; token: string; node: string }
  | { type: 'timer'; wait: string; node: string; due: Due }
  | { type: 'subscribe'; wait: string; node: string; kind: 'message' | 'signal'; name: string; key?: string }
  | { type: 'unwait'; wait: string; kind: Wait['kind'] }
  | { type: 'send'; node: string; message: string; key?: string; variables: Values }
  | { type: 'signal'; node: string; signal: string }
  | { type: 'escalated'; code: string }
  /** A step for the log, in the words of XES (IEEE 1849): schedule, start, complete, withdraw, ate_abort. */
  | { type: 'log'; node: string; token?: string; lifecycle: Lifecycle; outcome?: string }
  | { type: 'ended'; outcome: Outcome };

export type Lifecycle = 'schedule' | 'start' | 'complete' | 'withdraw' | 'ate_abort';

export type { TimerSpec };

export const EMPTY: State = { next: 1, tokens: {}, scopes: {}, waits: {}, variables: {} };
