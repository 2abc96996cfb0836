import { app } from '#platform/kernel/app.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { beginActing, endActing } from './act-for.ts';
import { forgetOld } from './attempts.ts';
import { sessionAuthenticator } from './authenticate.ts';
import { listDemoAccounts, seedDemoAccounts } from './demo-accounts.ts';
import { listUnits } from './list-units.ts';
import { districtFolder, readOrganisation, storeOrganisation } from './organisation.ts';
import { endOwnSession, listOwnSessions } from './own-sessions.ts';
import { unitResource } from './resources.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { whoAmI } from './who-am-i.ts';

/** Identity (身份): organisation, accounts of seven kinds, sign-in and sessions. */
export const identity = app({
  id: 'identity',
  kind: 'capability',
  folder: 'platform/identity',
  title: { zh: '身份与登录', en: 'Identity and sign-in' },
  resources: [unitResource],
  routes: [
    whoAmI,
    signIn,
    signOut,
    listOwnSessions,
    endOwnSession,
    listUnits,
    listDemoAccounts,
    beginActing,
    endActing,
  ],
  pages: [
    {
      path: '/gov',
      entrance: 'gov',
      title: { zh: '工作台首页', en: 'Desk' },
      module: '#web/entrances/gov/home-page.tsx',
      order: 10,
    },
  ],
  provides: [authenticator.provide(sessionAuthenticator)],
  timers: [{ name: 'forget-old', everyMs: 60 * 60_000, run: ({ services }) => forgetOld(services) }],
  seed: async ({ db, services }) => {
    await storeOrganisation(db, await readOrganisation(districtFolder(services.config.root)));
    await seedDemoAccounts({ db, services });
  },
});
