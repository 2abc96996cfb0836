import { type Names, normalName, partAt } from './names.ts';

export class FeelSyntaxError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const WORD = /[\p{L}_$\u{10000}-\u{EFFFF}][\p{L}\p{M}\p{N}_$\u00B7\u203F-\u2040\u{10000}-\u{EFFFF}]*/uy;
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' };

/** Words, signs, names and texts of an expression, from left to right; white space and comments do not count. */
export class Reader {
  protected at = 0;
  protected readonly text: string;
  protected readonly names: Names;

  constructor(text: string, names: Names) {
    this.text = text;
    this.names = names;
    this.space();
  }

  /** A name: the longest that is known, else one word. */
  protected name(): string {
    const long = this.names.at(this.text, this.at);
    if (long) {
      this.at = long.end;
      this.space();
      return long.name;
    }
    WORD.lastIndex = this.at;
    const found = WORD.exec(this.text);
    if (!found) this.fail('a name expected');
    this.at += found?.[0].length ?? 0;
    this.space();
    return found?.[0] ?? '';
  }

  /** A name that begins to hold here: all parts up to a word or sign. */
  protected newName(stops: readonly string[]): string {
    const start = this.at;
    while (this.at < this.text.length) {
      const part = partAt(this.text, this.at);
      if (!part || (this.at > start && stops.includes(part.text))) break;
      this.at = part.end;
      this.space();
    }
    const name = normalName(this.text.slice(start, this.at));
    if (name === '') this.fail('a name expected');
    this.names.add(name);
    return name;
  }

  /** The key that stands before a sign, or undefined where what comes is no key. */
  protected keyBefore(sign: string): string | undefined {
    const start = this.at;
    if (this.text.charAt(this.at) === '"') {
      const key = this.string();
      if (this.sign(sign)) return key;
    } else {
      for (let at = this.at; ; ) {
        const part = partAt(this.text, at);
        if (!part || /^[([{"@,}\])<>=]$/.test(part.text)) break;
        if (part.text === sign) {
          const key = normalName(this.text.slice(start, part.end - 1));
          this.at = part.end;
          this.space();
          return key;
        }
        at = part.end;
      }
    }
    this.at = start;
    return undefined;
  }

  protected string(): string {
    let out = '';
    for (let i = this.at + 1; i < this.text.length; i += 1) {
      const c = this.text.charAt(i);
      if (c === '"') {
        this.at = i + 1;
        this.space();
        return out;
      }
      if (c !== '\\') {
        out += c;
        continue;
      }
      const code = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6}))/.exec(this.text.slice(i + 1, i + 8));
      if (code) {
        out += String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? '0', 16));
        i += code[0].length;
      } else {
        const next = this.text.charAt(i + 1);
        out += ESCAPES[next] ?? `\\${next}`;
        i += 1;
      }
    }
    return this.fail('the end of a text expected');
  }

  protected peek(): string | undefined {
    WORD.lastIndex = this.at;
    return WORD.exec(this.text)?.[0];
  }

  protected word(word: string): boolean {
    if (this.peek() !== word) return false;
    this.at += word.length;
    this.space();
    return true;
  }

  protected words(name: string): boolean {
    const start = this.at;
    if (name.split(' ').every((word) => this.word(word))) return true;
    this.at = start;
    return false;
  }

  protected needWord(word: string): void {
    if (!this.word(word)) this.fail(`${word} expected`);
  }

  protected sign(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    this.space();
    return true;
  }

  protected need(sign: string): void {
    if (!this.sign(sign)) this.fail(`${sign} expected`);
  }

  protected space(): void {
    for (;;) {
      while (this.at < this.text.length && /[\s\u0085\u180E\u200B\uFEFF]/u.test(this.text.charAt(this.at)))
        this.at += 1;
      if (this.text.startsWith('//', this.at)) {
        const end = this.text.slice(this.at).search(/[\n\r]/);
        this.at = end < 0 ? this.text.length : this.at + end;
      } else if (this.text.startsWith('/*', this.at)) {
        const end = this.text.indexOf('*/', this.at + 2);
        this.at = end < 0 ? this.text.length : end + 2;
      } else return;
    }
  }

  protected fail(message: string): never {
    throw new FeelSyntaxError(`${message} at ${this.at + 1} of ${this.text.slice(0, 200)}`, this.at);
  }
}
