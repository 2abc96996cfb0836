import { sql } from '#platform/kernel/sql.ts';

/**
 * An appeal has settled that a passage `r` was not late (申诉成立): nothing from yellow on stands against it, whatever the dates say. It is in time
 * wherever that is counted, and how long it took is not known, so that no mean of times holds it.
 */
export const IN_TIME_BY_APPEAL = sql`coalesce(r.cap in ('blue', 'notice', 'yellow'), false)`;
