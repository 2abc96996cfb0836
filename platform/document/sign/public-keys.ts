import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { HOUSE, KEY_COLUMNS, type KeyRow } from './keys.ts';

/** A key of a unit as anybody may know it (公钥清单). */
export type PublicKey = Pick<KeyRow, 'id' | 'owner' | 'title' | 'publicKey' | 'from' | 'until' | 'revokedAt'>;

/** Keys of the units, also former ones: what they signed is still checked with them. For `prepare`: it opens a transaction of its own. */
export async function publicKeys(services: Services, actor: Actor): Promise<PublicKey[]> {
  const rows = await services.database.tx({ module: 'document', actor, readOnly: true }, (db) =>
    db.rows<KeyRow>(sql`select ${KEY_COLUMNS} from document.sign_key where owner <> ${HOUSE} order by valid_from, id`),
  );
  return rows.map(({ id, owner, title, publicKey, from, until, revokedAt }) => ({
    id,
    owner,
    title,
    publicKey,
    from,
    until,
    revokedAt,
  }));
}
