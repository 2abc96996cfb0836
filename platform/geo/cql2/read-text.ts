import type { Geometry, Position } from 'geojson';
import { type Expression, FilterFault, MAX_DEPTH, MAX_PARTS, operatorOf } from './expression.ts';

type Kind = 'number' | 'string' | 'name' | 'quoted' | 'sign' | 'end';
type Token = { kind: Kind; text: string; at: number };

/* Identifiers as the grammar has them (OGC 21-065r2, annex B): Chinese names need no quotes. */
const START =
  ':_A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFE\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const IDENTIFIER = `[${START}][${START}.0-9\\u0300-\\u036F\\u203F-\\u2040]*`;
const TOKEN = new RegExp(
  [
    '(?<number>(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)',
    "(?<string>'(?:[^'\\\\]|''|\\\\'|\\\\(?!'))*')",
    `"(?<quoted>${IDENTIFIER})"`,
    `(?<name>${IDENTIFIER})`,
    '(?<sign><>|<=|>=|[=<>()+*/%^,-])',
  ].join('|'),
  'uy',
);

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += /^\s*/u.exec(text.slice(at))?.[0].length ?? 0;
    if (at >= text.length) return [...tokens, { kind: 'end', text: '', at }];
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups;
    const found = Object.entries(groups ?? {}).find(([, value]) => value !== undefined);
    if (!found) throw new FilterFault({ zh: '无法识别的字符', en: 'unexpected character' }, at + 1);
    tokens.push({ kind: found[0] as Kind, text: found[1] as string, at });
    if (tokens.length > MAX_PARTS * 4)
      throw new FilterFault({ zh: '过滤条件过于复杂', en: 'the filter is too complex' });
    at = TOKEN.lastIndex;
  }
}

const RESERVED = new Set(['and', 'or', 'not', 'like', 'between', 'in', 'is', 'div']);
const COMPARISONS = new Set(['=', '<>', '<', '>', '<=', '>=']);

