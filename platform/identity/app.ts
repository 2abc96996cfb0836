import { app } from '#platform/kernel/app.ts';
import { authenticator, unitNames } from '#platform/kernel/ports.ts';
import { beginActing, endActing } from './act-for.ts';
import { forgetOld } from './attempts.ts';
import { assertBreachList } from './breached/breach-list.ts';
import { sessionAuthenticator } from './authenticate.ts';
import { endByDeath } from './death.ts';
import { cas } from './cas/mount.ts';
import { listDemoAccounts, seedDemoAccounts } from './demo-accounts.ts';
import { listUnits, namesOfUnits, showUnitHistory } from './list-units.ts';
import { applyDueOrders } from './organisation/apply-orders.ts';
import { draftOrder, previewOrder } from './organisation/draft-order.ts';
import { listOrders, showOrder } from './organisation/list-orders.ts';
import { choosePost, listOwnPosts } from './organisation/own-posts.ts';
import { createPerson, listPeople, setAccountEnabled } from './organisation/people.ts';
import { listPosts, setUpPost } from './organisation/posts.ts';
import { reviewOrder, withdrawOrder } from './organisation/review-order.ts';
import { districtFolder, readOrganisation, storeOrganisation } from './organisation.ts';
import { openidProvider } from './oidc/mount.ts';
import { itemContext } from './oidc/items.ts';
import { addClient, changeClient, listClients, MANAGE_CLIENTS, renewClientSecret } from './oidc/manage-clients.ts';
import { endOwnConsent, listOwnConsents, signInOptions } from './oidc/own-consents.ts';
import { seedSampleCasClient, seedSampleClient } from './oidc/sample-client.ts';
import { signingKeyContext, tendSigningKeys } from './oidc/signing-keys.ts';
import { forgetExpired, tellClient, tellClients } from './oidc/tell-clients.ts';
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
import { scim } from './scim/mount.ts';
import { issueScimToken, listScimSources, registerScimSource, revokeScimToken } from './scim/sources.ts';
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
    'identity.order.draft': { title: { zh: '拟调令', en: 'Draft transfer orders' }, posts: ['staffing-officer'] },
    'identity.order.review': {
      title: { zh: '审核调令', en: 'Review transfer orders' },
      posts: ['staffing-officer', 'unit-head'],
    },
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
    'identity.people.read': {
      title: { zh: '查看人员与岗位', en: 'See people and posts' },
      posts: ['system-administrator', 'staffing-officer'],
    },
    'identity.people.manage': {
      title: { zh: '启用、停用账号', en: 'Enable and disable accounts' },
      posts: ['system-administrator'],
    },
    'identity.post.set-up': { title: { zh: '设置岗位', en: 'Set up posts' }, posts: ['staffing-officer'] },
    'identity.scim.manage': {
      title: { zh: '管理人员来源系统', en: 'Manage source systems of people' },
      posts: ['system-administrator'],
    },
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
    showUnitHistory,
    listOwnPosts,
    choosePost,
    previewOrder,
    draftOrder,
    listOrders,
    showOrder,
    reviewOrder,
    withdrawOrder,
    listPeople,
    createPerson,
    setAccountEnabled,
    listPosts,
    setUpPost,
    listScimSources,
    registerScimSource,
    issueScimToken,
    revokeScimToken,
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
      path: '/gov/admin/resets',
      entrance: 'gov',
      section: 'administration',
      title: { zh: '账号重置', en: 'Account resets' },
      module: '#web/entrances/gov/resets-page.tsx',
      order: 90,
      posts: ['system-administrator', 'security-administrator'],
    },
    {
      path: '/gov/counter-reset',
      entrance: 'gov',
      section: 'window',
      title: { zh: '柜台重置密码', en: 'Reset at the counter' },
      module: '#web/entrances/gov/counter-reset-page.tsx',
      order: 90,
      posts: ['committee-worker'],
    },
    {
      path: '/gov/posts',
      entrance: 'gov',
      section: 'rights',
      title: { zh: '我的岗位', en: 'My posts' },
      module: '#platform/identity/web/my-posts-page.tsx',
    },
    {
      path: '/gov/admin/orders',
      entrance: 'gov',
      section: 'rights',
      title: { zh: '调令', en: 'Transfer orders' },
      module: '#platform/identity/web/orders-page.tsx',
      order: 60,
      posts: ['staffing-officer', 'unit-head'],
    },
    {
      path: '/gov/admin/orders/new',
      entrance: 'gov',
      section: 'rights',
      title: { zh: '拟调令', en: 'Draft an order' },
      module: '#platform/identity/web/draft-page.tsx',
      posts: ['staffing-officer'],
    },
    {
      path: '/gov/admin/units',
      entrance: 'gov',
      section: 'administration',
      title: { zh: '机构与岗位', en: 'Units and posts' },
      module: '#platform/identity/web/units-page.tsx',
      order: 62,
      posts: ['system-administrator', 'staffing-officer'],
    },
    {
      path: '/gov/admin/people',
      entrance: 'gov',
      section: 'administration',
      title: { zh: '人员与账号', en: 'People and accounts' },
      module: '#platform/identity/web/people-page.tsx',
      order: 64,
      posts: ['system-administrator', 'staffing-officer'],
    },
    {
      path: '/gov/admin/sources',
      entrance: 'gov',
      section: 'administration',
      title: { zh: '人员来源系统', en: 'Source systems' },
      module: '#platform/identity/web/sources-page.tsx',
      order: 66,
      posts: ['system-administrator'],
    },
    {
      path: '/gov/admin/clients',
      entrance: 'gov',
      section: 'administration',
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
  mounts: [openidProvider, cas, scim],
  jobs: [
    { name: 'apply-orders', run: async ({ services }) => void (await applyDueOrders(services)) },
    tellClients,
    tellClient,
  ],
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
  provides: [authenticator.provide(sessionAuthenticator), unitNames.provide(namesOfUnits)],
  timers: [
    { name: 'forget-old', everyMs: 60 * 60_000, run: ({ services }) => forgetOld(services) },
    { name: 'forget-expired', everyMs: 10 * 60_000, run: ({ services }) => forgetExpired(services) },
    { name: 'tend-signing-keys', everyMs: 30_000, run: ({ services }) => tendSigningKeys(services) },
    { name: 'end-by-death', everyMs: 20_000, run: async ({ services }) => void (await endByDeath(services)) },
  ],
  seed: async ({ db, services }) => {
    await assertBreachList(services.config);
    await storeOrganisation(db, await readOrganisation(districtFolder(services.config.root)));
    await seedDemoAccounts({ db, services });
    await seedSampleClient({ db, services });
    await seedSampleCasClient({ db, services });
  },
});
