import type { JobHandler } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Move } from '#platform/linkage/store/linked-space.ts';
import { announceMoves, rebuildPersons, storeMatches } from '../load-persons.ts';

const NAME = 'follow-moves';
/** Claims of one job: a few hundred ids fit a payload, and a decision seldom moves more than a handful. */
const CHUNK = 200;

/**
 * Has persons brought up to what was decided about their claims. Whoever decides may not write persons of other areas, so a job
 * does it, in the transaction after.
 */
export async function followMoves(db: Db, moves: readonly Move[]): Promise<void> {
  const claims = moves.map((move) => move.record);
  for (let at = 0; at < claims.length; at += CHUNK)
    await db.enqueue({ name: NAME, payload: { claims: claims.slice(at, at + CHUNK).join() } });
}

/** Compares where some claims belong with whom they are about, and computes anew whoever is concerned. Repeatable. */
export const followMovesJob: JobHandler = {
  name: NAME,
  run: async ({ payload, tx }) => {
    await tx(async (db) => {
      const claims = (payload.claims ?? '').split(',').map(Number);
      const moves = await db.rows<Move>(sql`
        select m.record, c.pid as "from", m.subject as "to" from linkage.member m join population.person_claim c on c.claim_id = m.record
        where m.app = ${db.module} and m.space = 'person' and m.record = any(${claims}::bigint[]) and m.subject is distinct from c.pid`);
      if (moves.length === 0) return;
      await storeMatches(db, moves);
      await rebuildPersons(db, [...(await announceMoves(db, moves))]);
    });
  },
};
