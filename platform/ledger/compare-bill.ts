import type { Fen } from '#platform/kernel/money.ts';
import type { DifferenceKind } from './difference.ts';
import type { BillRow } from './payment-channel.ts';

/** What we have under a number: a payment or a refund. */
export type Ours = { kind: BillRow['kind']; number: string; amount: Fen; done: boolean };

export type Comparison = {
  /** Same on both sides: settled by this bill. */
  matched: BillRow[];
  /** Done there and not here, of our own with our amount: booked late. */
  late: BillRow[];
  differences: {
    kind: DifferenceKind;
    subject: BillRow['kind'];
    number: string;
    ours?: Fen;
    theirs?: Fen;
    booked: boolean;
  }[];
};

/** States of a refund in the bill that mean that it is done (退款状态). */
const DONE = 'SUCCESS';

/**
 * Compares the provider's bill of a day with ours (对账). `ours` holds what is known of the numbers in the bill, and what we have as done on
 * that day. Every row ends in exactly one of the lists; what we have and the bill has not is a difference as well.
 */
export function compareBill(options: { rows: readonly BillRow[]; ours: readonly Ours[] }): Comparison {
  const ours = new Map(options.ours.map((each) => [keyOf(each), each]));
  const result: Comparison = { matched: [], late: [], differences: [] };
  for (const row of options.rows) {
    const mine = ours.get(keyOf(row));
    ours.delete(keyOf(row));
    const about = { subject: row.kind, number: row.number, ours: mine?.amount, theirs: row.amount, booked: false };
    if (!mine) result.differences.push({ ...about, kind: 'missing-here' });
    else if (row.state !== DONE) result.differences.push({ ...about, kind: 'state' });
    else if (mine.amount !== row.amount) result.differences.push({ ...about, kind: 'amount' });
    else if (mine.done) result.matched.push(row);
    else {
      result.late.push(row);
      result.differences.push({ ...about, kind: 'missing-here', booked: true });
    }
  }
  for (const { kind: subject, number, amount, done } of ours.values())
    if (done) result.differences.push({ kind: 'missing-there', subject, number, ours: amount, booked: false });
  return result;
}

const keyOf = ({ kind, number }: Pick<BillRow, 'kind' | 'number'>): string => `${kind} ${number}`;
