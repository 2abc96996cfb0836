import { systemActor } from '#platform/kernel/actor.ts';
import type { Row } from '#platform/kernel/db.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';

/** Runs a query of the module identity, for arranging and looking. */
export const inIdentity = <T extends Row>(house: TestHouse, query: Sql): Promise<T[]> =>
  house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) => db.rows<T>(query));

/** The post of a kind in a unit that stands now. */
export async function postIn(house: TestHouse, unit: string, kind: string): Promise<string> {
  const [found] = await inIdentity<{ id: string }>(
    house,
    sql`select id from identity.post where unit = ${unit} and kind = ${kind} and valid_to is null`,
  );
  if (!found) throw new Error(`no ${kind} in ${unit}`);
  return found.id;
}

/** Drafts an order and has it approved by somebody else; the order as it stands then. */
export async function giveOrder(options: {
  house: TestHouse;
  drafter: string;
  reviewer: string;
  body: Record<string, unknown>;
  effectiveAt?: string;
}): Promise<{ id: string; no: string; state: string }> {
  const { house, drafter, reviewer, body, effectiveAt } = options;
  const drafted = await call(house, {
    method: 'POST',
    url: '/api/identity/orders',
    cookie: drafter,
    body: { body, reason: '工作需要', effectiveAt },
  });
  if (drafted.statusCode !== 201) throw new Error(drafted.body);
  const { id } = drafted.json() as { id: string };
  const reviewed = await call(house, {
    method: 'POST',
    url: `/api/identity/orders/${id}/review`,
    cookie: reviewer,
    body: { decision: 'approve' },
  });
  if (reviewed.statusCode !== 200) throw new Error(reviewed.body);
  return reviewed.json();
}
