import { BUILTINS } from '../feel/builtins.ts';
import { compile, type Compiled, filterBy, forOver, functionOf, quantifiedOver } from '../feel/evaluate.ts';
import { FeelSyntaxError } from '../feel/reader.ts';
import { ROUNDS, Scope, TooMuchWork } from '../feel/scope.ts';
import type { Types } from '../feel/types.ts';
import { Names, normalName } from '../feel/names.ts';
import { parseExpression } from '../feel/parse.ts';
import { isFunction, type Value } from '../feel/values.ts';
import type { Decision, Expression, FunctionExpression, Knowledge, Model, Reference, Service } from './model.ts';
import { compileTable, type Fault } from './table.ts';
import { type Json, toJson } from './to-json.ts';
import { conformTo, fromJson, type Type, typesOf } from './types.ts';

/** Which rows of which table matched. */
export type Matched = { decision: string; rows: number[] };
export type DecisionResult = {
  value: Json;
  matched: Matched[];
  faults: Fault[];
  /** Why something is null (the standard's errors give null). */
  messages: string[];
};

/**
 * Evaluates one decision of a model, with everything that it requires. Pure: the same model and input give the same result, but for
 * `now()` and `today()`, which a decision by law should take as an input.
 */
export function evaluateDecision(
  model: Model,
  options: { decision?: string; input: Record<string, unknown>; imported?: readonly Model[] },
): DecisionResult {
  const { decision, input, imported = [] } = options;
  const wanted = decision ?? topDecision(model)?.name;
  const program = prepare(model, imported);
  const run = program.start();
  const { matched, faults, messages } = run;
  try {
    return { value: toJson(run.ask(wanted ?? '', input)), matched, faults, messages };
  } catch (error) {
    // A function that calls itself without end overflows the stack; a loop without end is stopped by its count.
    if (!(error instanceof TooMuchWork) && !(error instanceof RangeError)) throw error;
    return { value: null, matched, faults, messages: [...messages, `stopped: ${error.message}`] };
  }
}

/** The decision that no other one requires: what the model is there for. */
export function topDecision(model: Model): Decision | undefined {
  const required = new Set(model.decisions.flatMap(({ requires }) => requires.map(({ id }) => id)));
  return model.decisions.findLast(({ id }) => !required.has(id)) ?? model.decisions.at(-1);
}

const prepared = new WeakMap<Model, Program>();
export function prepare(model: Model, imported: readonly Model[] = []): Program {
  const known = prepared.get(model);
  if (known) return known;
  const made = new Program(model, imported);
  prepared.set(model, made);
  return made;
}

type Built = { scope: Scope; run: Run };
type Step = (scope: Scope, run: Run) => Value;

/** A model with its expressions compiled when they are first asked for. */
export class Program {
  readonly model: Model;
  readonly imports: { name: string; program: Program }[];
  readonly types: (name: string | undefined) => Type | undefined;
  readonly names: Names;
  private readonly steps = new Map<string, Step>();

  constructor(model: Model, imported: readonly Model[]) {
    this.model = model;
    this.imports = model.imports.flatMap(({ name, namespace }) => {
      const found = imported.find((each) => each.namespace === namespace);
      return found ? [{ name, program: prepare(found, imported) }] : [];
    });
    this.names = new Names([...BUILTINS.keys(), 'start included', 'end included', 'time offset', ...namesIn(model)]);
    for (const { name, program } of this.imports) {
      this.names.add(name);
      for (const each of namesIn(program.model)) this.names.add(each);
    }
    const own = typesOf(model.types, this.names);
    this.types = (name) => {
      if (name === undefined) return undefined;
      const via = this.imports.find((each) => each.name !== '' && name.startsWith(`${each.name}.`));
      if (via) return via.program.types(name.slice(via.name.length + 1));
      return (
        own(name) ?? this.imports.find((each) => each.name === '' && each.program.types(name))?.program.types(name)
      );
    };
  }

  start(): Run {
    return new Run(this);
  }

  /** The compiled logic of an element; a text that cannot be read gives null and says so. */
  step(key: string, logic: Expression): Step {
    let step = this.steps.get(key);
    if (!step) {
      step = this.compile(logic);
      this.steps.set(key, step);
    }
    return step;
  }

  private readonly typeTests: Types = (name) => {
    const type = this.types(name);
    return type && (type.shape ?? type.test);
  };

