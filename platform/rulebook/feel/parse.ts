import type { Names } from './names.ts';
import { FeelSyntaxError, Reader } from './reader.ts';
import type { TypeNode } from './values.ts';

/** Syntax tree of FEEL (DMN 10.3.1.2). */
export type Node =
  | { kind: 'literal'; value: null | boolean | string }
  | { kind: 'number'; text: string }
  | { kind: 'at'; text: string }
  | { kind: 'name'; name: string }
  | { kind: 'input' }
  | { kind: 'list'; items: Node[] }
  | { kind: 'context'; entries: { key: string; value: Node }[] }
  | { kind: 'interval'; start: Node; end: Node; startIncluded: boolean; endIncluded: boolean }
  | { kind: 'test'; operator: Comparison; operand: Node }
  | { kind: 'compare'; operator: Comparison; left: Node; right: Node }
  | { kind: 'arithmetic'; operator: '+' | '-' | '*' | '/' | '**'; left: Node; right: Node }
  | { kind: 'negate'; operand: Node }
  | { kind: 'logic'; operator: 'and' | 'or'; left: Node; right: Node }
  | { kind: 'between'; value: Node; low: Node; high: Node }
  | { kind: 'in'; value: Node; tests: Node[] }
  | { kind: 'instance'; value: Node; type: TypeNode }
  | { kind: 'if'; condition: Node; yes: Node; no: Node }
  | { kind: 'for'; loops: Loop[]; result: Node }
  | { kind: 'quantified'; every: boolean; loops: Loop[]; condition: Node }
  | { kind: 'function'; params: { name: string; type?: TypeNode }[]; body: Node; external: boolean }
  | { kind: 'call'; target: Node; args: Node[]; named?: string[] }
  | { kind: 'path'; target: Node; name: string }
  | { kind: 'filter'; target: Node; condition: Node };
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type Loop = { name: string; from: Node; to?: Node };
const KEYWORDS = new Set(
  'if then else for in return some every satisfies function external and or between instance of true false null'.split(
    ' ',
  ),
);
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;

/** An expression, with the names of several words that may stand in it. */
export function parseExpression(text: string, names: Names): Node {
  const parser = new Parser(text, names);
  const node = parser.expression();
  parser.end();
  return node;
}

/** The tests of a cell (10.3.1.2, rule 17): null for `-`, which holds always. */
export function parseUnaryTests(text: string, names: Names): { negated: boolean; tests: Node[] } | null {
  const parser = new Parser(text, names);
  return parser.unaryTests();
}

class Parser extends Reader {
  /** At the end of an interval, where `[` closes it and begins no filter. */
  private endpoint = false;

  end(): void {
    if (this.at < this.text.length) this.fail('end of the expression expected');
  }

  unaryTests(): { negated: boolean; tests: Node[] } | null {
    if (this.text.trim() === '-') return null;
    const start = this.at;
    if (this.word('not') && this.sign('(')) {
      try {
        const tests = this.tests();
        this.need(')');
        this.end();
        return { negated: true, tests };
      } catch (error) {
        if (!(error instanceof FeelSyntaxError)) throw error;
      }
    }
    this.at = start;
    const tests = this.tests();
    this.end();
    return { negated: false, tests };
  }

  private tests(): Node[] {
    const tests = [this.test()];
    while (this.sign(',')) tests.push(this.test());
    return tests;
  }

  /** One positive unary test: an operator with its operand, or an expression. */
  private test(): Node {
    const operator = this.comparison();
    if (operator) return { kind: 'test', operator, operand: this.additive() };
    return this.expression();
  }

  expression(): Node {
    const start = this.at;
    if (this.word('if')) {
      const condition = this.expression();
      this.needWord('then');
      const yes = this.expression();
      this.needWord('else');
      return { kind: 'if', condition, yes, no: this.expression() };
    }
    if (this.word('for')) {
      const loops = this.loops();
      this.needWord('return');
      this.names.add('partial');
      return { kind: 'for', loops, result: this.expression() };
    }
    for (const word of ['some', 'every'] as const)
      if (this.word(word)) {
        const loops = this.loops();
        this.needWord('satisfies');
        return { kind: 'quantified', every: word === 'every', loops, condition: this.expression() };
      }
    this.at = start;
    return this.disjunction();
  }

  private loops(): Loop[] {
    const loops: Loop[] = [];
    do {
      const name = this.newName(['in']);
      this.needWord('in');
      const from = this.expression();
      loops.push(this.sign('..') ? { name, from, to: this.expression() } : { name, from });
    } while (this.sign(','));
    return loops;
  }

  private disjunction(): Node {
    let left = this.conjunction();
    while (this.word('or')) left = { kind: 'logic', operator: 'or', left, right: this.conjunction() };
    return left;
  }

