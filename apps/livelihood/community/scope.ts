import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';

export type Committee = { code: string; name: string; street: string | null };

/** Residents' committees (居委会) of the actor's area, with the street each belongs to. */
export function committeesOf(db: Db, actor: Actor): Promise<Committee[]> {
  const area = actor.area ?? '-';
  return db.rows<Committee>(sql`
    select c.code, c.name, s.name as street
    from ${db.share('area')} c left join ${db.share('area')} s on s.code = c.parent
    where c.level = 'committee' and c.code >= ${area}::text and c.code < ${`${area}~`}::text
    order by c.code`);
}

/** The committee, if it lies in the actor's area; else the answer of one that does not exist. */
export async function ownCommittee(db: Db, actor: Actor, code: string): Promise<Committee> {
  const found = (await committeesOf(db, actor)).find((committee) => committee.code === code);
  if (!found) throw NotFound.with();
  return found;
}
