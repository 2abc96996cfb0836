import { app } from '#platform/kernel/app.ts';
import { delegations, policy } from '#platform/kernel/ports.ts';
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
import { delegation } from './resources.ts';

/** Access (授权): which post may do which action under which circumstances, for which purposes, and who may act for whom. */
export const access = app({
  id: 'access',
  kind: 'capability',
  folder: 'platform/access',
  title: { zh: '授权与目的', en: 'Access and purposes' },
  resources: [delegation],
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
  ],
  // The start is refused when a policy is not right.
  seed: ({ db, services }) => readRules(db, services),
  timers: [{ name: 'end-delegations', everyMs: 60_000, run: async ({ services }) => void (await endByFact(services)) }],
  provides: [delegations.provide(heldDelegations), impactCounter.provide(heldByAccounts), policy.provide(cedarPolicy)],
});