  private conjunction(): Node {
    let left = this.comparisons();
    while (this.word('and')) left = { kind: 'logic', operator: 'and', left, right: this.comparisons() };
    return left;
  }

  private comparisons(): Node {
    let left = this.additive();
    for (;;) {
      const operator = this.comparison();
      if (operator) left = { kind: 'compare', operator, left, right: this.compared() };
      else if (this.word('between')) {
        const low = this.additive();
        this.needWord('and');
        left = { kind: 'between', value: left, low, high: this.additive() };
      } else if (this.word('in')) left = { kind: 'in', value: left, tests: this.inTests() };
      else return left;
    }
  }

  /** What stands behind an operator: a value, or a range written with one (`x = >= 2`). */
  private compared(): Node {
    const operator = this.comparison();
    return operator ? { kind: 'test', operator, operand: this.additive() } : this.additive();
  }

  /** After `in`: one test, or several in parentheses; an open interval begins with a parenthesis as well. */
  private inTests(): Node[] {
    const start = this.at;
    if (this.sign('(')) {
      try {
        const tests = this.tests();
        if (this.sign(')')) return tests;
      } catch (error) {
        if (!(error instanceof FeelSyntaxError)) throw error;
      }
      this.at = start;
    }
    const operator = this.comparison();
    if (operator) return [{ kind: 'test', operator, operand: this.additive() }];
    return [this.additive()];
  }

  private comparison(): Comparison | undefined {
    for (const operator of ['<=', '>=', '!=', '<', '>', '='] as const) if (this.sign(operator)) return operator;
    return undefined;
  }

  private additive(): Node {
    let left = this.multiplicative();
    for (;;) {
      const operator = this.sign('+') ? '+' : this.sign('-') ? '-' : undefined;
      if (!operator) return left;
      left = { kind: 'arithmetic', operator, left, right: this.multiplicative() };
    }
  }

  private multiplicative(): Node {
    let left = this.power();
    for (;;) {
      if (this.text.startsWith('**', this.at)) return left;
      const operator = this.sign('*') ? '*' : this.sign('/') ? '/' : undefined;
      if (!operator) return left;
      left = { kind: 'arithmetic', operator, left, right: this.power() };
    }
  }

  private power(): Node {
    let left = this.unary();
    while (this.sign('**')) left = { kind: 'arithmetic', operator: '**', left, right: this.unary() };
    return left;
  }

  private unary(): Node {
    if (this.sign('-')) return { kind: 'negate', operand: this.unary() };
    let value = this.postfix();
    while (this.word('instance')) {
      this.needWord('of');
      value = { kind: 'instance', value, type: this.type() };
    }
    return value;
  }

  private postfix(): Node {
    let target = this.primary();
    for (;;) {
      if (!this.text.startsWith('..', this.at) && this.sign('.')) target = { kind: 'path', target, name: this.name() };
      else if (!this.endpoint && this.sign('[')) {
        const operator = this.comparison();
        const condition: Node = operator
          ? { kind: 'compare', operator, left: { kind: 'name', name: 'item' }, right: this.additive() }
          : this.expression();
        this.need(']');
        target = { kind: 'filter', target, condition };
      } else if (this.sign('(')) target = this.call(target);
      else return target;
    }
  }

  private call(target: Node): Node {
    if (this.sign(')')) return { kind: 'call', target, args: [] };
    const start = this.at;
    const named = this.namedArguments();
    if (named)
      return { kind: 'call', target, args: named.map(({ value }) => value), named: named.map(({ name }) => name) };
    this.at = start;
    const args: Node[] = [];
    do args.push(this.argument());
    while (this.sign(','));
    this.need(')');
    return { kind: 'call', target, args };
  }

  /** An argument may be a range written with an operator (`before(1, > 5)`). */
  private argument(): Node {
    const operator = this.comparison();
    return operator ? { kind: 'test', operator, operand: this.additive() } : this.expression();
  }

  private namedArguments(): { name: string; value: Node }[] | undefined {
    const found: { name: string; value: Node }[] = [];
    do {
      const name = this.keyBefore(':');
      if (name === undefined) return undefined;
      found.push({ name, value: this.argument() });
    } while (this.sign(','));
    this.need(')');
    return found;
  }

