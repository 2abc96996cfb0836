/*
 * Patterns of XPath and XQuery Functions and Operators 3.1 §5.6.1, over those of XML Schema part 2, appendix G, as DMN asks for in matches,
 * replace and split. They are read whole and written anew for JavaScript, so that what the two understand differently (`\w`, `.`, subtraction of classes,
 * blocks, escapes) means what the standard says, and what is no such pattern (looking around, names of groups, `\b`) is refused.
 */

/** A pattern with its flags; undefined where it is none. */
export function regexOf(pattern: string, flags = '', more = ''): RegExp | undefined {
  if (/[^smixq]/.test(flags)) return undefined;
  const quoted = flags.includes('q');
  const source = quoted
    ? Array.from(pattern, literal).join('')
    : new Translator(flags.includes('x') ? withoutSpace(pattern) : pattern, flags.includes('s')).whole();
  if (source === undefined) return undefined;
  const kept = [...new Set(quoted ? flags.replace(/[^i]/g, '') : flags.replace(/[xqs]/g, ''))].join('');
  try {
    return new RegExp(source, `${kept}${more}v`);
  } catch {
    return undefined;
  }
}

const literal = (c: string): string => (/[\p{L}\p{N}]/u.test(c) ? c : `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);

/** Flag x: white space does not count, but in a class. */
function withoutSpace(pattern: string): string {
  let depth = 0;
  let out = '';
  for (let i = 0; i < pattern.length; i += 1) {
    const c = pattern.charAt(i);
    if (c === '\\' && !/\s/.test(pattern.charAt(i + 1))) {
      out += c + pattern.charAt((i += 1));
      continue;
    }
    if (c === '[') depth += 1;
    if (c === ']') depth -= 1;
    if (depth > 0 || !/\s/.test(c)) out += c;
  }
  return out;
}

const START =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
/** Escapes for several characters (G.4.2.5), as classes. */
const CLASSES: Record<string, string> = {
  s: '[ \\t\\n\\r]',
  S: '[^ \\t\\n\\r]',
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '[^\\p{P}\\p{Z}\\p{C}]',
  W: '[\\p{P}\\p{Z}\\p{C}]',
  i: `[${START}]`,
  I: `[^${START}]`,
  c: `[${START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]`,
  C: `[^${START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]`,
};
const SINGLE: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
const ESCAPABLE = /[\\|.?*+(){}$\-[\]^]/;
/** Blocks of Unicode by their names without spaces; others are refused. */
const BLOCKS: Record<string, [number, number]> = {
  BasicLatin: [0x0, 0x7f],
  'Latin-1Supplement': [0x80, 0xff],
  'LatinExtended-A': [0x100, 0x17f],
  'LatinExtended-B': [0x180, 0x24f],
  IPAExtensions: [0x250, 0x2af],
  CombiningDiacriticalMarks: [0x300, 0x36f],
  Greek: [0x370, 0x3ff],
  GreekandCoptic: [0x370, 0x3ff],
  Cyrillic: [0x400, 0x4ff],
  Armenian: [0x530, 0x58f],
  Hebrew: [0x590, 0x5ff],
  Arabic: [0x600, 0x6ff],
  Devanagari: [0x900, 0x97f],
  Thai: [0xe00, 0xe7f],
  GeneralPunctuation: [0x2000, 0x206f],
  CurrencySymbols: [0x20a0, 0x20cf],
  LetterlikeSymbols: [0x2100, 0x214f],
  NumberForms: [0x2150, 0x218f],
  Arrows: [0x2190, 0x21ff],
  MathematicalOperators: [0x2200, 0x22ff],
  BoxDrawing: [0x2500, 0x257f],
  CJKSymbolsandPunctuation: [0x3000, 0x303f],
  Hiragana: [0x3040, 0x309f],
  Katakana: [0x30a0, 0x30ff],
  Bopomofo: [0x3100, 0x312f],
  HangulSyllables: [0xac00, 0xd7af],
  CJKUnifiedIdeographs: [0x4e00, 0x9fff],
  CJKCompatibilityIdeographs: [0xf900, 0xfaff],
  HalfwidthandFullwidthForms: [0xff00, 0xffef],
};

class NoPattern extends Error {}

class Translator {
  private readonly chars: string[];
  private readonly dotAll: boolean;
  private at = 0;

  constructor(pattern: string, dotAll: boolean) {
    this.chars = Array.from(pattern);
    this.dotAll = dotAll;
  }

  whole(): string | undefined {
    try {
      let out = '';
      while (this.at < this.chars.length) out += this.atom();
      return out;
    } catch (error) {
      if (error instanceof NoPattern) return undefined;
      throw error;
    }
  }

  private next(): string {
    const c = this.chars[this.at];
    if (c === undefined) throw new NoPattern();
    this.at += 1;
    return c;
  }

  private atom(): string {
    const c = this.next();
    if (c === '\\') return this.escape();
    if (c === '[') return this.charClass();
    if (c === '.') return this.dotAll ? '[^]' : '[^\\n\\r]';
    if (c === '(' && this.chars[this.at] === '?') {
      if (this.chars[this.at + 1] !== ':') throw new NoPattern();
      this.at += 2;
      return '(?:';
    }
    if ('()|*+?^${}'.includes(c)) return c;
    if (c === ']') throw new NoPattern();
    return literal(c);
  }

  /** Outside a class: a number there is what a group has matched. */
  private escape(): string {
    const c = this.chars[this.at] ?? '';
    if (/[1-9]/.test(c)) {
      this.at += 1;
      // Without this, `\1` before a figure would be read as one number.
      return `(?:\\${c})`;
    }
    return this.several() ?? literal(this.single());
  }

  private several(): string | undefined {
    const c = this.chars[this.at] ?? '';
    const known = CLASSES[c];
    if (known !== undefined) {
      this.at += 1;
      return known;
    }
    if (c !== 'p' && c !== 'P') return undefined;
    const found = /^[pP]\{([A-Za-z0-9-]+)\}/.exec(this.chars.slice(this.at, this.at + 60).join(''));
    if (!found?.[1]) throw new NoPattern();
    this.at += found[0].length;
    if (!found[1].startsWith('Is')) return `\\${c}{${found[1]}}`;
    const block = BLOCKS[found[1].slice(2)];
    if (!block) throw new NoPattern();
    return `[${c === 'P' ? '^' : ''}\\u{${block[0].toString(16)}}-\\u{${block[1].toString(16)}}]`;
  }

  private single(): string {
    const c = this.next();
    if (SINGLE[c] !== undefined) return SINGLE[c];
    if (!ESCAPABLE.test(c)) throw new NoPattern();
    return c;
  }

  /** A class (G.4.2), with what is subtracted from it. */
  private charClass(): string {
    const negated = this.chars[this.at] === '^';
    if (negated) this.at += 1;
    const parts: string[] = [];
    let without = '';
    for (let first = true; this.chars[this.at] !== ']' || first; first = false) {
      if (this.chars[this.at] === '-' && this.chars[this.at + 1] === '[' && !first) {
        this.at += 2;
        without = this.charClass();
        if (this.chars[this.at] !== ']') throw new NoPattern();
        break;
      }
      parts.push(this.member());
    }
    this.at += 1;
    const own = `[${negated ? '^' : ''}${parts.join('')}]`;
    return without === '' ? own : `[${own}--${without}]`;
  }

  private member(): string {
    const c = this.next();
    if (c === '[' || c === ']') throw new NoPattern();
    let from = c;
    if (c === '\\') {
      const several = this.several();
      if (several !== undefined) return several;
      from = this.single();
    }
    const [dash, after] = [this.chars[this.at], this.chars[this.at + 1]];
    if (dash !== '-' || after === ']' || after === '[' || after === undefined) return coded(from);
    this.at += 1;
    const last = this.next();
    return `${coded(from)}-${coded(last === '\\' ? this.single() : last)}`;
  }
}

const coded = (c: string): string => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`;
