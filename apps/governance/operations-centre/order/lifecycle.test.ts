import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Hand, LINE_ACTS, ORDER_ACTS, type Order, takeLine, takeOrder } from './lifecycle.ts';

const UNITS = ['emergency', 'traffic-police', 'greening'];
const start = (): Order => ({
  state: 'draft',
  issuedBy: null,
  lines: UNITS.map((unit) => ({ unit, state: 'drafted', receivedBy: null })),
});
const hands: Hand[] = [
  { role: 'centre', account: 'leader' },
  { role: 'centre', account: 'duty' },
  ...UNITS.map((unit): Hand => ({ role: 'unit', account: `of ${unit}`, unit })),
];
const step = fc.record({
  act: fc.constantFrom(...ORDER_ACTS, ...LINE_ACTS),
  line: fc.nat(UNITS.length - 1),
  hand: fc.constantFrom(...hands),
});

it('whatever is tried, a closed order was received, executed, reported and verified by every unit, and its issuer verified none', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let order = start();
      const history = order.lines.map(() => [] as string[]);
      const verifiers: string[] = [];
      for (const { act, line: at, hand } of steps) {
        const line = order.lines[at];
        if (!line) continue;
        if ((ORDER_ACTS as readonly string[]).includes(act)) {
          const taken = takeOrder(order, act as (typeof ORDER_ACTS)[number], hand);
          if (taken.ok) order = taken.next;
          continue;
        }
        const taken = takeLine(order, line, act as (typeof LINE_ACTS)[number], hand);
        if (!taken.ok) continue;
        history[at]?.push(act);
        if (act === 'verify') verifiers.push(hand.account);
        order = { ...order, lines: order.lines.map((each, i) => (i === at ? taken.next : each)) };
      }
      expect(verifiers).not.toContain(order.issuedBy);
      if (order.state !== 'closed') return;
      for (const acts of history) {
        expect(acts.slice(0, 2)).toEqual(['receive', 'execute']);
        expect(acts.at(-1)).toBe('verify');
        expect(acts.filter((act) => act === 'receive')).toHaveLength(1);
      }
    }),
  );
});

it('refuses the issuer as verifier, a unit on another line, and closing what is not verified', () => {
  const issued = takeOrder(start(), 'issue', hands[0] as Hand);
  if (!issued.ok) throw new Error('not issued');
  const [line] = issued.next.lines;
  if (!line) throw new Error('no line');
  const reported = { ...line, state: 'reported' as const, receivedBy: 'of emergency' };
  expect(takeLine(issued.next, reported, 'verify', hands[0] as Hand)).toEqual({ ok: false, why: 'separation' });
  expect(takeLine(issued.next, line, 'receive', hands[3] as Hand)).toEqual({ ok: false, why: 'role' });
  expect(takeOrder(issued.next, 'close', hands[1] as Hand)).toEqual({ ok: false, why: 'unverified' });
});
