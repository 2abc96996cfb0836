import { app } from '#platform/kernel/app.ts';
import { delegations, policy } from '#platform/kernel/ports.ts';
import { askBreakGlass, listBreakGlassTargets } from './break-glass/ask-break-glass.ts';
import { listBreakGlass } from './break-glass/list-break-glass.ts';
import { confirmBreakGlass, endBreakGlass, reviewBreakGlass } from './break-glass/settle-break-glass.ts';
import { decideCertification, endHoldingJob, listCertification } from './certification/certify.ts';
import { lapseCertification, openCertification } from './certification/run-certification.ts';
import { consentKeyContext } from './consent/consent-key.ts';
import { giveConsent, listConsents, revokeConsent } from './consent/give-consent.ts';
import { approveDistrictPolicy, refuseDistrictPolicy } from './district/decide-district-policy.ts';
import { checkDistrictPolicy, draftDistrictPolicy, listDistrictPolicies } from './district/draft-district-policy.ts';
import { listConflicts } from './duty/list-conflicts.ts';
import { decideBatch } from './policy/decide.ts';
import { decideForClients } from './policy/decide-for-clients.ts';
import { explainRefusal, listRefusals } from './policy/explain-refusal.ts';
import { explainAccess } from './policy/explain.ts';
import { listPolicies } from './policy/list-policies.ts';
import { addPurpose, listPurposeRegister, retirePurpose, verifyPurpose } from './purposes/manage-purposes.ts';
import { acceptDelegation, declineDelegation } from './answer-delegation.ts';
import { impactCounter } from '#platform/identity/organisation/impact.ts';
import { heldByAccounts } from './count-delegations.ts';
import { endByFact, endDelegation } from './end-delegation.ts';
import { heldDelegations } from './find-behalf.ts';
import { listActs } from './list-acts.ts';
import { listDelegations } from './list-delegations.ts';
import { listPurposes } from './list-purposes.ts';
import { offerDelegation } from './offer-delegation.ts';
import { endGuardian, recordGuardian } from './record-guardian.ts';
import { cedarPolicy, readRules } from './policy/rules.ts';
import { consent, delegation } from './resources.ts';

