import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { Forbidden } from '#platform/kernel/errors.ts';
import { maskText } from '#platform/kernel/mask.ts';
import type { Decision } from '../policy/engine.ts';
import { type Facts, factsOf } from '../policy/facts.ts';
import { purposeHeld, rulesOf } from '../policy/rules.ts';
import type { AttributeMark } from './register.ts';

export const READ_ATTRIBUTE = 'access.attribute.read';
export const MASK_ATTRIBUTE = 'access.attribute.mask';
export const REVEAL_ATTRIBUTE = 'access.attribute.reveal';

/** What somebody sees of an attribute: the value, a mask of it (脱敏), or nothing. */
export type View = 'clear' | 'masked' | 'hidden';
type Asked = {
  services: Services;
  actor: Actor;
  /** Resource id; its owner unit is that of the catalogue. */
  resource: string;
  /** The card is the caller's own. */
  own?: boolean;
};
type Mark = Pick<AttributeMark, 'name' | 'level' | 'disclosure'>;

/** The facts of one attribute: what is known of the caller and the moment, with its name, level and disclosure. */
export function attributeFacts(base: Facts, action: string, { name, level, disclosure }: Mark): Facts {
  return { ...base, action, attribute: name, level: Number(level.slice(1)), disclosure };
}

function decideFor({ services, actor, resource, own = false }: Asked): (action: string, mark: Mark) => Decision {
  const rules = rulesOf(services);
  const { owner } = services.registry.resource(resource)?.resource ?? {};
  const base = factsOf({
    actor,
    action: READ_ATTRIBUTE,
    resource: { kind: resource, level: 1, owner, own },
    purposeHeld: purposeHeld(rules, actor.purpose, actor.post),
    now: services.clock.now(),
  });
  return (action, mark) =>
    base === undefined ? { allowed: false, reasons: [] } : rules.engine.decide(attributeFacts(base, action, mark));
}

/**
 * Says what the caller sees of each attribute of a card (脱敏由策略决定): the value where a policy lets it be read, else the mask
 * where one lets that be seen, else nothing. The decisions are those of the cached engine.
 */
export function attributeViews(asked: Asked): (mark: Mark) => View {
  const decide = decideFor(asked);
  return (mark) => {
    if (decide(READ_ATTRIBUTE, mark).allowed) return 'clear';
    return decide(MASK_ATTRIBUTE, mark).allowed ? 'masked' : 'hidden';
  };
}

/** A value as it may be shown; `mask` says how it is masked where that is decided, else little more than its length is left. */
export function shownAs<T extends string | null>(view: View, value: T, mask: (value: string) => string = maskText): T {
  if (value === null || view === 'clear') return value;
  return (view === 'masked' ? mask(value) : null) as T;
}

/** Opening one attribute in clear (逐项查看): refused unless a policy lets this post do it under its purpose. */
export function assertMayReveal(asked: Asked, mark: Mark): void {
  const { allowed, reasons } = decideFor(asked)(REVEAL_ATTRIBUTE, mark);
  if (allowed) return;
  const rules = rulesOf(asked.services);
  const by = reasons.map((id) => rules.policies.get(id)).find((policy) => policy?.effect === 'forbid');
  throw Forbidden.with({ detail: by?.words, extra: { permission: REVEAL_ATTRIBUTE, attribute: mark.name } });
}