  private literal(text: string): Compiled {
    try {
      return compile(parseExpression(text, this.names), this.typeTests);
    } catch (error) {
      if (!(error instanceof FeelSyntaxError)) throw error;
      return (scope) => scope.fault(error.message);
    }
  }

  compile(logic: Expression): Step {
    const step = this.plain(logic);
    const { typeRef } = logic;
    if (typeRef === undefined || logic.kind === 'function') return step;
    const type = this.types(typeRef);
    return (scope, run) => conformed(step(scope, run), type, scope, typeRef);
  }

  private plain(logic: Expression): Step {
    switch (logic.kind) {
      case 'literal':
        return this.literal(logic.text);
      case 'table': {
        const text = logic.table;
        const ask = this.guard(() => compileTable(text, { names: this.names, types: this.typeTests }));
        return (scope, run) => {
          const found = ask(scope);
          if (typeof found === 'string') return scope.fault(found);
          run.matched.push({ decision: run.current, rows: found.rows });
          if (found.fault) run.faults.push(found.fault);
          return found.value;
        };
      }
      case 'context': {
        const entries = logic.entries.map(({ name, typeRef, value }) => ({
          name: name === undefined ? undefined : normalName(name),
          type: this.types(typeRef),
          typeRef,
          step: this.compile(value),
        }));
        return (scope, run) => {
          const made = new Map<string, Value>();
          const inner = new Scope({ variables: made, parent: scope });
          for (const { name, type, typeRef, step } of entries) {
            const value = conformed(step(inner, run), type, scope, typeRef ?? '');
            if (name === undefined) return value;
            made.set(name, value);
          }
          return made;
        };
      }
      case 'list': {
        const items = logic.items.map((item) => this.compile(item));
        return (scope, run) => items.map((item) => item(scope, run));
      }
      case 'relation': {
        const columns = logic.columns.map(normalName);
        const rows = logic.rows.map((row) => row.map((cell) => this.compile(cell)));
        return (scope, run) => rows.map((row) => new Map(row.map((cell, i) => [columns[i] ?? '', cell(scope, run)])));
      }
      case 'function':
        return (scope, run) => this.function(logic, { scope, run });
      case 'invocation': {
        const target = this.compile(logic.target);
        const bindings = logic.bindings.map(({ name, value }) => ({
          name: normalName(name),
          step: this.compile(value),
        }));
        return (scope, run) => {
          const called = target(scope, run);
          if (!isFunction(called)) return scope.fault('what is called is no function');
          const given = new Map(bindings.map(({ name, step }) => [name, step(scope, run)]));
          if ('call' in called && typeof called.call === 'function') return called.call({ named: given, scope });
          const known = called.params.map(({ name }) => name);
          if (known.some((name) => !given.has(name)) || given.size !== known.length)
            return scope.fault('a function was called with other arguments than it takes');
          return called.invoke(known.map((name) => given.get(name) ?? null));
        };
      }
      case 'conditional': {
        const condition = this.compile(logic.condition);
        const [yes, no] = [this.compile(logic.yes), this.compile(logic.no)];
        return (scope, run) => (condition(scope, run) === true ? yes : no)(scope, run);
      }
      case 'for':
      case 'some':
      case 'every': {
        const [from, body] = [this.compile(logic.from), this.compile(logic.body)];
        const name = normalName(logic.variable);
        return (scope, run) => {
          const loops = [{ name, from: (inner: Scope) => from(inner, run) }];
          const each = (inner: Scope): Value => body(inner, run);
          return (logic.kind === 'for' ? forOver(loops, each) : quantifiedOver(logic.kind === 'every', loops, each))(
            scope,
          );
        };
      }
      case 'filter': {
        const [from, match] = [this.compile(logic.from), this.compile(logic.match)];
        return (scope, run) =>
          filterBy(
            (s) => from(s, run),
            (s) => match(s, run),
            false,
          )(scope);
      }
    }
  }

  private guard<T>(make: () => (scope: Scope) => T): (scope: Scope) => T | string {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof FeelSyntaxError)) throw error;
      return () => error.message;
    }
  }

  function(logic: FunctionExpression, { scope, run }: Built, result?: Type): Value {
    if (logic.external) return scope.fault('functions of Java or PMML are not run');
    const params = logic.params.map(({ name, typeRef }) => ({
      name: normalName(name),
      type: this.types(typeRef)?.test,
    }));
    const body = logic.body ? this.compile(logic.body) : (): Value => null;
    const type = this.types(logic.typeRef);
    return functionOf({
      params,
      scope,
      body: (inner) => conformed(conformed(body(inner, run), type, inner, logic.typeRef ?? ''), result, inner, ''),
    });
  }
}

