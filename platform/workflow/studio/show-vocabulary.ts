import { Type } from 'typebox';
import { POST_TITLES } from '#platform/identity/who-am-i.ts';
import { route } from '#platform/kernel/app.ts';
import { POSTS } from '#platform/kernel/actor.ts';
import { DISTRICT_MODDLE } from '../bpmn/district-moddle.ts';
import { appsOf } from './apps.ts';
import { handlersOf } from './known.ts';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });

/** What a drawing may name: posts and services that are installed; whose cases it can be for; and our extension of BPMN. */
export const showVocabulary = route({
  method: 'GET',
  path: '/api/workflow/vocabulary',
  summary: { zh: '流程图可用的岗位、服务与决策', en: 'What a drawing may name' },
  allow: 'workflow.process.read',
  reply: Type.Object({
    posts: Type.Array(Type.Object({ id: Type.String(), title: TextSchema })),
    handlers: Type.Array(Type.String()),
    /** Modules that have cases of their own. */
    apps: Type.Array(Type.Object({ id: Type.String(), title: TextSchema })),
    /** Descriptor of the extension for moddle, by which an editor reads and writes it. */
    extension: Type.Unknown(),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ services }) => ({
    posts: POSTS.filter((post) => post !== 'citizen' && post !== 'enterprise-agent').map((id) => ({
      id,
      title: POST_TITLES[id],
    })),
    handlers: handlersOf(services).sort(),
    apps: appsOf(services),
    extension: DISTRICT_MODDLE,
  }),
});
