/**
 * Names in FEEL may hold spaces and signs (`date and time`, `Applicant's age`, `a-b`), so that what a name is depends on which are known
 * (10.3.1.2, rules 26–30; 10.3.1.4: the longest known name wins). Names are kept as their parts; white space between parts does not count.
 */
const PART =
  /[\p{L}_$?\u00B7\u203F-\u2040\u{10000}-\u{EFFFF}][\p{L}\p{M}\p{N}_$?\u00B7\u203F-\u2040\u{10000}-\u{EFFFF}]*|\p{N}+|[./\-'+*’]|\S/uy;

export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const part = partAt(text, at);
    if (!part) break;
    parts.push(part.text);
    at = part.end;
  }
  return parts;
}

/** The part of a name that begins at or, after white space, behind a place. */
export function partAt(text: string, from: number): { text: string; end: number } | undefined {
  let at = from;
  while (at < text.length && /\s/u.test(text.charAt(at))) at += 1;
  PART.lastIndex = at;
  const found = PART.exec(text);
  return found ? { text: found[0], end: at + found[0].length } : undefined;
}

const SIGNS = new Set(['.', '/', '-', "'", '+', '*', '’']);

/** A name as it is compared: parts, with a space between two words only. */
export function normalName(name: string): string {
  let out = '';
  let before: string | undefined;
  for (const part of partsOf(name)) {
    out += before !== undefined && !SIGNS.has(before) && !SIGNS.has(part) ? ` ${part}` : part;
    before = part;
  }
  return out;
}

/** Known names, for the longest match at a place. */
export class Names {
  private readonly byFirst = new Map<string, { parts: string[]; name: string }[]>();

  constructor(names: Iterable<string> = []) {
    for (const name of names) this.add(name);
  }

  add(name: string): void {
    const parts = partsOf(name);
    const [first] = parts;
    if (first === undefined || parts.length === 1) return;
    const list = this.byFirst.get(first) ?? [];
    const normal = normalName(name);
    if (list.some((known) => known.name === normal)) return;
    list.push({ parts, name: normal });
    list.sort((a, b) => b.parts.length - a.parts.length);
    this.byFirst.set(first, list);
  }

  /** The longest known name of several parts that stands at a place. */
  at(text: string, from: number): { name: string; end: number } | undefined {
    const first = partAt(text, from);
    if (!first) return undefined;
    for (const { parts, name } of this.byFirst.get(first.text) ?? []) {
      let end = first.end;
      const all = parts.slice(1).every((part) => {
        const next = partAt(text, end);
        if (next?.text !== part) return false;
        end = next.end;
        return true;
      });
      if (all) return { name, end };
    }
    return undefined;
  }
}
