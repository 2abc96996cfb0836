import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Claim, type ClaimValue, isSecret, plain } from '#platform/exchange/target.ts';
import type { Parameters } from '#platform/linkage/model/parameters.ts';
import type { Stated } from '#platform/linkage/model/space.ts';
import { personSpace } from '#platform/linkage/spaces/person.ts';
import type { LinkedSpace, Move } from '#platform/linkage/store/linked-space.ts';
import { parametersFor } from '#platform/linkage/store/models.ts';
import { takeRecords } from '#platform/linkage/store/take-records.ts';
import shipped from './linkage-model.json' with { type: 'json' };
import type { Matches } from './match-claims.ts';

/** Claims about persons, as the engine sees them. Persons have L4 data: two people must agree. */
export async function linkedPersons(db: Db): Promise<LinkedSpace> {
  return {
    space: personSpace,
    parameters: await parametersFor(db, shipped as unknown as Parameters),
    reviewers: 2,
    statedOf: statedInClaims,
  };
}

/** Where each claim of a batch belongs, and which earlier ones belong elsewhere now. Whoever has a verified number is its holder's. */
export async function linkClaims(
  db: Db,
  claims: readonly Pick<Claim, 'id' | 'payload'>[],
  matches: Matches,
): Promise<Move[]> {
  return takeRecords({
    db,
    linked: await linkedPersons(db),
    records: claims.map(({ id, payload }) => ({ record: id, stated: statedBy(payload), anchor: matches.get(id)?.pid })),
    by: db.actor.name,
  });
}

async function statedInClaims(db: Db, records: readonly number[]): Promise<Map<number, Stated>> {
  const rows = await db.rows<{ id: number; payload: Record<string, ClaimValue> }>(
    sql`select id, payload from exchange.claim where id = any(${records}::bigint[])`,
  );
  return new Map(rows.map(({ id, payload }) => [Number(id), statedBy(payload)]));
}

/** The attributes by which persons are compared. An identity number that came this far has passed its checks. */
function statedBy(payload: Record<string, ClaimValue>): Stated {
  const id = payload.idNumber;
  return {
    identifier: isSecret(id) ? id.h : undefined,
    name: plain(payload, 'name'),
    birth: plain(payload, 'birthDate'),
    sex: plain(payload, 'sex'),
    phone: plain(payload, 'phone'),
    home: plain(payload, 'residenceAddress'),
  };
}