  private primary(): Node {
    const c = this.text.charAt(this.at);
    if (c === '"') return { kind: 'literal', value: this.string() };
    if (c === '@') {
      this.at += 1;
      this.space();
      if (this.text.charAt(this.at) !== '"') this.fail('a text expected after @');
      return { kind: 'at', text: this.string() };
    }
    if (c === '{') return this.context();
    if (c === '[' || c === ']' || c === '(') return this.bracketed();
    if (c === '?') {
      this.at += 1;
      this.space();
      return { kind: 'input' };
    }
    NUMBER.lastIndex = this.at;
    const digits = NUMBER.exec(this.text);
    if (digits) {
      this.at += digits[0].length;
      this.space();
      return { kind: 'number', text: digits[0] };
    }
    const long = this.names.at(this.text, this.at);
    if (!long) {
      if (this.word('function')) return this.definition();
      for (const [word, value] of [
        ['true', true],
        ['false', false],
        ['null', null],
      ] as const)
        if (this.word(word)) return { kind: 'literal', value };
      if (KEYWORDS.has(this.peek() ?? '')) {
        const word = this.peek();
        if (word === 'if' || word === 'for' || word === 'some' || word === 'every') return this.expression();
        this.fail('an expression expected');
      }
    }
    return { kind: 'name', name: this.name() };
  }

  /** `[`, `(` and `]` begin a list, an interval or an expression in parentheses. */
  private bracketed(): Node {
    const open = this.text.charAt(this.at);
    this.at += 1;
    this.space();
    if (open === '[' && this.sign(']')) return { kind: 'list', items: [] };
    if (open === '(') {
      const operator = this.comparison();
      if (operator) {
        const operand = this.additive();
        this.need(')');
        return { kind: 'test', operator, operand };
      }
    }
    const first = open === '[' ? this.argument() : this.expression();
    if (this.sign('..')) return { kind: 'interval', start: first, startIncluded: open === '[', ...this.intervalEnd() };
    if (open === '(') {
      this.need(')');
      return first;
    }
    if (open === ']') this.fail('.. expected');
    const items = [first];
    while (this.sign(',')) items.push(this.argument());
    this.need(']');
    return { kind: 'list', items };
  }

  /** `..5[` leaves its end out as `..5)` does: where a filter makes no sense of the `[`, it closes the interval. */
  private intervalEnd(): { end: Node; endIncluded: boolean } {
    const start = this.at;
    const close = (end: Node): { end: Node; endIncluded: boolean } => {
      if (this.sign(']')) return { end, endIncluded: true };
      if (this.sign(')') || this.sign('[')) return { end, endIncluded: false };
      return this.fail('the end of an interval expected');
    };
    try {
      return close(this.expression());
    } catch (error) {
      if (!(error instanceof FeelSyntaxError)) throw error;
    }
    this.at = start;
    const before = this.endpoint;
    this.endpoint = true;
    try {
      return close(this.additive());
    } finally {
      this.endpoint = before;
    }
  }

  private context(): Node {
    this.need('{');
    const entries: { key: string; value: Node }[] = [];
    if (this.sign('}')) return { kind: 'context', entries };
    do {
      let key: string | undefined;
      if (this.text.charAt(this.at) === '"') {
        key = this.string();
        this.need(':');
      } else key = this.keyBefore(':') || undefined;
      if (key === undefined) this.fail('a key expected');
      this.names.add(key as string);
      entries.push({ key: key as string, value: this.expression() });
    } while (this.sign(','));
    this.need('}');
    return { kind: 'context', entries };
  }

  private definition(): Node {
    this.need('(');
    const params: { name: string; type?: TypeNode }[] = [];
    if (!this.sign(')')) {
      do {
        const name = this.newName([':', ',', ')']);
        params.push(this.sign(':') ? { name, type: this.type() } : { name });
      } while (this.sign(','));
      this.need(')');
    }
    const external = this.word('external');
    return { kind: 'function', params, body: this.expression(), external };
  }

  private type(): TypeNode {
    for (const [word, make] of [
      ['list', (of: TypeNode): TypeNode => ({ list: of })],
      ['range', (of: TypeNode): TypeNode => ({ range: of })],
    ] as const) {
      const start = this.at;
      if (this.word(word)) {
        if (this.sign('<')) {
          const of = this.type();
          this.need('>');
          return make(of);
        }
        this.at = start;
      }
    }
    const start = this.at;
    if (this.word('context') && this.sign('<')) {
      const entries: { name: string; type: TypeNode }[] = [];
      do {
        const name = this.keyBefore(':');
        if (name === undefined) this.fail('a name expected');
        entries.push({ name: name as string, type: this.type() });
      } while (this.sign(','));
      this.need('>');
      return { context: entries };
    }
    this.at = start;
    if (this.word('function') && this.sign('<')) {
      const params: TypeNode[] = [];
      if (!this.sign('>')) {
        do params.push(this.type());
        while (this.sign(','));
        this.need('>');
      }
      if (!this.sign('->')) this.fail('-> expected');
      return { params, result: this.type() };
    }
    this.at = start;
    for (const name of TYPE_NAMES) if (this.words(name)) return { name };
    let name = this.name();
    while (this.sign('.')) name = `${name}.${this.name()}`;
    return { name };
  }
}

const TYPE_NAMES = [
  'years and months duration',
  'year and month duration',
  'days and time duration',
  'day and time duration',
  'date and time',
  'dateTime',
];
