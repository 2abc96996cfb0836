/**
 * Cuts a JSON text into the texts of its records without parsing the rest: `[ {…}, … ]`, `{ …, "data": [ {…}, … ] }`, and one object
 * a line (NDJSON). Each record is then parsed by the engine's own JSON.parse, several times faster than a token stream.
 */
import { ReadError, truncated } from '#platform/exchange/read/read-error.ts';

/** The text of one record and the line where it starts. */
export type JsonPiece = { readonly text: string; readonly line: number };
export type JsonShape =
  | { readonly kind: 'array' | 'lines' }
  | { readonly kind: 'member'; readonly key: string | undefined };

const MAX_RECORD = 64 * 2 ** 20;
const MAX_PREFIX = 8 * 2 ** 20;
const KEYS = /"(features|data|items|records|rows|list|results?)"\s*:\s*\[\s*\{/;

/** Decides from the beginning of the file where its records are. ReadError `json-syntax` if it does not begin like JSON. */
export function detectShape(head: string): JsonShape {
  const start = skipSpace(head, 0);
  if (head[start] === '[') return { kind: 'array' };
  if (head[start] !== '{') throw syntax(1, { zh: '文件不是 JSON', en: 'the file is not JSON' });
  const end = endOfObject(head, { at: start, depth: 0, inString: false });
  const key = KEYS.exec(head)?.[1];
  if (end === undefined) return { kind: 'member', key };
  if (head[skipSpace(head, end)] === '{') return { kind: 'lines' };
  return /:\s*\[\s*\{/.test(head.slice(start, end)) ? { kind: 'member', key } : { kind: 'lines' };
}

/** Streams the records, those of one piece of text at a time. */
export async function* scanRecords(texts: AsyncIterable<string>, shape: JsonShape): AsyncGenerator<JsonPiece[]> {
  let text = '';
  let at = 0;
  let line = 1;
  let newline = -1;
  let phase: 'seek' | 'between' | 'after' = shape.kind === 'lines' ? 'between' : 'seek';
  let needsComma = false;
  let open: Scan | undefined;
  let tail = '';
  const lineAt = (position: number): number => {
    for (; newline >= 0 && newline < position; newline = text.indexOf('\n', newline + 1)) line += 1;
    return line;
  };
  for await (const piece of texts) {
    if (phase === 'after') {
      tail = (tail + piece).trimEnd().slice(-1) || tail;
      continue;
    }
    lineAt(at);
    text = text.slice(at) + piece;
    if (open !== undefined) open.at -= at;
    at = 0;
    newline = text.indexOf('\n');
    const found: JsonPiece[] = [];
    if (phase === 'seek') {
      const start = shape.kind === 'member' ? seekMember(text, shape.key) : skipSpace(text, 0) + 1;
      if (start === undefined || start > text.length) {
        if (text.length > MAX_PREFIX) throw noRecords();
        continue;
      }
      at = start;
      phase = 'between';
    }
    for (;;) {
      if (open === undefined) {
        at = skipSpace(text, at);
        if (at >= text.length) break;
        const letter = text[at];
        if (letter === ']' && shape.kind !== 'lines') {
          phase = 'after';
          tail = text.slice(at).trimEnd().slice(-1);
          break;
        }
        if (letter === ',' && needsComma) {
          needsComma = false;
          at += 1;
          continue;
        }
        if (letter !== '{' || (needsComma && shape.kind !== 'lines')) {
          const place = lineAt(at);
          throw syntax(place, {
            zh: `第 ${place} 行：这里应是一条记录（对象）`,
            en: `line ${place}: a record (object) was expected`,
          });
        }
        open = { at, depth: 0, inString: false };
      }
      const end = endOfObject(text, open);
      if (end === undefined) {
        if (text.length - at > MAX_RECORD) {
          throw new ReadError({
            code: 'record-too-long',
            line: lineAt(at),
            text: { zh: '一条记录超过 64 MB', en: 'a record is longer than 64 MB' },
          });
        }
        break;
      }
      found.push({ text: text.slice(at, end), line: lineAt(at) });
      open = undefined;
      needsComma = shape.kind !== 'lines';
      at = end;
    }
    if (found.length > 0) yield found;
  }
  if (phase === 'seek') throw noRecords();
  const closed =
    phase === 'after' ? tail === (shape.kind === 'member' ? '}' : ']') : shape.kind === 'lines' && open === undefined;
  if (!closed)
    throw truncated({ line: lineAt(text.length), what: { zh: 'JSON 没有结束', en: 'the JSON does not end' } });
}

type Scan = { at: number; depth: number; inString: boolean };

/** Moves `scan` on; the offset behind the object's closing brace, or `undefined` if the text ends before. */
function endOfObject(text: string, scan: Scan): number | undefined {
  let { at, depth, inString } = scan;
  while (at < text.length) {
    if (inString) {
      const quote = text.indexOf('"', at);
      if (quote < 0) {
        // An escape may be cut by the end of the text: keep its backslashes in sight.
        at = text.length;
        break;
      }
      let slashes = 0;
      while (text.charCodeAt(quote - 1 - slashes) === 92) slashes += 1;
      at = quote + 1;
      inString = slashes % 2 === 1;
      continue;
    }
    const unit = text.charCodeAt(at);
    at += 1;
    if (unit === 34) inString = true;
    else if (unit === 123 || unit === 91) depth += 1;
    else if (unit === 125 || unit === 93) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  scan.at = at;
  scan.depth = depth;
  scan.inString = inString;
  return undefined;
}

/** Offset behind the `[` of the wanted member, reached through objects only; without a key, of the first array of objects. */
function seekMember(text: string, key: string | undefined): number | undefined {
  const stack: string[] = [];
  let lastText = '';
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '"') {
      let end = at + 1;
      while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
      if (end >= text.length) return undefined;
      lastText = text.slice(at + 1, end);
      at = end;
    } else if (letter === '[') {
      const next = skipSpace(text, at + 1);
      if (next >= text.length) return undefined;
      const wanted = key === undefined ? text[next] === '{' : lastText === key;
      if (wanted && !stack.includes('[')) return at + 1;
      stack.push('[');
    } else if (letter === '{') stack.push('{');
    else if (letter === '}' || letter === ']') stack.pop();
  }
  return undefined;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) break;
  }
  return at;
}

export function syntax(line: number, text: { zh: string; en: string }): ReadError {
  return new ReadError({ code: 'json-syntax', line, text });
}

function noRecords(): ReadError {
  return new ReadError({
    code: 'no-records',
    text: {
      zh: 'JSON 中没有找到记录数组（如 data、items、features）',
      en: 'no array of records (data, items, features …) was found in the JSON',
    },
  });
}
