import type { Actor } from '#platform/kernel/actor.ts';

/** What is asked of a right: area of the platform, area of the camera and the grants that reach the caller's unit. */
export type Look = {
  area: string;
  grants: readonly { id: string; state: string; fromAt: Date; untilAt: Date }[];
};
export type Right = { through: string | null } | undefined;

/**
 * Whether somebody may look (调看权限): at what lies in their own area, else by a grant that is approved and whose time has come and is not over.
 * The clock ends a grant, whether anybody has marked it or not. `undefined`: they may not.
 */
export function rightTo(actor: Pick<Actor, 'area' | 'reach'>, look: Look, now: Date): Right {
  const own = actor.area ?? '';
  if (actor.reach === 'district' || (own.length >= 9 && look.area.startsWith(own))) return { through: null };
  const grant = look.grants.find(
    ({ state, fromAt, untilAt }) => state === 'approved' && fromAt <= now && now < untilAt,
  );
  return grant && { through: grant.id };
}
