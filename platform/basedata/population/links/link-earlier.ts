import type { Consumer, JobHandler } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Claim } from '#platform/exchange/target.ts';
import { linkClaims } from '../link-claims.ts';
import { announceMoves, rebuildPersons, storeMatches } from '../load-persons.ts';

const NAME = 'link-earlier';
const CHUNK = 300;

type Earlier = Pick<Claim, 'id' | 'payload'> & { pid: string | null; method: string };

/**
 * Claims that were loaded before there was an engine, newest first. Whatever came after it is linked as it comes, so the earlier
 * ones are those below the first that it knows: going on after a stop needs no mark.
 */
function earlierClaims(db: Db, limit: number): Promise<Earlier[]> {
  return db.rows<Earlier>(sql`
    select c.claim_id as id, c.pid, c.method, x.payload from population.person_claim c join exchange.claim x on x.id = c.claim_id
    where c.claim_id < coalesce((select min(m.record) from linkage.member m where m.app = ${db.module} and m.space = 'person'), 9223372036854775807)
    order by c.claim_id desc limit ${limit}::int`);
}

/** Takes in what was loaded before there was an engine, a chunk a transaction. */
export const linkEarlierJob: JobHandler = {
  name: NAME,
  run: async ({ tx, signal, heartbeat }) => {
    for (let more = true; more && !signal.aborted; await heartbeat())
      more = await tx(async (db) => {
        const claims = await earlierClaims(db, CHUNK);
        const matches = new Map(
          claims.flatMap(({ id, pid, method }) =>
            pid !== null && method === 'identifier' ? [[Number(id), { pid }] as const] : [],
          ),
        );
        const before = new Map(claims.map(({ id, pid }) => [Number(id), pid]));
        const moves = await linkClaims(
          db,
          claims.map(({ id, payload }) => ({ id: Number(id), payload })),
          matches,
        );
        const changed = moves
          .map((move) => ({ ...move, from: move.from ?? before.get(move.record) ?? undefined }))
          .filter((move) => move.from !== move.to);
        await storeMatches(db, changed, matches);
        await rebuildPersons(db, [...(await announceMoves(db, changed))]);
        return claims.length > 0;
      });
  },
};

/** After each load: is there anything of before? One look at two indexes. */
export const linkEarlierAfterLoad: Consumer = {
  name: NAME,
  type: 'exchange.batch.loaded',
  handle: async ({ event, db }) => {
    if (event.data.target !== 'population.person' || (await earlierClaims(db, 1)).length === 0) return;
    await db.enqueue({ name: NAME, payload: {}, key: NAME });
  },
};
