import { expect, it } from 'vitest';
import type { Services } from '#platform/kernel/app.ts';
import { forgetSessions, rememberActor, rememberedActor, type Signed } from './actor-cache.ts';

const actor = { kind: 'person', account: 'a' } as unknown as Signed;
const open = () => ({ clock: { now: () => new Date() } }) as unknown as Services;
const keep = (services: Services, token: string, since: number) =>
  rememberActor({ services, token, actor, changes: undefined, since });
const later = () => performance.now() + 10_000;

it('an answer is kept, until it is forgotten', () => {
  const services = open();
  keep(services, 't', performance.now());
  expect(rememberedActor(services, 't')).toBe(actor);
  forgetSessions(services, 't');
  expect(rememberedActor(services, 't')).toBeUndefined();
});

it('what was read before a change, or while it was not committed yet, is not kept', () => {
  const services = open();
  const since = performance.now();
  forgetSessions(services);
  keep(services, 't', since);
  keep(services, 'u', performance.now());
  expect([rememberedActor(services, 't'), rememberedActor(services, 'u')]).toEqual([undefined, undefined]);
  keep(services, 't', later());
  expect(rememberedActor(services, 't')).toBe(actor);
});

it('a change of one session leaves the others as they are', () => {
  const services = open();
  keep(services, 'other', performance.now());
  forgetSessions(services, 't');
  keep(services, 't', performance.now());
  expect(rememberedActor(services, 't')).toBeUndefined();
  expect(rememberedActor(services, 'other')).toBe(actor);
  keep(services, 't', later());
  expect(rememberedActor(services, 't')).toBe(actor);
});
