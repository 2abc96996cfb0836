import { type Actor, type Behalf, behalfOf } from './actor.ts';
import type { Route } from './app.ts';
import { domainError, type ProblemError } from './errors.ts';

export const DelegationOutOfScope = domainError({
  code: 'DELEGATION_OUT_OF_SCOPE',
  status: 403,
  title: { zh: '这件事不在委托范围内', en: 'This is outside of what you were asked to do' },
  action: {
    zh: '本次操作已记录，对方可以看到。要办自己的事，请先结束代办。',
    en: 'The try is recorded and they can see it. To do something of your own, end acting first.',
  },
});
export const DelegationEnded = domainError({
  code: 'DELEGATION_ENDED',
  status: 403,
  title: { zh: '委托已经结束', en: 'The delegation has ended' },
  action: {
    zh: '不能再替对方办理。请先结束代办，再办自己的事。',
    en: 'You cannot act for the other person any more. End acting first to do something of your own.',
  },
});

/** The actor while acting for a giver: the giver's rights and no others. A delegate's own unit, area and reach stay outside. */
export function actFor(actor: Actor, behalf: Omit<Behalf, 'own'>): Actor {
  const { post, unit, area, person, entity, reach, assignment, caretaker } = actor;
  return {
    ...actor,
    post: behalf.entity === undefined ? 'citizen' : 'enterprise-agent',
    unit: undefined,
    area: undefined,
    person: behalf.person,
    entity: behalf.entity,
    reach: 'own',
    assignment: undefined,
    caretaker: undefined,
    behalf: { ...behalf, own: { post, unit, area, person, entity, reach, assignment, caretaker } },
  };
}

/** The same person acting for themselves. */
export function asOneself(actor: Actor): Actor {
  const { behalf } = actor;
  return behalf ? { ...actor, ...behalf.own, behalf: { ...behalf, aside: true } } : actor;
}

/**
 * Who calls a route, while acting for somebody or not. Deny by default: only a route with a scope of the delegation is done for
 * the giver; what is about the sign-in itself and what anybody may read goes on for the caller; everything else is refused.
 */
export function actingOn(options: {
  actor: Actor;
  route: Pick<Route, 'method' | 'allow' | 'delegable' | 'aboutSession'>;
}): {
  actor: Actor;
  refused?: ProblemError;
} {
  const { actor, route } = options;
  const { behalf } = actor;
  if (!behalf) return { actor };
  if (route.aboutSession) return { actor: asOneself(actor) };
  if (route.allow === 'public' && route.method === 'GET' && route.delegable === undefined)
    return { actor: asOneself(actor) };
  if (behalf.ended) {
    const detail = {
      zh: `${behalf.name}的委托已经停止或到期。`,
      en: `The delegation of ${behalf.name} was ended or has expired.`,
    };
    return { actor, refused: DelegationEnded.with({ detail }) };
  }
  if (route.delegable !== undefined && behalf.scopes.includes(route.delegable)) return { actor };
  const detail = {
    zh: `您正在替${behalf.name}办理，对方委托的事项里没有这一件。`,
    en: `You are acting for ${behalf.name}, who has not asked you to do this.`,
  };
  return { actor, refused: DelegationOutOfScope.with({ detail, extra: { scope: route.delegable } }) };
}

/** The one in whose name a request was made, for the audit; nobody where a person acted for themselves. */
export function giverOf(actor: Actor): { kind: 'person' | 'entity'; id: string } | undefined {
  const behalf = behalfOf(actor);
  if (behalf?.person !== undefined) return { kind: 'person', id: behalf.person };
  if (behalf?.entity !== undefined) return { kind: 'entity', id: behalf.entity };
  return undefined;
}
