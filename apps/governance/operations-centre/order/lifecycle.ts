/**
 * The life of a command order (指令生命周期, P28): draft → issue → receive → execute → feedback → verify → close. One order goes to many units, and each
 * has a line of its own; the order itself is drafted, issued and ended. Pure: who may do what in which state.
 */
export const ORDER_STATES = ['draft', 'issued', 'closed', 'cancelled'] as const;
export type OrderState = (typeof ORDER_STATES)[number];
export const LINE_STATES = ['drafted', 'sent', 'received', 'executing', 'reported', 'verified', 'cancelled'] as const;
export type LineState = (typeof LINE_STATES)[number];

export type Line = { unit: string; state: LineState; receivedBy: string | null };
export type Order = { state: OrderState; issuedBy: string | null; lines: readonly Line[] };

/** The centre or a leader acts on the order, a unit on its own line only. */
export type Hand = { role: 'centre' | 'unit'; account: string; unit?: string };
export const LINE_ACTS = ['receive', 'execute', 'feedback', 'report', 'verify', 'return'] as const;
export type LineAct = (typeof LINE_ACTS)[number];
export const ORDER_ACTS = ['issue', 'close', 'cancel'] as const;
export type OrderAct = (typeof ORDER_ACTS)[number];
export type Refusal = 'state' | 'role' | 'separation' | 'unverified';
export type Taken<T> = { ok: true; next: T } | { ok: false; why: Refusal };

type LineRule = { from: readonly LineState[]; role: Hand['role']; to: LineState };
const LINE_RULES: Readonly<Record<LineAct, LineRule>> = {
  receive: { from: ['sent'], role: 'unit', to: 'received' },
  execute: { from: ['received'], role: 'unit', to: 'executing' },
  feedback: { from: ['executing'], role: 'unit', to: 'executing' },
  report: { from: ['executing'], role: 'unit', to: 'reported' },
  verify: { from: ['reported'], role: 'centre', to: 'verified' },
  return: { from: ['reported'], role: 'centre', to: 'executing' },
};

/** Takes an act on one line. Who has issued an order does not verify it, and neither does who carried it out (双人原则). */
export function takeLine(order: Order, line: Line, act: LineAct, hand: Hand): Taken<Line> {
  const rule = LINE_RULES[act];
  if (order.state !== 'issued' || !rule.from.includes(line.state)) return { ok: false, why: 'state' };
  if (hand.role !== rule.role || (rule.role === 'unit' && hand.unit !== line.unit)) return { ok: false, why: 'role' };
  if (rule.role === 'centre' && (hand.account === order.issuedBy || hand.account === line.receivedBy))
    return { ok: false, why: 'separation' };
  const receivedBy = act === 'receive' ? hand.account : line.receivedBy;
  return { ok: true, next: { ...line, state: rule.to, receivedBy } };
}

/** Takes an act on the order: it is closed once every line is verified; whatever is not is cancelled with it. */
export function takeOrder(order: Order, act: OrderAct, hand: Hand): Taken<Order> {
  if (hand.role !== 'centre') return { ok: false, why: 'role' };
  const { lines } = order;
  switch (act) {
    case 'issue':
      if (order.state !== 'draft') return { ok: false, why: 'state' };
      return {
        ok: true,
        next: { state: 'issued', issuedBy: hand.account, lines: lines.map((line) => ({ ...line, state: 'sent' })) },
      };
    case 'close':
      if (order.state !== 'issued') return { ok: false, why: 'state' };
      if (lines.some(({ state }) => state !== 'verified')) return { ok: false, why: 'unverified' };
      return { ok: true, next: { ...order, state: 'closed' } };
    case 'cancel':
      if (order.state !== 'draft' && order.state !== 'issued') return { ok: false, why: 'state' };
      return {
        ok: true,
        next: {
          ...order,
          state: 'cancelled',
          lines: lines.map((line) => (line.state === 'verified' ? line : { ...line, state: 'cancelled' })),
        },
      };
  }
}

/** What a hand may try now, of a line: what a page offers. The server asks again. */
export const lineActsFor = (order: Order, line: Line, hand: Hand): LineAct[] =>
  LINE_ACTS.filter((act) => takeLine(order, line, act, hand).ok);
export const orderActsFor = (order: Order, hand: Hand): OrderAct[] =>
  ORDER_ACTS.filter((act) => takeOrder(order, act, hand).ok);
