import type { SourceFile } from './source-files.ts';

/**
 * The embedded database is PostgreSQL 18 and takes what 15 refuses; this list holds the line between them. A name that
 * is ours in a schema of ours (`kernel.uuidv7()`) is not meant.
 */
const NEWER: readonly { since: number; what: string; pattern: RegExp }[] = [
  { since: 18, what: 'uuidv7(), uuidv4()', pattern: /(?<![\w.])uuidv[47]\s*\(/i },
  { since: 18, what: 'virtual generated column', pattern: /generated\s+always\s+as\s*\([^;]*?\)\s*virtual/i },
  { since: 18, what: 'returning old / new', pattern: /returning\s+(?:with\s*\(|(?:[\w."]+\s*,\s*)*(?:old|new)\.)/i },
  { since: 18, what: 'without overlaps', pattern: /without\s+overlaps/i },
  {
    since: 18,
    what: 'array_sort(), array_reverse(), casefold(), crc32()',
    pattern: /(?<![\w.])(?:array_sort|array_reverse|casefold|crc32c?)\s*\(/i,
  },
  { since: 17, what: 'merge … returning', pattern: /\bmerge\s+into\b[^;]*\breturning\b/i },
  {
    since: 17,
    what: 'json_table and the SQL/JSON query functions',
    pattern: /(?<![\w.])json_(?:table|query|value|exists|scalar|serialize)\s*\(/i,
  },
  {
    since: 17,
    what: 'to_bin(), to_oct(), uuid_extract_*()',
    pattern: /(?<![\w.])(?:to_bin|to_oct|uuid_extract_\w+)\s*\(/i,
  },
  { since: 17, what: 'copy … on_error', pattern: /\bon_error\b/i },
  { since: 16, what: 'any_value()', pattern: /(?<![\w.])any_value\s*\(/i },
  { since: 16, what: 'is json', pattern: /\bis\s+(?:not\s+)?json\b/i },
  {
    since: 16,
    what: 'json_array(), json_object() constructors',
    pattern: /(?<![\w.])json_(?:array|arrayagg|objectagg)\s*\(/i,
  },
  {
    since: 16,
    what: 'random_normal(), array_shuffle(), array_sample(), pg_input_is_valid(), date_add(), date_subtract()',
    pattern:
      /(?<![\w.])(?:random_normal|array_shuffle|array_sample|pg_input_is_valid|pg_input_error_info|date_add|date_subtract)\s*\(/i,
  },
  { since: 16, what: 'system_user', pattern: /\bsystem_user\b/i },
];

/** SQL newer than PostgreSQL 15, as `file:line what`. Reads whole `.sql` files and the sql`…` templates of `.ts` files. */
export function newerThan15(files: readonly SourceFile[]): string[] {
  const faults: string[] = [];
  for (const { path, text } of files) {
    for (const part of path.endsWith('.sql') ? [{ start: 0, sql: text }] : templates(text)) {
      const sql = part.sql.replaceAll(/--[^\n]*|'(?:[^']|'')*'/g, (match) => match.replaceAll(/[^\n]/g, ' '));
      for (const { since, what, pattern } of NEWER) {
        const found = pattern.exec(sql);
        if (found) faults.push(`${path}:${lineOf(text, part.start + found.index)} ${what} needs PostgreSQL ${since}`);
      }
    }
  }
  return faults;
}

function templates(text: string): { start: number; sql: string }[] {
  return [...text.matchAll(/\bsql`([^`]*)`/g)].map((match) => ({
    start: match.index + 4,
    // What stands in ${…} is TypeScript.
    sql: (match[1] ?? '').replaceAll(/\$\{[^}]*\}/g, (value) => value.replaceAll(/[^\n]/g, ' ')),
  }));
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
