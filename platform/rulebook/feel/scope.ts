import type { Value } from './values.ts';

/** Variables by name, from the innermost scope outwards, and what was said on the way (10.3.2.1 scopes; nulls explained). */
export class Scope {
  readonly variables: ReadonlyMap<string, Value>;
  readonly parent: Scope | undefined;
  readonly messages: string[];
  /** Rounds of loops that may still be made, shared by all scopes of one asking: a table cannot keep a process busy for ever. */
  readonly budget: { rounds: number };
  /** The value that the tests of a cell are about (`?`). */
  readonly input: Value | undefined;

  constructor(options: {
    variables?: ReadonlyMap<string, Value>;
    parent?: Scope;
    input?: Value;
    messages?: string[];
    budget?: { rounds: number };
  }) {
    this.variables = options.variables ?? EMPTY;
    this.parent = options.parent;
    this.messages = options.messages ?? options.parent?.messages ?? [];
    this.budget = options.budget ?? options.parent?.budget ?? { rounds: ROUNDS };
    this.input = options.input === undefined ? options.parent?.input : options.input;
  }

  find(name: string): Value | undefined {
    const value = this.variables.get(name);
    return value === undefined ? this.parent?.find(name) : value;
  }

  /** An error gives null and says why. */
  fault(message: string): null {
    if (this.messages.length < 100) this.messages.push(message);
    return null;
  }
}
const EMPTY: ReadonlyMap<string, Value> = new Map();
export const ROUNDS = 1_000_000;
/** A decision that takes more work than any by law should: it is stopped, and says so. */
export class TooMuchWork extends Error {}
