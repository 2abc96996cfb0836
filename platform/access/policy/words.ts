import type { Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';
import { POST_TITLES } from '#platform/identity/who-am-i.ts';
import { type Rules, postsHolding } from './rules.ts';
import type { Policy } from './parse.ts';

const titles = POST_TITLES as Record<string, Text>;

export function postTitle(post: string): Text {
  return titles[post] ?? { zh: post, en: post };
}

export function actionTitle(services: Services, action: string): Text {
  if (action === 'public') return { zh: '任何人可用', en: 'Open to everyone' };
  if (action === 'signed-in') return { zh: '登录即可', en: 'Any signed-in person' };
  return services.registry.action(action)?.title ?? { zh: action, en: action };
}

export function routeTitle(services: Services, id: string): Text {
  const found = services.registry.routes().find(({ route }) => `${route.method} ${route.path}` === id);
  return found?.route.summary ?? { zh: id, en: id };
}

/** Who holds an action, in words. */
export function holdersOf(rules: Rules, action: string): { post: string; title: Text }[] {
  return postsHolding([...rules.policies.values()], action).map((post) => ({ post, title: postTitle(post) }));
}

/** A policy as people read it. */
export function policyWords(policy: Policy): {
  id: string;
  effect: 'permit' | 'forbid';
  words: Text;
  text: string;
  source: string;
} {
  const { id, effect, words, text, source } = policy;
  return { id, effect, words, text, source };
}
