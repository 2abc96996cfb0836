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
import { delegation } from './resources.ts';

/**
 * Access (授权): which post may do which action, and under which purposes personal data may be read. The first form of
 * the policy is the `actions` table of each manifest: deny unless a post is named there.
 */
export const access = app({
  id: 'access',
  kind: 'capability',
  folder: 'platform/access',
  title: { zh: '授权与目的', en: 'Access and purposes' },
  resources: [delegation],
  actions: {
    'access.delegation.give': {
      title: { zh: '委托别人代办', en: 'Let somebody act for me' },
      posts: ['citizen', 'enterprise-agent'],
    },
    'access.delegation.hold': {
      title: { zh: '接受委托、代办', en: 'Act for others' },
      posts: ['citizen', 'enterprise-agent', 'committee-worker'],
    },
    'access.guardianship.record': {
      title: { zh: '登记监护代办', en: 'Record guardians' },
      posts: ['data-officer'],
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
  timers: [{ name: 'end-delegations', everyMs: 60_000, run: async ({ services }) => void (await endByFact(services)) }],
  provides: [
    delegations.provide(heldDelegations),
    impactCounter.provide(heldByAccounts),
    policy.provide({
      may: ({ actor, action, services }) => {
        if (actor.kind !== 'person' || !actor.post) return false;
        return services.registry.action(action)?.posts.includes(actor.post) ?? false;
      },
    }),
  ],
});
