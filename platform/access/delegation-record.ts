import { Type, type Static } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Basis, stateOf, type StoredState } from './delegation-rules.ts';
import { delegation } from './resources.ts';

export type DelegationRow = {
  id: string;
  basis: Basis;
  giver_person: string | null;
  giver_entity: string | null;
  giver_name: string;
  to_account: string | null;
  to_person: string | null;
  to_label: string;
  taker_account: string | null;
  taker_person: string | null;
  taker_name: string | null;
  scopes: string[];
  valid_from: Date;
  valid_to: Date;
  evidence: string;
  state: StoredState;
  offered_at: Date;
  lapses_at: Date | null;
  ended_at: Date | null;
  ended_why: string | null;
};

const COLUMNS = sql`id, basis, giver_person, giver_entity, giver_name, to_account, to_person, to_label, taker_account, taker_person,
  taker_name, scopes, valid_from, valid_to, evidence, state, offered_at, lapses_at, ended_at, ended_why`;

export const DelegationParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** One delegation for people; `state` is the one that holds now: offered, accepted, active, expired, declined, withdrawn, ended. */
export const DelegationSchema = Type.Object({
  ...itemOf(delegation, [
    'id',
    'basis',
    'giverName',
    'toLabel',
    'takerName',
    'scopes',
    'validFrom',
    'validTo',
    'evidence',
    'state',
    'offeredAt',
    'endedAt',
    'endedWhy',
  ]).properties,
});

export function shown(row: DelegationRow, now: Date): Static<typeof DelegationSchema> {
  return {
    id: row.id,
    basis: row.basis,
    giverName: row.giver_name,
    toLabel: row.to_label,
    takerName: row.taker_name,
    scopes: row.scopes,
    validFrom: row.valid_from.toISOString(),
    validTo: row.valid_to.toISOString(),
    evidence: row.evidence,
    state: stateOf(row, now),
    offeredAt: row.offered_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    endedWhy: row.ended_why,
  };
}

export function isGiver(row: DelegationRow, actor: Actor): boolean {
  return (
    (row.giver_person !== null && row.giver_person === actor.person) ||
    (row.giver_entity !== null && row.giver_entity === actor.entity)
  );
}

/** True for who holds it, or to whom it is offered. */
export function isTaker(row: DelegationRow, actor: Actor): boolean {
  if (row.taker_account !== null) return row.taker_account === actor.account;
  return row.to_account === actor.account || (row.to_person !== null && row.to_person === actor.person);
}

/** All that the caller gave, holds or is offered (row security says which those are), the latest first. */
export function readDelegations(db: Db): Promise<DelegationRow[]> {
  return db.rows<DelegationRow>(
    sql`select ${COLUMNS} from access.delegation order by offered_at desc, id desc limit 200`,
  );
}

/** One of them, locked; NOT_FOUND for anything that is not the caller's. */
export async function holdDelegation(db: Db, id: string): Promise<DelegationRow> {
  const row = await db.first<DelegationRow>(
    sql`select ${COLUMNS} from access.delegation where id = ${id}::uuid for update`,
  );
  if (!row) throw NotFound.with();
  return row;
}

export async function readDelegation(db: Db, id: string): Promise<DelegationRow> {
  return db.one<DelegationRow>(sql`select ${COLUMNS} from access.delegation where id = ${id}::uuid`);
}

export { COLUMNS as DELEGATION_COLUMNS };
