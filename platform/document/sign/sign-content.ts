import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { currentKey, openSigning } from './keys.ts';
import { type Digests, type Signed, signDocument } from './statement.ts';

/**
 * Signs a content for a unit, or for the house, and puts the signature into the public register (签名登记). For `prepare` and jobs of modules whose
 * documents leave the house: it opens a transaction of its own. `number` is what people type to find it; `title` names the kind of document,
 * never a person.
 */
export async function signContent(options: {
  services: Services;
  actor: Actor;
  owner: string;
  content: Digests;
  title: string;
  number?: string;
}): Promise<Signed> {
  const { services, actor, owner, content, title, number } = options;
  const signing = await openSigning(services);
  return services.database.tx({ module: 'document', actor }, async (db) => {
    const key = await currentKey(db, signing, owner);
    const signed = signDocument({ content, key: key.pair, at: services.clock.now(), number });
    await db.run(sql`insert into document.signature (id, key, sm3, sha256, size, number, title, signed_at, statement, signature)
      values (${uuidv7()}::uuid, ${key.id}, ${content.sm3}, ${content.sha256}, ${content.size}::bigint, ${number ?? null}::text, ${title}, ${signed.at}::timestamptz,
        ${signed.text}, ${signed.signature})`);
    return signed;
  });
}
