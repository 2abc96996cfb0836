import { Type, type Static } from 'typebox';
import { type Actor, type Post, POSTS } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { factsOf } from '../policy/facts.ts';
import { rulesOf } from '../policy/rules.ts';
import { HolderShape, Nullable, PolicyShape, Words } from '../policy/shapes.ts';
import { policyWords, postTitle } from '../policy/words.ts';
import { cardAttributes } from './register.ts';
import { attributeFacts, MASK_ATTRIBUTE, READ_ATTRIBUTE, REVEAL_ATTRIBUTE, type View } from './view.ts';

export const AttributesShape = Type.Object({
  /** Level of assurance that opening one asks for; null where none is opened. */
  assurance: Nullable(Type.Integer()),
  policies: Type.Array(PolicyShape, { description: 'every policy that decides about an attribute below' }),
  attributes: Type.Array(
    Type.Object({
      name: Type.String(),
      title: Words,
      level: Type.String(),
      disclosure: Type.Union([Type.Literal('card'), Type.Literal('single')]),
      you: Type.Union([Type.Literal('clear'), Type.Literal('masked'), Type.Literal('hidden')], {
        description: 'what the caller sees on the card of somebody else',
      }),
      why: Type.Array(Type.String(), { description: 'policies behind it; none = no policy lets the caller see more' }),
      mayOpen: Type.Boolean({ description: 'the caller may open it by itself, under a purpose that the post holds' }),
      clear: Type.Array(HolderShape),
      masked: Type.Array(HolderShape, { description: 'see a mask' }),
      opens: Type.Array(HolderShape),
    }),
  ),
});

/** Why do I see only a mask (为什么只看到脱敏值): of each attribute of a card, what the caller sees and which posts see more. */
export function explainAttributes(asked: {
  services: Services;
  actor: Actor;
  resource: string;
}): Static<typeof AttributesShape> | null {
  const { services, actor, resource } = asked;
  const { registry } = services;
  const card = registry.provided(cardAttributes).find(({ value }) => value.resource === resource)?.value;
  if (!card) return null;
  const opened = registry.routes().find(({ route }) => `${route.method} ${route.path}` === card.reveal)?.route;
  const rules = rulesOf(services);
  const named = new Set<string>();
  // Any purpose that the post holds: whether one was stated is said at the time of reading.
  const factsFor = (who: Actor) =>
    factsOf({
      actor: who,
      action: READ_ATTRIBUTE,
      resource: { kind: resource, level: 1, owner: registry.resource(resource)?.resource.owner, own: false },
      purposeHeld: true,
      now: services.clock.now(),
    });
  const decide = (who: Actor, action: string, mark: (typeof card.attributes)[number]) => {
    const base = factsFor(who);
    return base === undefined ? undefined : rules.engine.decide(attributeFacts(base, action, mark));
  };
  const someone = (post: Post): Actor => ({ kind: 'person', account: '', name: '', reach: 'own', trace: '', post });
  const attributes = card.attributes.map((mark) => {
    const holders = (action: string): Post[] =>
      POSTS.filter((post) => decide(someone(post), action, mark)?.allowed ?? false);
    const words = (posts: readonly Post[]) => posts.map((post) => ({ post, title: postTitle(post) }));
    const [read, masked] = [decide(actor, READ_ATTRIBUTE, mark), decide(actor, MASK_ATTRIBUTE, mark)];
    const opening = decide(actor, REVEAL_ATTRIBUTE, mark);
    const you: View = read?.allowed ? 'clear' : masked?.allowed ? 'masked' : 'hidden';
    const why = [...new Set([...(read?.reasons ?? []), ...(you === 'clear' ? [] : (masked?.reasons ?? []))])];
    for (const id of [...why, ...(opening?.reasons ?? [])]) named.add(id);
    const clear = holders(READ_ATTRIBUTE);
    return {
      ...mark,
      title: { ...mark.title },
      you,
      why,
      mayOpen: opened !== undefined && you === 'masked' && (opening?.allowed ?? false),
      clear: words(clear),
      masked: words(holders(MASK_ATTRIBUTE).filter((post) => !clear.includes(post))),
      opens: opened === undefined ? [] : words(holders(REVEAL_ATTRIBUTE)),
    };
  });
  return {
    assurance: opened ? (opened.assurance ?? 1) : null,
    policies: [...named].flatMap((id) => rules.policies.get(id) ?? []).map(policyWords),
    attributes,
  };
}
