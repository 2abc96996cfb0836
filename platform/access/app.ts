import { app } from '#platform/kernel/app.ts';
import { policy } from '#platform/kernel/ports.ts';
import { listPurposes } from './list-purposes.ts';

/**
 * Access (授权): which post may do which action, and under which purposes personal data may be read. The first form of
 * the policy is the `actions` table of each manifest: deny unless a post is named there.
 */
export const access = app({
  id: 'access',
  kind: 'capability',
  folder: 'platform/access',
  title: { zh: '授权与目的', en: 'Access and purposes' },
  routes: [listPurposes],
  provides: [
    policy.provide({
      may: ({ actor, action, services }) => {
        if (actor.kind !== 'person' || !actor.post) return false;
        return services.registry.action(action)?.posts.includes(actor.post) ?? false;
      },
    }),
  ],
});
