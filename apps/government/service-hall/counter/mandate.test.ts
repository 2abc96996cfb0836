import { expect, it } from 'vitest';
import { whyNot } from './mandate.ts';

const until = new Date('2026-11-01T16:00:00Z');

it('lets a mandate act while it holds and covers applications, and says in words why it does not', () => {
  expect(whyNot({ state: 'active', scopes: ['service-cases'], until })).toBeUndefined();
  expect(whyNot({ state: 'expired', scopes: ['service-cases'], until })?.zh).toBe('委托已于 2026-11-01 到期');
  expect(whyNot({ state: 'active', scopes: ['medical-booking'], until })?.zh).toContain('范围');
  expect(whyNot({ state: 'ended', scopes: ['service-cases'], until })?.zh).toContain('终止');
  expect(whyNot({ state: 'dead', scopes: ['service-cases'], until })?.zh).toContain('已故');
});
