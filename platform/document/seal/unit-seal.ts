import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { currentKey, openSigning } from '../sign/keys.ts';
import { addSeal } from './seals.ts';

/**
 * The seal with which a unit seals what its decisions end in; made where there is none for the key with which the unit signs now. For
 * jobs: it opens a transaction of its own.
 */
export async function unitSeal(options: { services: Services; actor: Actor; unit: string }): Promise<string> {
  const { services, actor, unit } = options;
  const signing = await openSigning(services);
  return services.database.tx({ module: 'document', actor }, async (db) => {
    await db.run(sql`select pg_advisory_xact_lock(hashtext('document.seal'))`);
    const key = await currentKey(db, signing, unit);
    const found = await db.first<{ id: string }>(sql`
      select id from document.seal where unit = ${unit} and key = ${key.id} and revoked_at is null and valid_until > kernel.now() order by id desc limit 1`);
    if (found) return found.id;
    const name = signing.names.get(unit)?.zh ?? unit;
    return (await addSeal(db, signing, { unit, name })).id;
  });
}
