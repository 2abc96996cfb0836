import { type Sql, sql } from '#platform/kernel/sql.ts';

/** Rows of `space.building` or `space.facility` that may stand in a public answer (不涉密). What no rule knows is hidden. */
export const PUBLIC_ONLY: Sql = sql`not space.hides(secrecy)`;

/** Attributes of a building that are not public (建筑高度). */
export const INTERNAL_ATTRIBUTES: ReadonlySet<string> = new Set(['heightM', 'secrecy']);
