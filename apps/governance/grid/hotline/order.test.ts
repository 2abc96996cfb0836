import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faultsOf, KINDS, type PushedOrder, routeOf, supplementOf, waitAfter } from './order.ts';

const NOW = new Date('2026-11-27T02:00:00Z');
const order = (more: Partial<PushedOrder> = {}): PushedOrder => ({
  no: 'SH20261127-000001',
  kind: 'help',
  title: '路灯不亮',
  content: '弄堂里的路灯三天不亮',
  receivedAt: '2026-11-27T01:50:00Z',
  confidential: false,
  ...more,
});

it('a question that is no problem of the city and praise are never dispatched, wherever they lie', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...KINDS),
      fc.constantFrom('inside' as const, 'outside' as const, 'unknown' as const),
      fc.option(fc.constant('P0102'), { nil: undefined }),
      (kind, placed, code) => {
        const route = routeOf({ kind, class: code }, placed);
        const toAnswer = kind === 'praise' || (kind === 'consultation' && code === undefined);
        expect(route === 'to-answer').toBe(toAnswer);
        if (!toAnswer) expect(route).toBe({ inside: 'filed', outside: 'outside', unknown: 'to-place' }[placed]);
      },
    ),
  );
});

it('names the field: half a pin, a time to come, a limit before the call, a name in spite of the wish', () => {
  expect(faultsOf(order(), NOW)).toEqual([]);
  const at = (more: Partial<PushedOrder>) => faultsOf(order(more), NOW).map(({ pointer }) => pointer);
  expect(at({ lon: 121.5 })).toEqual(['/lat']);
  expect(at({ receivedAt: '2026-11-27T02:06:00Z' })).toEqual(['/receivedAt']);
  expect(at({ finishBy: '2026-11-27T01:00:00Z' })).toEqual(['/finishBy']);
  expect(at({ confidential: true, caller: { name: '样例' } })).toEqual(['/caller/name']);
});

it('a supplement is what is new, and nothing where nothing is', () => {
  const before = { title: '路灯不亮', content: '弄堂里的路灯三天不亮', address: null };
  expect(supplementOf(before, order())).toBeUndefined();
  expect(supplementOf(before, order({ content: '又有两盏不亮', address: '样例路1号' }))).toBe(
    '又有两盏不亮\n地址：样例路1号',
  );
});

it('waits longer each time, and never longer than a quarter of an hour', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (tries) => {
      expect(waitAfter(tries + 1)).toBeGreaterThanOrEqual(waitAfter(tries));
      expect(waitAfter(tries)).toBeLessThanOrEqual(900);
    }),
  );
});
