import type { Actor } from '#platform/kernel/actor.ts';

/** An official in service (在岗公务人员): signed in and with a post of the administration. One without a post sees what the public sees. */
export const isOfficial = ({ kind, post }: Actor): boolean =>
  kind === 'person' && post !== undefined && post !== 'citizen' && post !== 'enterprise-agent';
