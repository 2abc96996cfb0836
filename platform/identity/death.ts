import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from './authenticate.ts';
import { recordSignIn } from './record-sign-in.ts';
import { residentFacts, residentOf } from './subjects.ts';

/** Told to whoever knows the password or holds the passkey, so mostly to the family. */
export const HolderDeceased = domainError({
  code: 'HOLDER_DECEASED',
  status: 403,
  title: { zh: '登记显示本人已去世，账号已停用', en: 'The holder is on record as deceased; the account is closed' },
  action: {
    zh: '请节哀。家属办理继承、注销等身后事，请带上您的身份证件和亲属关系证明，到街道社区事务受理服务中心或居委会；登记有误也请到那里更正。',
    en: 'Our condolences. For inheritance and other affairs the family may come to the service centre of the street or to the residents’ committee with their own identity card and proof of kinship; if the record is wrong, it is corrected there too.',
  },
});

const system = systemActor({ name: 'end-by-death' });

/** Refuses to sign in to the account of somebody who has died (S11); called once the proof was right, so that nobody learns it by guessing. */
export async function assertLiving(options: { services: Services; account: string; actor: Actor }): Promise<void> {
  const { services, account, actor } = options;
  const row = await services.database.tx({ module: 'identity', actor: system, readOnly: true }, (db) =>
    db.first<{ person_hash: string | null }>(sql`select person_hash from identity.account where account = ${account}`),
  );
  const fact = row?.person_hash ? await residentOf(services, row.person_hash) : undefined;
  if (!fact?.deathDate) return;
  await services.database.tx({ module: 'identity', actor }, (db) =>
    recordSignIn({ db, clock: services.clock, account, outcome: 'deceased' }),
  );
  throw HolderDeceased.with();
}

const BATCH = 500;

/** Ends the live sessions of accounts whose holder has died meanwhile; how many. */
export async function endByDeath(services: Services): Promise<number> {
  const port = services.registry.provided(residentFacts)[0]?.value;
  if (port === undefined) return 0;
  let after = '';
  let ended = 0;
  for (;;) {
    const live = await services.database.tx({ module: 'identity', actor: system, readOnly: true }, (db) =>
      db.rows<{ account: string; hash: string }>(sql`
        select distinct s.account, a.person_hash as hash from identity.session s join identity.account a using (account)
        where s.ended_at is null and a.person_hash is not null and s.account > ${after} order by s.account limit ${BATCH}::int`),
    );
    if (live.length === 0) break;
    after = live.at(-1)?.account ?? after;
    const facts = await port.factsOf({ hashes: [...new Set(live.map(({ hash }) => hash))], services });
    for (const { account, hash } of live) {
      if (!facts.get(hash)?.deathDate) continue;
      await services.database.tx({ module: 'identity', actor: system }, async (db) => {
        await db.run(sql`update identity.session set ended_at = ${services.clock.now()}::timestamptz, ended_why = 'died'
          where account = ${account} and ended_at is null`);
        await recordSignIn({ db, clock: services.clock, account, outcome: 'session-ended' });
      });
      ended += 1;
    }
  }
  if (ended > 0) forgetSessions(services);
  return ended;
}
