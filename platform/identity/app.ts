import { app } from '#platform/kernel/app.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { beginActing, endActing } from './act-for.ts';
import { forgetOld } from './attempts.ts';
import { assertBreachList } from './breached/breach-list.ts';
import { sessionAuthenticator } from './authenticate.ts';
import { endByDeath } from './death.ts';
import { listDemoAccounts, seedDemoAccounts } from './demo-accounts.ts';
import { listUnits } from './list-units.ts';
import { districtFolder, readOrganisation, storeOrganisation } from './organisation.ts';
import { endOwnSession, listOwnSessions } from './own-sessions.ts';
import { unitResource } from './resources.ts';
import { changePassword } from './change-password.ts';
import { listOwnSignIns } from './list-sign-ins.ts';
import { dismissNotices, listNotices } from './notices.ts';
import { listPasskeys, registerPasskey, registrationOptions, removePasskey } from './passkeys/register.ts';
import { passkeyChallenge, passkeySignIn, passkeyStepUp } from './passkeys/sign-in.ts';
import { stepUpByPassword } from './renew-proof.ts';
import { cancelReset, confirmReset } from './reset/confirm-reset.ts';
import { counterReset } from './reset/counter-reset.ts';
import { listResets } from './reset/list-resets.ts';
import { requestReset } from './reset/request-reset.ts';
import { useReset } from './reset/use-reset.ts';
import { confirmTotp, removeTotp, startTotp } from './second-factor/enrol.ts';
import { renewRecoveryCodes, showFactors } from './second-factor/show-factors.ts';
import { totpContext } from './second-factor/use-code.ts';
import { stepUp } from './second-factor/step-up.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { whoAmI } from './who-am-i.ts';

/** The control room has no page of one's own account: its posts work in another entrance as well. */
const ACCOUNT_ENTRANCES = ['citizen', 'business', 'gov', 'data'] as const;

/** Identity (身份): organisation, accounts of seven kinds, sign-in and sessions. */
export const identity = app({
  id: 'identity',
  kind: 'capability',
  folder: 'platform/identity',
  title: { zh: '身份与登录', en: 'Identity and sign-in' },
  resources: [unitResource],
  actions: {
    'identity.reset.read': {
      title: { zh: '查看重置记录', en: 'See resets' },
      posts: ['system-administrator', 'security-administrator', 'security-auditor'],
    },
    'identity.reset.request': { title: { zh: '申请重置密码', en: 'Request a reset' }, posts: ['system-administrator'] },
    'identity.reset.confirm': {
      title: { zh: '确认重置密码', en: 'Confirm a reset' },
      posts: ['security-administrator'],
    },
    'identity.reset.cancel': {
      title: { zh: '撤销重置', en: 'Cancel a reset' },
      posts: ['system-administrator', 'security-administrator'],
    },
    'identity.reset.counter': {
      title: { zh: '柜台重置居民密码', en: 'Reset a resident’s password at the counter' },
      posts: ['committee-worker'],
    },
  },
  routes: [
    whoAmI,
    signIn,
    signOut,
    listOwnSessions,
    endOwnSession,
    listUnits,
    listDemoAccounts,
    listOwnSignIns,
    showFactors,
    startTotp,
    confirmTotp,
    stepUp,
    renewRecoveryCodes,
    registrationOptions,
    registerPasskey,
    listPasskeys,
    passkeyChallenge,
    passkeySignIn,
    passkeyStepUp,
    changePassword,
    removePasskey,
    removeTotp,
    listResets,
    requestReset,
    confirmReset,
    cancelReset,
    counterReset,
    useReset,
    stepUpByPassword,
    listNotices,
    dismissNotices,
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
    {
      path: '/gov/admin/resets',
      entrance: 'gov',
      title: { zh: '账号重置', en: 'Account resets' },
      module: '#web/entrances/gov/resets-page.tsx',
      order: 90,
      posts: ['system-administrator', 'security-administrator'],
    },
    {
      path: '/gov/counter-reset',
      entrance: 'gov',
      title: { zh: '柜台重置密码', en: 'Reset at the counter' },
      module: '#web/entrances/gov/counter-reset-page.tsx',
      order: 90,
      posts: ['committee-worker'],
    },
    ...ACCOUNT_ENTRANCES.map((entrance) => ({
      path: `/${entrance}/account`,
      entrance,
      title: { zh: '我的账号与设备', en: 'My account and devices' },
      module: '#web/entrances/account/account-page.tsx',
    })),
  ],
  sealed: (['secret', 'pending'] as const).map((column) => ({
    table: 'identity.totp',
    column,
    key: { account: 'text' },
    context: ({ account }) => totpContext(account ?? ''),
  })),
  provides: [authenticator.provide(sessionAuthenticator)],
  timers: [
    { name: 'forget-old', everyMs: 60 * 60_000, run: ({ services }) => forgetOld(services) },
    { name: 'end-by-death', everyMs: 20_000, run: async ({ services }) => void (await endByDeath(services)) },
  ],
  seed: async ({ db, services }) => {
    await assertBreachList(services.config);
    await storeOrganisation(db, await readOrganisation(districtFolder(services.config.root)));
    await seedDemoAccounts({ db, services });
  },
});
