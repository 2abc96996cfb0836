import { app } from '#platform/kernel/app.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { beginActing, endActing } from './act-for.ts';
import { forgetOld } from './attempts.ts';
import { sessionAuthenticator } from './authenticate.ts';
import { listDemoAccounts, seedDemoAccounts } from './demo-accounts.ts';
import { listUnits } from './list-units.ts';
import { districtFolder, readOrganisation, storeOrganisation } from './organisation.ts';
import { openidProvider } from './oidc/mount.ts';
import { itemContext } from './oidc/items.ts';
import { addClient, changeClient, listClients, MANAGE_CLIENTS, renewClientSecret } from './oidc/manage-clients.ts';
import { endOwnConsent, listOwnConsents, signInOptions } from './oidc/own-consents.ts';
import { seedSampleClient } from './oidc/sample-client.ts';
import { signingKeyContext, tendSigningKeys } from './oidc/signing-keys.ts';
import { forgetExpired, tellClient, tellClients } from './oidc/tell-clients.ts';
import { endOwnSession, listOwnSessions } from './own-sessions.ts';
import { unitResource } from './resources.ts';
import { changePassword } from './change-password.ts';
import { listOwnSignIns } from './list-sign-ins.ts';
import { listPasskeys, registerPasskey, registrationOptions, removePasskey } from './passkeys/register.ts';
import { passkeyChallenge, passkeySignIn, passkeyStepUp } from './passkeys/sign-in.ts';
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
    [MANAGE_CLIENTS]: {
      title: { zh: '管理接入应用', en: 'Manage the systems that sign people in' },
      posts: ['system-administrator'],
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
    beginActing,
    endActing,
    listOwnConsents,
    endOwnConsent,
    signInOptions,
    listClients,
    addClient,
    changeClient,
    renewClientSecret,
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
      path: '/gov/admin/clients',
      entrance: 'gov',
      title: { zh: '接入应用', en: 'Registered systems' },
      module: '#platform/identity/web/clients-page.tsx',
      order: 91,
      posts: ['system-administrator'],
    },
    ...ACCOUNT_ENTRANCES.map((entrance) => ({
      path: `/${entrance}/account`,
      entrance,
      title: { zh: '我的账号与设备', en: 'My account and devices' },
      module: '#web/entrances/account/account-page.tsx',
    })),
  ],
  mounts: [openidProvider],
  jobs: [tellClients, tellClient],
  sealed: [
    ...(['secret', 'pending'] as const).map((column) => ({
      table: 'identity.totp',
      column,
      key: { account: 'text' as const },
      context: ({ account }: Record<string, string | null>) => totpContext(account ?? ''),
    })),
    {
      table: 'identity.oidc_item',
      column: 'sealed',
      key: { model: 'text', digest: 'text' },
      context: ({ model, digest }) => itemContext(model ?? '', digest ?? ''),
    },
    {
      table: 'identity.signing_key',
      column: 'private',
      key: { kid: 'text' },
      context: ({ kid }) => signingKeyContext(kid ?? ''),
    },
  ],
  provides: [authenticator.provide(sessionAuthenticator)],
  timers: [
    { name: 'forget-old', everyMs: 60 * 60_000, run: ({ services }) => forgetOld(services) },
    { name: 'forget-expired', everyMs: 10 * 60_000, run: ({ services }) => forgetExpired(services) },
    { name: 'tend-signing-keys', everyMs: 30_000, run: ({ services }) => tendSigningKeys(services) },
  ],
  seed: async ({ db, services }) => {
    await storeOrganisation(db, await readOrganisation(districtFolder(services.config.root)));
    await seedDemoAccounts({ db, services });
    await seedSampleClient({ db, services });
  },
});
