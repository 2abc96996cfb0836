import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import type { Post } from '#platform/kernel/actor.ts';
import type { Example, Services } from '#platform/kernel/app.ts';
import { route } from '#platform/kernel/app.ts';
import { isLoopback, readConfig } from '#platform/kernel/config.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { linkAccount, type NewAccount, putAccount } from './accounts.ts';
import { hashPassword } from './password.ts';
import { districtFolder } from './organisation.ts';
import { POST_TITLES } from './who-am-i.ts';

/** An account with a published password, for trying out the sample district. */
export type DemoAccount = NewAccount & {
  /** Which subject of the generator's `demo.json` the account stands for. */
  subject?: 'citizen' | 'enterprise' | 'father' | 'daughter' | 'neighbour';
};

export function readDemoAccounts(root: string): DemoAccount[] {
  const path = join(districtFolder(root), 'demo-accounts.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { accounts: DemoAccount[] }).accounts : [];
}

/**
 * Accounts with known passwords may exist only where the data are invented and nobody else can connect; otherwise the
 * start is refused with what to change.
 */
export function assertDemoAccountsAllowed(options: { sample: boolean; host: string }): void {
  if (!options.sample || isLoopback(options.host)) return;
  throw new Error(
    `样例数据带有公开密码的演示账号，只能监听本机地址（当前 HOST=${options.host}）。请改用 HOST=127.0.0.1，或设 SAMPLE=off。 ` +
      `Sample data come with demo accounts whose passwords are public, so only this machine may connect (HOST=${options.host}). ` +
      'Use HOST=127.0.0.1, or SAMPLE=off.',
  );
}

/** Makes the demo accounts of a sample district; disables those of an installation that was one before. */
export async function seedDemoAccounts(options: { db: Db; services: Services }): Promise<void> {
  const { db, services } = options;
  const { sample, host, root } = services.config;
  assertDemoAccountsAllowed({ sample, host });
  if (!sample) {
    await db.run(sql`update identity.account set enabled = false where sample and enabled`);
    return;
  }
  const known = new Set(
    (await db.rows<{ account: string }>(sql`select account from identity.account`)).map(({ account }) => account),
  );
  for (const { subject: _, ...account } of readDemoAccounts(root)) {
    const hash = known.has(account.account) ? undefined : await publicHash(account.password);
    await putAccount({ db, account, sample: true, hash });
  }
}

/** Hashes of published passwords: many accounts share one, and what is public needs no salt of its own. */
const publicHashes = new Map<string, Promise<string>>();
function publicHash(password: string): Promise<string> {
  const hash = publicHashes.get(password) ?? hashPassword(password);
  publicHashes.set(password, hash);
  return hash;
}

/** The parts of the generator's `demo.json` that say whom the demo accounts stand for. */
export type DemoSubjects = {
  citizen: { name: string; idNumber: string };
  enterprise: { uscc: string; legalRepresentative: { name: string; idNumber: string } } | null;
  /** A father and a daughter of different households. */
  family?: Record<'father' | 'daughter', { name: string; idNumber: string }> | null;
  /** A resident of another street, for the window. */
  neighbour?: { name: string; idNumber: string } | null;
};

/** Ties the demo accounts to their generated resident and enterprise; called once the department files exist. */
export async function linkDemoAccounts(options: { services: Services; subjects: DemoSubjects }): Promise<void> {
  const { services, subjects } = options;
  if (!services.config.sample) return;
  for (const { account, subject } of readDemoAccounts(services.config.root)) {
    if (subject === 'citizen') {
      await linkAccount({
        services,
        account,
        subject: { idNumber: subjects.citizen.idNumber, name: subjects.citizen.name },
      });
    }
    if ((subject === 'father' || subject === 'daughter') && subjects.family) {
      const { idNumber, name } = subjects.family[subject];
      await linkAccount({ services, account, subject: { idNumber, name } });
    }
    if (subject === 'neighbour' && subjects.neighbour) {
      const { idNumber, name } = subjects.neighbour;
      await linkAccount({ services, account, subject: { idNumber, name } });
    }
    if (subject === 'enterprise' && subjects.enterprise) {
      const { uscc, legalRepresentative } = subjects.enterprise;
      await linkAccount({ services, account, subject: { uscc } });
      await linkAccount({
        services,
        account,
        subject: { idNumber: legalRepresentative.idNumber, name: legalRepresentative.name },
      });
    }
  }
}

/** A sign-in that works in a sample district, for the test matrix. */
export function demoExample(post?: Post): Example {
  const first = readDemoAccounts(readConfig({}).root).find((demo) => post === undefined || demo.post === post);
  return { as: 'anonymous', body: { account: first?.account ?? 'none', password: first?.password ?? 'none' } };
}

/** The demo accounts with their passwords, for the sign-in page of a sample district on this machine; else 404. */
export const listDemoAccounts = route({
  method: 'GET',
  path: '/api/identity/demo-accounts',
  summary: { zh: '演示账号', en: 'Demo accounts' },
  allow: 'public',
  self: true,
  reply: Type.Object({
    accounts: Type.Array(
      Type.Object({
        account: Type.String(),
        password: Type.String(),
        name: Type.String(),
        kind: Type.String(),
        post: Type.String(),
        postEn: Type.String(),
        unit: Type.String(),
        unitEn: Type.String(),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db, services, clock }) => {
    const { sample, host, root } = services.config;
    const now = clock.now();
    if (!sample || !isLoopback(host)) throw NotFound.with();
    const rows = await db.rows<{
      account: string;
      name: string;
      unit: string | null;
      unit_en: string | null;
      kind: Post | null;
    }>(sql`
      select a.account, a.name, u.name as unit, u.name_en as unit_en, p.kind from identity.account a
      left join lateral (select post from identity.assignment g where g.account = a.account and g.valid_from <= ${now}::timestamptz
        and (g.valid_to is null or g.valid_to > ${now}::timestamptz) order by g.acting, g.valid_from, g.id limit 1) g on true
      left join identity.post p on p.id = g.post left join identity.unit u on u.code = p.unit where a.sample and a.enabled`);
    const stored = new Map(rows.map((row) => [row.account, row]));
    return {
      accounts: readDemoAccounts(root).flatMap(({ account, password, post }) => {
        const row = stored.get(account);
        if (row === undefined) return [];
        const title = POST_TITLES[row.kind ?? post];
        return [
          {
            account,
            password,
            name: row.name,
            kind: row.kind ?? post,
            post: title.zh,
            postEn: title.en,
            unit: row.unit ?? '',
            unitEn: row.unit_en ?? '',
          },
        ];
      }),
    };
  },
});
