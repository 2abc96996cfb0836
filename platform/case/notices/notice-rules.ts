import type { Post } from '#platform/kernel/actor.ts';
import type { NoticeTo } from '#platform/signal/tell/notice-source.ts';

/** An entry of the timeline, as far as it says whom it concerns. */
export type NoticeEvent = { kind: string; account: string; data: Readonly<Record<string, unknown>> };
/** What the case says: who has it in hand, who last dispatched it, asked the leader, asked the reporter. */
export type NoticeFacts = {
  unit: string | null;
  dispatcher: string | null;
  asker: string | null;
  factsAsker: string | null;
};

/** Who in a unit takes cases in hand (单位联络员、经办人). */
export const UNIT_POSTS: readonly Post[] = ['unit-liaison', 'street-clerk', 'data-officer'];
const CENTRE: readonly Post[] = ['duty-officer'];
const LEADERS: readonly Post[] = ['unit-head'];

/** Kinds of entries of which officials are told. */
export const TOLD_OFFICIALS: ReadonlySet<string> = new Set([
  'dispatch',
  'rule',
  'reassign',
  'rework',
  'call-back',
  'return',
  'refer',
  'ask-suspend',
  'ask-extend',
  'allow',
  'deny',
  'complain',
  'answer-facts',
  'due-soon',
  'remind',
]);

/** Which officials an entry concerns (告知对象); undefined where nobody has to act on it. Whoever did it is never told of it. */
export function officialsFor(event: NoticeEvent, facts: NoticeFacts): NoticeTo | undefined {
  const { kind, account, data } = event;
  const but = account === '' ? undefined : account;
  const ofUnit = (posts: readonly string[]): NoticeTo | undefined =>
    facts.unit === null ? undefined : { posts, unit: facts.unit, but };
  const official = (who: string | null): NoticeTo | undefined =>
    who === null || who === '' || who === account ? undefined : { official: who, but };
  switch (kind) {
    case 'dispatch':
    case 'rule':
    case 'reassign':
      return { posts: UNIT_POSTS, unit: String(data.unit ?? facts.unit ?? ''), but };
    case 'call-back':
      return data.reopen === true ? ofUnit(UNIT_POSTS) : undefined;
    case 'rework':
    case 'due-soon':
      return ofUnit(UNIT_POSTS);
    case 'return':
      return official(facts.dispatcher) ?? { posts: CENTRE, unit: null, but };
    case 'refer':
    case 'complain':
      return { posts: CENTRE, unit: null, but };
    case 'ask-suspend':
    case 'ask-extend':
      return ofUnit(LEADERS);
    case 'allow':
    case 'deny':
      return official(facts.asker);
    case 'answer-facts':
      return official(facts.factsAsker);
    case 'remind': {
      const posts = Array.isArray(data.posts) ? data.posts.map(String) : [];
      return { posts, unit: data.where === 'district' ? null : String(data.unit ?? '') };
    }
    default:
      return undefined;
  }
}
