/**
 * SQL as tagged templates: every `${value}` becomes a parameter, so input never reaches the text of a statement.
 * `raw` of the underlying library is deliberately not exported (structure check: only `db.ts` may use it).
 */
import template, { empty, join, type Sql } from 'sql-template-tag';

export const sql = template;
export { empty, join, type Sql };

/** A value stored as JSON: `${json(x)}::jsonb`. Engines differ on objects, not on text. */
export function json(value: unknown): string {
  return JSON.stringify(value);
}
