/*
 * Structured Field Values (RFC 8941) as far as message signatures need them: dictionaries of inner lists, strings, integers,
 * tokens, byte sequences and booleans. Strict: whatever the grammar does not know is a fault, never guessed at.
 */

export type BareItem = string | number | boolean | Token | Uint8Array;
/** A token, which is written without quotes. */
export type Token = { token: string };
export type Parameters = ReadonlyMap<string, BareItem>;
export type Item = { value: BareItem; params: Parameters };
export type InnerList = { items: Item[]; params: Parameters };
export type Member = Item | InnerList;

export class FieldSyntax extends Error {}

export function isInnerList(member: Member): member is InnerList {
  return 'items' in member;
}

/** Reads a dictionary (RFC 8941, 4.2.2). A key that stands twice is refused: two readers could take different ones. */
export function parseDictionary(text: string): Map<string, Member> {
  const reader = new Reader(text);
  const members = new Map<string, Member>();
  reader.spaces();
  while (!reader.done()) {
    const key = reader.key();
    if (members.has(key)) throw new FieldSyntax('a key stands twice');
    if (reader.take('=')) members.set(key, reader.member());
    else members.set(key, { value: true, params: reader.params() });
    reader.blanks();
    if (reader.done()) return members;
    reader.expect(',');
    reader.blanks();
    if (reader.done()) throw new FieldSyntax('ends with a comma');
  }
  return members;
}

/** Writes an inner list with its parameters (RFC 8941, 4.1.1.1), as it stands in a signature base. */
export function serializeInnerList({ items, params }: InnerList): string {
  return `(${items.map(serializeItem).join(' ')})${serializeParams(params)}`;
}

export function serializeItem({ value, params }: Item): string {
  return `${serializeBare(value)}${serializeParams(params)}`;
}

function serializeParams(params: Parameters): string {
  return [...params].map(([key, value]) => (value === true ? `;${key}` : `;${key}=${serializeBare(value)}`)).join('');
}

export function serializeBare(value: BareItem): string {
  if (typeof value === 'string') {
    if (!PRINTABLE.test(value)) throw new FieldSyntax('a string holds what is not printable ASCII');
    return `"${value.replaceAll(/[\\"]/g, '\\$&')}"`;
  }
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '?1' : '?0';
  if (value instanceof Uint8Array) return `:${Buffer.from(value).toString('base64')}:`;
  return value.token;
}

const PRINTABLE = /^[ -~]*$/;
const LARGEST = 999_999_999_999_999;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  done(): boolean {
    return this.#at >= this.#text.length;
  }

  spaces(): void {
    while (this.#text[this.#at] === ' ') this.#at += 1;
  }

  /** Optional white space between members: blanks and tabs. */
  blanks(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at += 1;
  }

  take(mark: string): boolean {
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  expect(mark: string): void {
    if (!this.take(mark)) throw new FieldSyntax(`expected ${mark} at ${this.#at}`);
  }

  key(): string {
    return this.#match(/[a-z*][a-z0-9_.*-]*/y, 'a key');
  }

  member(): Member {
    if (!this.take('(')) return this.item();
    const items: Item[] = [];
    for (;;) {
      this.spaces();
      if (this.take(')')) return { items, params: this.params() };
      items.push(this.item());
      if (this.#text[this.#at] !== ' ' && this.#text[this.#at] !== ')') throw new FieldSyntax('items run together');
    }
  }

  item(): Item {
    return { value: this.#bare(), params: this.params() };
  }

  params(): Parameters {
    const params = new Map<string, BareItem>();
    while (this.take(';')) {
      this.spaces();
      const key = this.key();
      if (params.has(key)) throw new FieldSyntax('a parameter stands twice');
      params.set(key, this.take('=') ? this.#bare() : true);
    }
    return params;
  }

  #bare(): BareItem {
    const next = this.#text[this.#at] ?? '';
    if (next === '"') return this.#string();
    if (next === ':') return this.#bytes();
    if (next === '?') return this.#match(/\?[01]/y, 'a boolean') === '?1';
    if (/[0-9-]/.test(next)) {
      const value = Number(this.#match(/-?\d{1,15}(?![\d.])/y, 'an integer'));
      if (Math.abs(value) > LARGEST) throw new FieldSyntax('the integer is too large');
      return value;
    }
    return { token: this.#match(/[A-Za-z*][\w:/!#$%&'*+.^`|~-]*/y, 'a token') };
  }

  #string(): string {
    const raw = this.#match(/"(?:[ !#-[\]-~]|\\["\\])*"/y, 'a string');
    return raw.slice(1, -1).replaceAll(/\\(["\\])/g, '$1');
  }

  #bytes(): Uint8Array {
    const text = this.#match(/:[A-Za-z0-9+/]*={0,2}:/y, 'a byte sequence').slice(1, -1);
    const bytes = Buffer.from(text, 'base64');
    // Re-encoding refuses bits and characters that Buffer skips in silence.
    if (bytes.toString('base64') !== text) throw new FieldSyntax('the base64 is not canonical');
    return bytes;
  }

  #match(pattern: RegExp, what: string): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw new FieldSyntax(`expected ${what} at ${this.#at}`);
    this.#at += found.length;
    return found;
  }
}
