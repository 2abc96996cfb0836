import type { Actor } from '#platform/kernel/actor.ts';
import { app, type AppManifest } from '#platform/kernel/app.ts';
import { authenticator } from '#platform/kernel/ports.ts';

const people: Record<string, Partial<Actor>> = {
  clerk: { post: 'street-clerk', unit: 'street-310101013', area: '310101013' },
  otherClerk: { post: 'street-clerk', unit: 'street-310101002', area: '310101002' },
  officer: { post: 'data-officer', unit: 'civil-affairs', area: '310101', reach: 'district' },
  citizen: { post: 'citizen' },
  agent: { post: 'enterprise-agent' },
};

/** Says who calls from the cookie `sid=<who>[:<pid or credit code>]`, where sign-in is not what is tested. */
export const doors: AppManifest = app({
  id: 'doors',
  kind: 'capability',
  folder: 'platform/basedata/shared/testing',
  title: { zh: '测试登录', en: 'Test sign-in' },
  provides: [
    authenticator.provide({
      authenticate: async ({ cookie, trace }) => {
        const [who = '', subject] = (cookie ?? '').replace('sid=', '').split(':');
        const known = people[who];
        const about = who === 'agent' ? { entity: subject } : { person: subject };
        return {
          kind: known ? 'person' : 'anonymous',
          account: who,
          name: `样例${who}`,
          reach: 'own',
          ...known,
          ...about,
          trace,
        };
      },
    }),
  ],
});
