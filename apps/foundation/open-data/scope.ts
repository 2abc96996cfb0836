import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { unitNames } from '#platform/kernel/ports.ts';

/** Unit that runs the portal and sees to what others leave undone. */
export const PORTAL_UNIT = 'data-centre';

/** Rows of the caller's own unit; the unit that runs the portal works on those of all. */
export const ownUnit = (actor: Actor, column: Sql = sql`owner`): Sql =>
  actor.unit === PORTAL_UNIT ? sql`true` : sql`${column} = ${actor.unit ?? ''}`;

/** A set that the caller's unit answers for, locked; elsewhere it does not exist. */
export async function holdDataset(
  db: Db,
  id: string,
): Promise<{
  id: string;
  item: string;
  owner: string;
  state: string;
  opening: string | null;
  about: 'person' | 'firm' | 'thing';
  recipe: unknown;
  current: string | null;
}> {
  const found = await db.first<Awaited<ReturnType<typeof holdDataset>>>(sql`
    select id, item, owner, state, opening, about, recipe, current from open_data.dataset where id = ${id} and ${ownUnit(db.actor)} for update`);
  if (!found) throw NotFound.with();
  return found;
}

/** Who wrote or voted, as a digest that leads back to nobody: enough for one vote each. */
export const voiceOf = (services: Services, actor: Actor): string =>
  services.keyring.lookup('open-data.voice', actor.account);

/** Whether a unit exists, asked before the transaction of the request. */
export async function unitExists(services: Services, unit: string): Promise<boolean> {
  const names = await services.registry.provided(unitNames)[0]?.value.all(services);
  return names?.has(unit) ?? false;
}
