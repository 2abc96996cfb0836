import type { Text } from '#platform/kernel/text.ts';

/*
 * A process as the engine executes it (流程定义): the graph of BPMN 2.0.2 (OMG formal/2013-12-09, ISO/IEC 19510) compiled once, plain
 * JSON. Everything is addressed by the element ids of the drawing, so that log, editor and mining speak of the same things.
 */

/** A FEEL expression (DMN 1.3 §10), without the leading `=` of tools. */
export type Feel = string;

/** A value of the drawing that may be worked out when the process gets there. */
export type Given = { literal: string } | { feel: Feel };

export type VariableType = 'string' | 'number' | 'boolean' | 'date' | 'list' | 'id';

/**
 * A process variable. Variables hold ids and facts of level L1 or L2 only (§2b 8): anything else is read from the business row
 * through the caller's own rights. Values that are not declared, of another type or longer than an id are refused.
 */
export type Variable = { name: string; type: VariableType; level: 'L1' | 'L2' };

export type Flow = {
  id: string;
  name?: string;
  from: string;
  to: string;
  /** Absent = always. */
  condition?: Feel;
};

/** When a timer fires: a moment (ISO 8601), a duration after now, a cycle, or working days of the calendar after now. */
export type TimerSpec =
  | { kind: 'date'; at: Given }
  | { kind: 'duration'; after: Given }
  | { kind: 'cycle'; every: Given }
  | { kind: 'working-days'; days: Given };

/** What an event waits for or gives off. `none` at a start or an end that has no trigger. */
export type Trigger =
  | { kind: 'none' }
  | { kind: 'timer'; timer: TimerSpec }
  | { kind: 'message'; message: string /** Absent = the key of the instance. */; correlation?: Feel }
  | { kind: 'signal'; signal: string }
  | { kind: 'error' /** Absent = every error. */; code?: string }
  | { kind: 'escalation' /** Absent = every escalation. */; code?: string }
  | { kind: 'compensation' /** Absent = all of the scope. */; activity?: string }
  | { kind: 'cancel' }
  | { kind: 'terminate' }
  | { kind: 'link'; link: string };

/** Several runs of one activity (多实例) or its repetition. */
export type Loop =
  | {
      kind: 'multi';
      sequential: boolean;
      /** One instance each element; or so many. */
      collection?: Feel;
      cardinality?: Feel;
      /** Name under which an instance sees its element. */
      element?: string;
      /** Ends the rest once it is true: sees `outcomes` and the counts of BPMN (table 10.30). */
      until?: Feel;
    }
  | { kind: 'standard'; testBefore: boolean; while?: Feel; max?: number };

/**
 * Who may do a user task (候选人): holders of one of the posts, in one of the units. Posts and units, not persons: the task follows
 * the post when a holder leaves. Empty units = the unit of the instance.
 */
export type Candidates = { posts?: Given; units?: Given };

export type Task =
  | {
      kind: 'user';
      candidates: Candidates;
      /** Results that a person may choose from (办理结果); empty = any. */
      outcomes: string[];
      /** Whoever did one of these cannot do this one (职责分离). */
      separateFrom: string[];
      /** Latest end for people, shown in the inbox; the law's limit is a clock of the case. */
      limit?: TimerSpec;
      form?: string;
    }
  | { kind: 'service'; handler: string }
  | { kind: 'rule'; decision: string }
  | { kind: 'send'; message: string; correlation?: Feel }
  | { kind: 'receive'; message: string; correlation?: Feel }
  /** A manual or abstract task: work outside the system, passed at once (BPMN 2.0.2 §13.3.3). */
  | { kind: 'pass' };

type Base = {
  id: string;
  name?: string;
  /** Lane (泳道) of the drawing, for figures only. */
  lane?: string;
  /** Scope that it stands in: id of the process or of a subprocess. */
  scope: string;
  /** Ids of the flows. */
  incoming: string[];
  outgoing: string[];
};

type Activity = Base & {
  /** Boundary events attached to it. */
  boundary: string[];
  loop?: Loop;
  /** Only run by compensation. */
  compensates?: true;
  /** Activity that undoes it, from its compensation boundary event. */
  compensation?: string;
  /** Flow that is taken when no condition of the others holds. */
  default?: string;
  /** Variable that takes the result: the outcome of a person, the value of a decision, the list of a multi-instance. */
  result?: string;
};

export type Node =
  | (Base & { type: 'start'; trigger: Trigger /** Of an event subprocess. */; interrupting: boolean })
  | (Base & { type: 'end'; trigger: Trigger })
  | (Base & { type: 'catch'; trigger: Trigger })
  | (Base & { type: 'throw'; trigger: Trigger; default?: string })
  | (Base & { type: 'boundary'; trigger: Trigger; host: string; interrupting: boolean })
  | (Base & { type: 'gateway'; gateway: 'exclusive' | 'inclusive' | 'parallel' | 'event'; default?: string })
  | (Activity & { type: 'task'; task: Task })
  | (Activity & { type: 'call'; process: string })
  | (Activity & { type: 'subprocess'; transaction: boolean })
  /** A subprocess that is started by an event within its scope, not by a flow. */
  | (Base & { type: 'event-subprocess' });

export type NodeOf<T extends Node['type']> = Extract<Node, { type: T }>;
export type ActivityNode = NodeOf<'task' | 'call' | 'subprocess'>;

/** What stands directly inside the process or a subprocess. */
export type Scope = {
  id: string;
  /** Start events without trigger, or of the event of an event subprocess. */
  starts: string[];
  /** Event subprocesses. */
  handlers: string[];
  nodes: string[];
};

export type Definition = {
  /** Form of this JSON; an instance stays readable when the form grows. */
  format: 1;
  /** Id of the process element; the versions of a process share it. */
  id: string;
  name: string;
  scopes: Record<string, Scope>;
  nodes: Record<string, Node>;
  flows: Record<string, Flow>;
  variables: Record<string, Variable>;
  /** Names of what goes in and out, for the checks of the installation. */
  needs: { handlers: string[]; decisions: string[]; processes: string[]; messages: string[]; signals: string[] };
};

/** Why a file cannot be executed, at which element. The list is complete: all faults are told at once. */
export type DefinitionFault = { element: string | null; rule: string; message: Text };

export function isActivity(node: Node): node is ActivityNode {
  return node.type === 'task' || node.type === 'call' || node.type === 'subprocess';
}

/** A node by id; a definition that was read has every node that it names. */
export function nodeOf(definition: Definition, id: string): Node {
  const node = definition.nodes[id];
  if (!node) throw new Error(`definition ${definition.id} has no element ${id}`);
  return node;
}

export function flowOf(definition: Definition, id: string): Flow {
  const flow = definition.flows[id];
  if (!flow) throw new Error(`definition ${definition.id} has no flow ${id}`);
  return flow;
}

export function scopeOf(definition: Definition, id: string): Scope {
  const scope = definition.scopes[id];
  if (!scope) throw new Error(`definition ${definition.id} has no scope ${id}`);
  return scope;
}
