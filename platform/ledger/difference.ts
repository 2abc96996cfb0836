import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import type { Fen } from '#platform/kernel/money.ts';
import { sql } from '#platform/kernel/sql.ts';

export type DifferenceKind = 'missing-here' | 'missing-there' | 'amount' | 'state';

/** A difference (对账差异) between the provider and us. */
export type Difference = {
  channel: string;
  /** Day of the provider's bill that it belongs to. */
  day: string;
  kind: DifferenceKind;
  subject: 'payment' | 'refund';
  number: string;
  unit?: string | null;
  order?: string | null;
  ours?: Fen;
  theirs?: Fen;
  booked?: boolean;
};

/** Opens a difference, once for its number and kind; it stays until a person settles it with a note. */
export async function openDifference(db: Db, difference: Difference): Promise<void> {
  const { channel, day, kind, subject, number, unit = null, order = null, ours, theirs, booked = false } = difference;
  const id = uuidv7();
  const made = await db.run(sql`
    insert into ledger.difference (id, channel, day, kind, subject, number, unit, fee_order, ours, theirs, booked)
    values (${id}::uuid, ${channel}, ${day}::date, ${kind}, ${subject}, ${number}, ${unit}::text, ${order}::uuid, ${ours?.toString() ?? null}::bigint,
      ${theirs?.toString() ?? null}::bigint, ${booked}::boolean)
    on conflict (channel, kind, subject, number) do nothing`);
  if (made > 0)
    await db.emit({ type: 'ledger.difference.opened', subject: id, data: { difference: id, kind, subject } });
}
