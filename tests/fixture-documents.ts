import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { addSeal } from '#platform/document/seal/seals.ts';
import { addKey, openSigning } from '#platform/document/sign/keys.ts';
import { signContent } from '#platform/document/sign/sign-content.ts';
import { digestsOf } from '#platform/document/sign/statement.ts';
import { storeFile } from '#platform/document/store-file.ts';
import { signIn } from '#platform/identity/testing.ts';

/** Files, keys and seals that the examples of routes name. */
export async function fixtureDocuments(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  const system = systemActor({ name: 'fixture' });
  const actorOf = async (who: string): Promise<Actor> => {
    const cookie = await signIn(house, who);
    const found = await services.registry
      .provided(authenticator)[0]
      ?.value.authenticate({ cookie, trace: 'fixture', services });
    if (!found) throw new Error(`no actor ${who}`);
    return found;
  };
  const file = async (who: string): Promise<string> =>
    (
      await storeFile({
        services,
        actor: await actorOf(who),
        kind: 'material',
        name: '样例材料.txt',
        content: Buffer.from('样例材料\n'),
      })
    ).id;
  const number = 'SD-FIXTURE-000000001';
  await signContent({
    services,
    actor: system,
    owner: 'market-supervision',
    content: digestsOf(Buffer.from('样例')),
    title: '样例文书',
    number,
  });
  const signing = await openSigning(services);
  const head = await actorOf('unit-head');
  const made = await services.database.tx({ module: 'document', actor: system }, async (db) => {
    const key = await addKey(db, signing, 'housing');
    const seal = async (unit: string) => (await addSeal(db, signing, { unit, name: '样例印章' })).id;
    const use = async (unit: string) => {
      const id = uuidv7();
      await db.run(sql`insert into document.seal_use (id, seal, unit, reason, sm3, asked_by)
        values (${id}::uuid, ${await seal(unit)}, ${unit}, '样例用印', ${'0'.repeat(64)}, 'fixture')`);
      return id;
    };
    return {
      'document-key': key.id,
      'document-seal': await seal('market-supervision'),
      'document-seal-to-revoke': await seal('housing'),
      'seal-use': await use(head.unit ?? ''),
      'foreign-seal-use': await use('statistics'),
    };
  });
  return {
    ...made,
    'document-number': number,
    'document-file': await file('citizen'),
    'foreign-document-file': await file('data-officer'),
  };
}
