import type { Consumer, JobHandler } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Claim } from '#platform/exchange/target.ts';
import type { Move } from '#platform/linkage/store/linked-space.ts';
import { anchorClaims, linkClaims, storeMatches } from '../link-claims.ts';
import { rebuildEntities, touchedBy } from '../load-entities.ts';

const FOLLOW = 'follow-moves';
const EARLIER = 'link-earlier';
const CHUNK = 200;

/** Has enterprises brought up to what was decided about their claims, in the transaction after. */
export async function followMoves(db: Db, moves: readonly Move[]): Promise<void> {
  const claims = moves.map((move) => move.record);
  for (let at = 0; at < claims.length; at += CHUNK)
    await db.enqueue({ name: FOLLOW, payload: { claims: claims.slice(at, at + CHUNK).join() } });
}

async function follow(db: Db, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  await storeMatches(db, moves);
  await rebuildEntities(db, [...(await touchedBy(db, moves))].sort());
}

/** Compares where some claims belong with which enterprise they are about, and computes anew whatever is concerned. Repeatable. */
export const followMovesJob: JobHandler = {
  name: FOLLOW,
  run: async ({ payload, tx }) => {
    await tx(async (db) => {
      const claims = (payload.claims ?? '').split(',').map(Number);
      const moves = await db.rows<Move>(sql`
        select m.record, c.eid as "from", m.subject as "to" from linkage.member m join legal_entity.entity_claim c on c.claim_id = m.record
        where m.app = ${db.module} and m.space = 'firm' and m.record = any(${claims}::bigint[]) and m.subject is distinct from c.eid`);
      await follow(
        db,
        moves.map((move) => ({ ...move, record: Number(move.record) })),
      );
    });
  },
};

/** Claims that were loaded before there was an engine, newest first: those below the first that it knows. */
function earlierClaims(db: Db, limit: number): Promise<(Pick<Claim, 'id' | 'payload'> & { eid: string })[]> {
  return db.rows(sql`
    select c.claim_id as id, c.eid, x.payload from legal_entity.entity_claim c join exchange.claim x on x.id = c.claim_id
    where c.claim_id < coalesce((select min(m.record) from linkage.member m where m.app = ${db.module} and m.space = 'firm'), 9223372036854775807)
    order by c.claim_id desc limit ${limit}::int`);
}

/** Takes in what was loaded before there was an engine, a chunk a transaction. */
export const linkEarlierJob: JobHandler = {
  name: EARLIER,
  run: async ({ tx, signal, heartbeat }) => {
    for (let more = true; more && !signal.aborted; await heartbeat())
      more = await tx(async (db) => {
        const claims = (await earlierClaims(db, CHUNK)).map((c) => ({ ...c, id: Number(c.id) }));
        const before = new Map(claims.map(({ id, eid }) => [id, eid]));
        const moves = await linkClaims(db, claims, await anchorClaims(db, claims));
        await follow(
          db,
          moves
            .map((move) => ({ ...move, from: move.from ?? before.get(move.record) }))
            .filter((move) => move.from !== move.to),
        );
        return claims.length > 0;
      });
  },
};

/** After each load: is there anything of before? One look at two indexes. */
export const linkEarlierAfterLoad: Consumer = {
  name: EARLIER,
  type: 'exchange.batch.loaded',
  handle: async ({ event, db }) => {
    if (event.data.target !== 'legal-entity.entity' || (await earlierClaims(db, 1)).length === 0) return;
    await db.enqueue({ name: EARLIER, payload: {}, key: EARLIER });
  },
};