function conformed(value: Value, type: Type | undefined, scope: Scope, name: string): Value {
  const fitting = conformTo(value, type);
  return fitting === undefined ? scope.fault(`a value that is no ${name}`) : fitting;
}

/** One asking: what has been found already is not worked out twice. */
export class Run {
  readonly program: Program;
  readonly matched: Matched[];
  readonly faults: Fault[];
  readonly messages: string[];
  readonly budget: { rounds: number };
  current = '';
  private readonly values = new Map<string, Value>();
  private given: ReadonlyMap<string, Value> = new Map();

  constructor(program: Program, shared?: Run) {
    this.program = program;
    this.matched = shared?.matched ?? [];
    this.faults = shared?.faults ?? [];
    this.messages = shared?.messages ?? [];
    this.budget = shared?.budget ?? { rounds: ROUNDS };
  }

  /** The value of a decision, or of a service with its inputs, by name or id. */
  ask(wanted: string, input: Record<string, unknown>): Value {
    return this.askValues(
      wanted,
      new Map(Object.entries(input).map(([name, json]) => [normalName(name), fromJson(json, this.typeOf(name))])),
    );
  }

  askValues(wanted: string, given: ReadonlyMap<string, Value>): Value {
    const { model } = this.program;
    this.give(given);
    const decision = model.decisions.find(({ id, name }) => name === wanted || id === wanted);
    if (decision) return this.decision(decision);
    const service = model.services.find(({ id, name }) => name === wanted || id === wanted);
    if (service) return this.service(service, this.given);
    const knowledge = model.knowledge.find(({ id, name }) => name === wanted || id === wanted);
    if (knowledge) {
      const called = this.knowledge(knowledge);
      const names = knowledge.logic?.params.map(({ name }) => normalName(name)) ?? [];
      return isFunction(called) ? called.invoke(names.map((name) => this.given.get(name) ?? null)) : null;
    }
    throw new Error(`the model has no decision ${wanted}`);
  }

  give(given: ReadonlyMap<string, Value>): void {
    this.given = given;
  }

  private typeOf(name: string): Type | undefined {
    const { model, types } = this.program;
    const ref =
      model.inputs.find((each) => each.name === name)?.typeRef ??
      model.decisions.find((each) => each.name === name)?.typeRef;
    return types(ref);
  }

  private fault(message: string): null {
    return new Scope({ messages: this.messages, budget: this.budget }).fault(message);
  }

  decision(decision: Decision, fresh = true): Value {
    const known = this.values.get(decision.id);
    if (known !== undefined) return known;
    const own = this.given.get(normalName(decision.name));
    if (!fresh && own !== undefined) return own;
    this.values.set(decision.id, null);
    const scope = this.scope(decision.requires);
    const before = this.current;
    this.current = decision.name;
    const { program } = this;
    const found = decision.logic
      ? program.step(decision.id, decision.logic)(scope, this)
      : scope.fault(`${decision.name} has no logic`);
    const value = conformed(found, program.types(decision.typeRef), scope, decision.typeRef ?? '');
    this.current = before;
    this.values.set(decision.id, value);
    return value;
  }

  /** What an element may use: what it requires, nothing else (10.4). */
  private scope(requires: readonly Reference[]): Scope {
    const variables = new Map<string, Value>();
    const imported = new Map<string, Map<string, Value>>();
    for (const reference of requires) {
      const via = this.program.imports.find(({ program }) => program.model.namespace === reference.namespace);
      if (reference.namespace !== undefined && via) {
        const inner = this.inside(via.program, via.name);
        const found = inner.element(reference);
        if (!found) continue;
        if (via.name === '') variables.set(found.name, found.value);
        else {
          const context = imported.get(via.name) ?? new Map<string, Value>();
          context.set(found.name, found.value);
          imported.set(via.name, context);
        }
        continue;
      }
      const found = this.element(reference);
      if (found) variables.set(found.name, found.value);
    }
    for (const [name, context] of imported) variables.set(normalName(name), context);
    return new Scope({ variables, messages: this.messages, budget: this.budget });
  }

  private readonly insides = new Map<string, Run>();
  /** An imported model, asked with what was given under its name. */
  private inside(program: Program, name: string): Run {
    const known = this.insides.get(program.model.namespace);
    if (known) return known;
    const run = new Run(program, this);
    const own = name === '' ? this.given : this.given.get(normalName(name));
    const given = new Map<string, Value>([...this.given, ...(own instanceof Map ? (own as Map<string, Value>) : [])]);
    run.give(given);
    this.insides.set(program.model.namespace, run);
    return run;
  }

