import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Parameters } from '../model/parameters.ts';

/** Keeps parameters and puts them in force. A version that is known is put in force again. */
export async function storeModel(db: Db, parameters: Parameters): Promise<void> {
  await db.run(sql`
    insert into linkage.model (app, space, version, document)
    values (${db.module}, ${parameters.space}, ${parameters.version}, ${json(parameters)}::text::jsonb)
    on conflict (app, space, version) do update set in_force_at = kernel.now()`);
}

/** The parameters in force; undefined where nothing was trained yet. */
export async function modelInForce(db: Db, space: string): Promise<Parameters | undefined> {
  const found = await db.first<{ document: Parameters }>(sql`
    select document from linkage.model where app = ${db.module} and space = ${space} order by in_force_at desc, version limit 1`);
  return found?.document;
}

const read = new Map<string, Parameters>();

/** The parameters in force, or those that the module ships with, which are put in force then. Read once a version. */
export async function parametersFor(db: Db, shipped: Parameters): Promise<Parameters> {
  const current = await db.first<{ version: string }>(sql`
    select version from linkage.model where app = ${db.module} and space = ${shipped.space} order by in_force_at desc, version limit 1`);
  if (!current) await storeModel(db, shipped);
  if (!current || current.version === shipped.version) return shipped;
  const known = read.get(current.version);
  if (known) return known;
  const parameters = (await modelInForce(db, shipped.space)) ?? shipped;
  read.set(parameters.version, parameters);
  return parameters;
}
