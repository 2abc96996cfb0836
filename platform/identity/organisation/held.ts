import type { Post } from '#platform/kernel/actor.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';

/** An assignment (任职) that holds now, with what its post gives. */
export type Held = {
  id: string;
  post: string;
  kind: Post;
  unit: string;
  area: string | null;
  reach: 'own' | 'district';
  acting: boolean;
};

/** True of an assignment `g` at a post `p` of a unit `u` that hold at a moment; a post ends with its unit. */
export const HOLDS = (
  at: Date,
): Sql => sql`g.valid_from <= ${at}::timestamptz and (g.valid_to is null or g.valid_to > ${at}::timestamptz)
  and p.valid_from <= ${at}::timestamptz and (p.valid_to is null or p.valid_to > ${at}::timestamptz)
  and (u.valid_to is null or u.valid_to > ${at}::timestamptz)`;

/** What the account `a` holds at a moment, as JSON: one's own posts before those that one only looks after, the oldest first. */
export const HELD_NOW = (
  at: Date,
): Sql => sql`(select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'post', p.id, 'kind', p.kind,
    'unit', p.unit, 'area', p.area, 'reach', p.reach, 'acting', g.acting) order by g.acting, g.valid_from, g.id), '[]'::jsonb)
  from identity.assignment g join identity.post p on p.id = g.post join identity.unit u on u.code = p.unit
  where g.account = a.account and ${HOLDS(at)})`;
