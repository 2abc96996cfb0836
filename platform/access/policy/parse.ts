import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { type Attribute, ATTRIBUTES } from './facts.ts';
import { type Atom, atomsOf } from './atoms.ts';

/** What is wrong with a policy text, and where. */
export type Fault = { source: string; policy?: string; message: string };

/** One policy (策略), read: what it says to people, to which actions it applies, which posts it permits. */
export type Policy = {
  id: string;
  effect: 'permit' | 'forbid';
  /** As written. */
  text: string;
  words: { zh: string; en: string };
  /** Error code of a refusal by this policy; FORBIDDEN unless given. */
  code?: string;
  /** Actions that it names; 'all' where it names none. */
  actions: readonly string[] | 'all';
  /** Posts that a permit names; the whole of what it gives goes to them. */
  posts: readonly string[];
  /** A forbid without any condition. */
  unconditional: boolean;
  /** What its conditions look at: nothing else can change its answer. */
  attributes: readonly Attribute[];
  /** The same, as coarse as the conditions are: facts with equal atoms get equal answers. */
  atoms: readonly Atom[];
  source: string;
  module: string;
};

type Json = cedar.PolicyJson;
type Node = Record<string, unknown>;

/** Reads the policies of a text. A text that Cedar cannot parse gives one fault and no policy. */
export function parsePolicies(options: { text: string; source: string; module: string }): {
  policies: Policy[];
  faults: Fault[];
} {
  const { text, source, module } = options;
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === 'failure')
    return { policies: [], faults: parts.errors.map((e) => ({ source, message: sentence(e) })) };
  const faults: Fault[] = [];
  if (parts.policy_templates.length > 0)
    faults.push({ source, message: 'templates are not used here: write the policy itself' });
  // The parser sorts by number as text; people expect the order of the file.
  const inOrder = [...parts.policies].sort((a, b) => text.indexOf(a) - text.indexOf(b));
  const policies = inOrder.flatMap((one): Policy[] => {
    const read = cedar.policyToJson(one);
    if (read.type === 'failure') {
      faults.push(...read.errors.map((e) => ({ source, message: sentence(e) })));
      return [];
    }
    const { json } = read;
    const { id, zh, en, code } = json.annotations ?? {};
    if (!id || !zh || !en) {
      faults.push({
        source,
        policy: id,
        message: 'a policy needs @id, and says in @zh and @en what it means to people',
      });
      return [];
    }
    const actions = actionsOf(json);
    const posts = json.effect === 'permit' ? postsOf(json) : [];
    if (json.effect === 'permit' && actions === 'all')
      faults.push({ source, policy: id, message: 'a permit names its actions' });
    if (json.effect === 'permit' && posts.length === 0)
      faults.push({
        source,
        policy: id,
        message: 'a permit names its posts first: when { principal in [Post::"…"] … }',
      });
    if (/\bOfficial::/.test(one)) faults.push({ source, policy: id, message: 'rights go to posts, never to a person' });
    return [
      {
        id,
        effect: json.effect,
        text: one,
        words: { zh, en },
        code,
        actions,
        posts,
        unconditional: json.conditions.length === 0,
        attributes: attributesOf(json),
        atoms: atomsOf(json),
        source,
        module,
      },
    ];
  });
  return { policies, faults };
}

/** The words of a parser's or validator's error. */
export function sentence(error: cedar.DetailedError): string {
  return error.help ? `${error.message} (${error.help})` : error.message;
}

function actionsOf(json: Json): readonly string[] | 'all' {
  const { action } = json;
  const idOf = (uid: cedar.EntityUidJson): string => ('__entity' in uid ? uid.__entity.id : uid.id);
  if (action.op === 'All') return 'all';
  if (action.op === '==') return 'entity' in action ? [idOf(action.entity)] : [];
  return 'entities' in action ? action.entities.map(idOf) : [idOf(action.entity)];
}

/** The first conjunct of the first `when` names the posts: `principal in [Post::"a", …]`. */
function postsOf(json: Json): string[] {
  if (json.principal.op === 'in' && 'entity' in json.principal) {
    const { entity } = json.principal;
    return ['__entity' in entity ? entity.__entity.id : entity.id];
  }
  const when = json.conditions.find((clause) => clause.kind === 'when');
  let node = when?.body as Node | undefined;
  while (node && '&&' in node) node = (node['&&'] as { left: Node }).left;
  const inside = node?.in as { left: Node; right: Node } | undefined;
  if (inside?.left?.Var !== 'principal') return [];
  const set = (inside.right.Set as Node[] | undefined) ?? [inside.right];
  return set.flatMap((member) => {
    const entity = (member.Value as { __entity?: { type: string; id: string } } | undefined)?.__entity;
    return entity?.type === 'Post' ? [entity.id] : [];
  });
}

/** Every attribute that appears in a policy; `principal in …` looks at the post. */
function attributesOf(json: Json): Attribute[] {
  const found = new Set<Attribute>();
  const add = (name: string): void => {
    if (name in ATTRIBUTES) found.add(name as Attribute);
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value as Node)) {
      if ((key === '.' || key === 'has') && typeof inner === 'object' && inner !== null) {
        const { left, attr } = inner as { left: { Var?: string }; attr: string | string[] };
        if (left.Var) for (const name of [attr].flat()) add(`${left.Var}.${name}`);
      }
      if (key === 'Var' && inner === 'principal') add('principal.post');
      if (key === 'Var' && inner === 'resource') add('resource.kind');
      visit(inner);
    }
  };
  visit(json.conditions);
  if (json.principal.op !== 'All') add('principal.post');
  if (json.resource.op !== 'All') add('resource.kind');
  return [...found].sort();
}