  element({ id }: Reference): { name: string; value: Value } | undefined {
    const { model, types } = this.program;
    const input = model.inputs.find((each) => each.id === id);
    if (input) {
      const value = this.given.get(normalName(input.name)) ?? null;
      const fitting = conformTo(value, types(input.typeRef));
      return {
        name: normalName(input.name),
        value: fitting === undefined ? this.fault(`${input.name}: a value that is no ${input.typeRef}`) : fitting,
      };
    }
    const decision = model.decisions.find((each) => each.id === id);
    if (decision) return { name: normalName(decision.variable), value: this.decision(decision, false) };
    const knowledge = model.knowledge.find((each) => each.id === id);
    if (knowledge) return { name: normalName(knowledge.name), value: this.knowledge(knowledge) };
    const service = model.services.find((each) => each.id === id);
    return service && { name: normalName(service.name), value: this.serviceFunction(service) };
  }

  private knowledge(knowledge: Knowledge): Value {
    const known = this.values.get(knowledge.id);
    if (known !== undefined) return known;
    if (!knowledge.logic) return null;
    const scope = this.scope(knowledge.requires);
    // A function of a model may call itself.
    const variables = new Map(scope.variables);
    const inner = new Scope({ variables, messages: this.messages, budget: this.budget });
    const made = this.program.function(
      knowledge.logic,
      { scope: inner, run: this },
      this.resultType(knowledge.typeRef),
    );
    variables.set(normalName(knowledge.name), made);
    this.values.set(knowledge.id, made);
    return made;
  }

  /** What a function gives: before 1.2 its variable had the type of the result, since then that of the function. */
  private resultType(typeRef: string | undefined): Type | undefined {
    const type = this.program.types(typeRef);
    return type && 'result' in type ? type.result : type;
  }

  private serviceFunction(service: Service): Value {
    const params = [...service.inputs, ...service.inputDecisions].flatMap((reference) => {
      const found = this.named(reference);
      return found ? [{ name: normalName(found.name), type: this.program.types(found.typeRef)?.test }] : [];
    });
    return functionOf({
      params,
      scope: new Scope({ messages: this.messages, budget: this.budget }),
      body: (scope) => this.service(service, scope.variables),
    });
  }

  private named({ id }: Reference): { name: string; typeRef?: string } | undefined {
    const { model } = this.program;
    return model.inputs.find((each) => each.id === id) ?? model.decisions.find((each) => each.id === id);
  }

  /** A decision service (10.4): its decisions with the given inputs; decisions that it takes as inputs are not worked out. */
  private service(service: Service, given: ReadonlyMap<string, Value>): Value {
    const run = new Run(this.program, this);
    run.give(given);
    for (const reference of service.inputDecisions) {
      const decision = this.program.model.decisions.find(({ id }) => id === reference.id);
      if (!decision) continue;
      const fitting = conformTo(given.get(normalName(decision.name)) ?? null, this.program.types(decision.typeRef));
      run.values.set(decision.id, fitting ?? null);
    }
    const results = service.outputs.flatMap((reference) => {
      const decision = this.program.model.decisions.find(({ id }) => id === reference.id);
      return decision ? [[normalName(decision.variable), run.decision(decision)] as const] : [];
    });
    const value: Value = results.length === 1 ? (results[0]?.[1] ?? null) : new Map(results);
    return conformed(
      value,
      this.resultType(service.typeRef),
      new Scope({ messages: this.messages, budget: this.budget }),
      service.typeRef ?? '',
    );
  }
}

/** Every name that may stand in an expression of a model. */
function namesIn(model: Model): string[] {
  const names: string[] = [];
  const fields = (types: Model['types']): void => {
    for (const each of types) {
      names.push(each.name);
      fields(each.components);
    }
  };
  fields(model.types);
  const inside = (logic: unknown): void => {
    if (typeof logic !== 'object' || logic === null) return;
    for (const [key, value] of Object.entries(logic)) {
      if ((key === 'name' || key === 'variable') && typeof value === 'string') names.push(value);
      else if (key === 'columns' && Array.isArray(value)) names.push(...(value as string[]));
      else inside(value);
    }
  };
  for (const each of [...model.inputs, ...model.decisions, ...model.knowledge, ...model.services]) inside(each);
  return names;
}