/** Access (授权): which post may do which action under which circumstances, for which purposes, and who may act for whom. */
export const access = app({
  id: 'access',
  kind: 'capability',
  folder: 'platform/access',
  title: { zh: '授权与目的', en: 'Access and purposes' },
  resources: [delegation, consent],
  actions: {
    'access.delegation.give': {
      title: { zh: '委托别人代办', en: 'Let somebody act for me' },
    },
    'access.delegation.hold': {
      title: { zh: '接受委托、代办', en: 'Act for others' },
    },
    'access.guardianship.record': {
      title: { zh: '登记监护代办', en: 'Record guardians' },
    },
    'access.attribute.read': { title: { zh: '看档案项的原值', en: 'See an attribute in clear' } },
    'access.attribute.mask': { title: { zh: '看档案项的脱敏值', en: 'See a mask of an attribute' } },
    'access.attribute.reveal': { title: { zh: '逐项打开脱敏的档案项', en: 'Open a masked attribute' } },
    'access.policy.read': { title: { zh: '查看权限策略', en: 'See the policies' } },
    'access.policy.draft': { title: { zh: '起草区级策略', en: 'Draft district policies' } },
    'access.policy.approve': { title: { zh: '批准区级策略', en: 'Approve district policies' } },
    'access.decide': { title: { zh: '批量判定权限', en: 'Decide in bulk' } },
    'access.explain': { title: { zh: '查询谁可以看、为什么', en: 'Ask who may see what, and why' } },
    'access.purpose.read': { title: { zh: '查看使用目的登记册', en: 'See the register of purposes' } },
    'access.purpose.manage': { title: { zh: '登记和停用使用目的', en: 'Add and retire purposes' } },
    'access.purpose.verify': { title: { zh: '核验使用目的的法律依据', en: 'Verify the legal basis of purposes' } },
    'access.duty.read': { title: { zh: '查看职责冲突', en: 'See conflicts of duties' } },
    'access.break-glass.ask': { title: { zh: '紧急调阅', en: 'Break glass' } },
    'access.break-glass.confirm': { title: { zh: '确认紧急调阅', en: 'Confirm break-glass' } },
    'access.break-glass.read': { title: { zh: '查看紧急调阅记录', en: 'See break-glass on record' } },
    'access.break-glass.review': { title: { zh: '复核紧急调阅', en: 'Review break-glass' } },
    'access.consent.give': { title: { zh: '授权第三方取用本人数据', en: 'Let a third party have one’s data' } },
    'access.certification.read': { title: { zh: '查看权限复核', en: 'See the certification of rights' } },
    'access.certification.decide': { title: { zh: '复核权限', en: 'Certify rights' } },
  },
  routes: [
    listPurposes,
    listDelegations,
    offerDelegation,
    acceptDelegation,
    declineDelegation,
    endDelegation,
    listActs,
    recordGuardian,
    endGuardian,
    listPolicies,
    listDistrictPolicies,
    checkDistrictPolicy,
    draftDistrictPolicy,
    approveDistrictPolicy,
    refuseDistrictPolicy,
    decideBatch,
    explainAccess,
    listRefusals,
    explainRefusal,
    listPurposeRegister,
    addPurpose,
    verifyPurpose,
    retirePurpose,
    listConflicts,
    listBreakGlassTargets,
    listBreakGlass,
    askBreakGlass,
    confirmBreakGlass,
    endBreakGlass,
    reviewBreakGlass,
    listConsents,
    giveConsent,
    revokeConsent,
    listCertification,
    decideCertification,
  ],
  mounts: [decideForClients],
  jobs: [endHoldingJob],
  sealed: [
    {
      table: 'access.consent_key',
      column: 'private',
      key: { id: 'text' },
      context: ({ id }) => consentKeyContext(id ?? ''),
    },
  ],
  pages: [
    ...(['citizen', 'business', 'gov'] as const).map((entrance) => ({
      path: `/${entrance}/delegations`,
      entrance,
      title: { zh: '代办', en: 'Acting for others' },
      module: '#platform/access/web/delegations-page.tsx',
      order: entrance === 'gov' ? 80 : 40,
      posts: entrance === 'gov' ? (['committee-worker'] as const) : undefined,
    })),
    ...(['citizen', 'business'] as const).map((entrance) => ({
      path: `/${entrance}/delegations/new`,
      entrance,
      title: { zh: '委托别人代办', en: 'Let somebody act for me' },
      module: '#platform/access/web/offer-page.tsx',
    })),
    ...(
      [
        [
          'policies',
          '权限策略',
          'Policies',
          'policies-page',
          ['security-administrator', 'security-auditor', 'system-administrator', 'unit-head'],
        ],
        [
          'district-policies',
          '区级策略',
          'District policies',
          'district-page',
          ['security-administrator', 'security-auditor', 'unit-head'],
        ],
        ['purposes', '使用目的', 'Purposes', 'purposes-page', ['security-administrator', 'unit-head']],
        ['conflicts', '职责冲突', 'Conflicts of duties', 'conflicts-page', ['security-administrator']],
      ] as const
    ).map(([name, zh, en, module, posts], i) => ({
      path: `/gov/admin/${name}`,
      entrance: 'gov' as const,
      section: 'rights',
      title: { zh, en },
      module: `#platform/access/web/${module}.tsx`,
      order: 60 + i,
      posts,
    })),
    {
      path: '/gov/break-glass',
      entrance: 'gov',
      section: 'records',
      title: { zh: '紧急调阅', en: 'Break-glass' },
      module: '#platform/access/web/break-glass-page.tsx',
      order: 70,
      posts: [
        'street-clerk',
        'committee-worker',
        'duty-officer',
        'data-officer',
        'unit-head',
        'security-administrator',
      ],
    },
    {
      path: '/gov/opened/:id/:no',
      entrance: 'gov',
      section: 'records',
      title: { zh: '紧急调阅的卡片', en: 'Opened card' },
      module: '#platform/access/web/opened-page.tsx',
    },
    {
      path: '/gov/certification',
      entrance: 'gov',
      section: 'rights',
      title: { zh: '权限复核', en: 'Certification' },
      module: '#platform/access/web/certification-page.tsx',
      order: 71,
      posts: ['unit-head', 'staffing-officer', 'security-administrator'],
    },
    {
      path: '/gov/access',
      entrance: 'gov',
      section: 'rights',
      title: { zh: '谁可以看', en: 'Who may see' },
      module: '#platform/access/web/explain-page.tsx',
      order: 75,
    },
    ...(['gov', 'citizen', 'business', 'data', 'ops'] as const).map((entrance) => ({
      path: `/${entrance}/refusals`,
      entrance,
      title: { zh: '为什么被拒绝', en: 'Why was I refused' },
      module: '#platform/access/web/refusals-page.tsx',
    })),
    ...(['citizen', 'business'] as const).map((entrance) => ({
      path: `/${entrance}/consents`,
      entrance,
      title: { zh: '数据授权', en: 'Consents' },
      module: '#platform/access/web/consents-page.tsx',
      order: 45,
    })),
  ],
  // The start is refused when a policy is not right.
  seed: ({ db, services }) => readRules(db, services),
  timers: [
    { name: 'end-delegations', everyMs: 60_000, run: async ({ services }) => void (await endByFact(services)) },
    {
      name: 'certification',
      everyMs: 3_600_000,
      run: async ({ services }) => {
        await openCertification(services);
        await lapseCertification(services);
      },
    },
  ],
  provides: [delegations.provide(heldDelegations), impactCounter.provide(heldByAccounts), policy.provide(cedarPolicy)],
});