/** Reads the text encoding of CQL2 (OGC 21-065r2, requirement class cql2-text). Throws FilterFault with the position. */
export function readText(text: string): Expression {
  const tokens = tokensOf(text);
  let next = 0;
  let depth = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(next + ahead, tokens.length - 1)] as Token;
  const take = (): Token => tokens[Math.min(next++, tokens.length - 1)] as Token;
  const fail = (expected: string): FilterFault => {
    const { text: found, at } = peek();
    const zh = found ? `这里应为 ${expected}，而不是 ${found}` : `这里应为 ${expected}，但内容已结束`;
    return new FilterFault({ zh, en: `expected ${expected}, found ${found || 'the end'}` }, at + 1);
  };
  const isWord = (word: string, ahead = 0) => peek(ahead).kind === 'name' && peek(ahead).text.toLowerCase() === word;
  const isSign = (sign: string, ahead = 0) => peek(ahead).kind === 'sign' && peek(ahead).text === sign;
  const tookWord = (word: string) => isWord(word) && Boolean(take());
  const tookSign = (sign: string) => isSign(sign) && Boolean(take());
  const need = (sign: string) => {
    if (!tookSign(sign)) throw fail(sign);
  };
  const nested = <T>(work: () => T): T => {
    depth += 1;
    if (depth > MAX_DEPTH) throw new FilterFault({ zh: '括号嵌套过深', en: 'nested too deep' }, peek().at + 1);
    const made = work();
    depth -= 1;
    return made;
  };
  const list = <T>(item: () => T): T[] => {
    need('(');
    const items = [item()];
    while (tookSign(',')) items.push(item());
    need(')');
    return items;
  };
  const chain = (word: 'and' | 'or', part: () => Expression): Expression => {
    const parts = [part()];
    while (tookWord(word)) parts.push(part());
    return parts.length === 1 ? (parts[0] as Expression) : { op: word, args: parts };
  };

  const expression = (): Expression => nested(() => chain('or', conjunction));
  const conjunction = (): Expression => chain('and', factor);
  const factor = (): Expression => (tookWord('not') ? { op: 'not', args: [predicate()] } : predicate());

  const predicate = (): Expression => {
    const left = sum();
    if (peek().kind === 'sign' && COMPARISONS.has(peek().text)) return { op: take().text, args: [left, sum()] };
    if (tookWord('is')) {
      const negated = tookWord('not');
      if (!tookWord('null')) throw fail('NULL');
      return negate(negated, { op: 'isNull', args: [left] });
    }
    const negated = isWord('not') && ['like', 'between', 'in'].some((word) => isWord(word, 1)) && Boolean(take());
    if (tookWord('like')) return negate(negated, { op: 'like', args: [left, sum()] });
    if (tookWord('in')) return negate(negated, { op: 'in', args: [left, list(sum)] });
    if (tookWord('between')) {
      const low = sum();
      if (!tookWord('and')) throw fail('AND');
      return negate(negated, { op: 'between', args: [left, low, sum()] });
    }
    return left;
  };

  const binary = (operators: readonly string[], part: () => Expression) => (): Expression => {
    let left = part();
    for (;;) {
      const operator = operators.find((name) => (name === 'div' ? isWord(name) : isSign(name)));
      if (!operator) return left;
      take();
      left = { op: operator, args: [left, part()] };
    }
  };
  const power = (): Expression => {
    const base = signed();
    return tookSign('^') ? { op: '^', args: [base, signed()] } : base;
  };
  const product = binary(['*', '/', '%', 'div'], power);
  const sum = binary(['+', '-'], product);

  const signed = (): Expression => {
    if (tookSign('+')) {
      if (peek().kind !== 'number') throw fail('number');
      return Number(take().text);
    }
    if (!tookSign('-')) return primary();
    if (peek().kind === 'number') return -Number(take().text);
    // The JSON encoding has no minus sign of its own (clause 7.9).
    return { op: '*', args: [-1, primary()] };
  };

  const primary = (): Expression => {
    const token = peek();
    switch (token.kind) {
      case 'number':
        return Number(take().text);
      case 'string':
        return unquote(take().text);
      case 'quoted':
        return { property: take().text };
      case 'name':
        return named();
      default:
        if (isSign('(')) return bracketed();
        throw fail('expression');
    }
  };

  /** A condition or sum in brackets; with a comma, or empty, an array. */
  const bracketed = (): Expression => {
    need('(');
    if (tookSign(')')) return [];
    const items = [expression()];
    while (tookSign(',')) items.push(expression());
    need(')');
    return items.length === 1 ? (items[0] as Expression) : items;
  };
  /** An operand of an array function: there brackets around one element make an array, too. */
  const arrayOperand = (): Expression => {
    if (!isSign('(')) return sum();
    const made = bracketed();
    return Array.isArray(made) ? made : [made];
  };

  const named = (): Expression => {
    const word = peek().text.toLowerCase();
    if (RESERVED.has(word)) throw fail('expression');
    if (!isSign('(', 1) && !(isGeometry(word) && isWord('z', 1))) {
      const { text: name } = take();
      return word === 'true' ? true : word === 'false' ? false : { property: name };
    }
    if (isGeometry(word)) return geometry();
    const { text: name } = take();
    switch (word) {
      case 'bbox':
        return { bbox: list(number) };
      case 'date':
        return { date: oneString() };
      case 'timestamp':
        return { timestamp: oneString() };
      case 'interval':
        return { interval: list(sum) };
      default:
        break;
    }
    const op = operatorOf(name) ?? name;
    if (isSign(')', 1)) {
      need('(');
      need(')');
      return { op, args: [] };
    }
    const args = nested(() => list(op.startsWith('a_') ? arrayOperand : expression));
    return { op, args };
  };

  const oneString = (): string => {
    need('(');
    if (peek().kind !== 'string') throw fail("'…'");
    const value = unquote(take().text);
    need(')');
    return value;
  };
  const number = (): number => {
    const negative = tookSign('-');
    if (!negative) tookSign('+');
    if (peek().kind !== 'number') throw fail('number');
    const value = Number(take().text);
    return negative ? -value : value;
  };
  const position = (): Position => {
    const point = [number(), number()];
    if (peek().kind === 'number' || isSign('-') || isSign('+')) point.push(number());
    return point;
  };
  const positions = () => list(position);
  const rings = () => list(positions);
  const onePoint = (): Position => {
    need('(');
    const point = position();
    need(')');
    return point;
  };
  const coordinates = {
    Point: onePoint,
    LineString: positions,
    Polygon: rings,
    // Both forms of WKT are written: each point in brackets of its own, or not.
    MultiPoint: () => list(() => (isSign('(') ? onePoint() : position())),
    MultiLineString: rings,
    MultiPolygon: () => list(rings),
  };
  const geometry = (): Geometry => {
    const type = GEOMETRY_WORDS[take().text.toLowerCase() as keyof typeof GEOMETRY_WORDS];
    tookWord('z');
    if (type !== 'GeometryCollection') return { type, coordinates: coordinates[type]() } as Geometry;
    return {
      type,
      geometries: list(() => {
        if (!isGeometry(peek().text.toLowerCase())) throw fail('geometry');
        return nested(geometry);
      }),
    };
  };

  const read = expression();
  if (peek().kind !== 'end') throw fail('AND, OR');
  return read;
}

const GEOMETRY_WORDS = {
  point: 'Point',
  linestring: 'LineString',
  polygon: 'Polygon',
  multipoint: 'MultiPoint',
  multilinestring: 'MultiLineString',
  multipolygon: 'MultiPolygon',
  geometrycollection: 'GeometryCollection',
} as const;

const isGeometry = (word: string): word is keyof typeof GEOMETRY_WORDS => Object.hasOwn(GEOMETRY_WORDS, word);

const negate = (negated: boolean, expression: Expression): Expression =>
  negated ? { op: 'not', args: [expression] } : expression;

/** A quote inside a literal is doubled or follows a backslash. */
const unquote = (literal: string): string => literal.slice(1, -1).replaceAll(/''|\\'/g, "'");
