import type { Db } from '#platform/kernel/db.ts';
import type { Fen } from '#platform/kernel/money.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Control } from './control-key.ts';

/*
 * Which accounts (科目) fees move. Codes are those of accounts.json.
 */

/** Money under way at a provider: paid by the payer, not yet at the bank. */
export const UNDER_WAY = '1218';
export const BANK = '1002';
/** A fee that was paid belongs to the treasury. */
export const TO_TREASURY = '2103';
/** Money that came twice or too late belongs to who paid it. */
export const TO_PAYER = '2307';

/** A part of a journal: what it is for, and how much of it. */
export type Part = { control: Control; fen: Fen };

/** What of a payment's journal has not been taken back yet, by control key. */
export async function partsLeft(db: Db, journal: string): Promise<Part[]> {
  const rows = await db.rows<{ control: string; fen: string }>(sql`
    select e.control, sum(e.fen)::text as fen from ledger.entry e join ledger.journal j on j.id = e.journal
    where (j.id = ${journal}::uuid or j.reverses = ${journal}::uuid) and e.account = ${UNDER_WAY} and e.side = 'debit'
    group by e.control having sum(e.fen) > 0 order by e.control`);
  return rows.map(({ control, fen }) => ({ control: controlOf(control), fen: BigInt(fen) }));
}

/** Takes an amount out of the parts, the first ones first. Throws if they do not hold as much. */
export function takeFrom(parts: readonly Part[], amount: Fen): Part[] {
  const taken: Part[] = [];
  let rest = amount;
  for (const { control, fen } of parts) {
    if (rest === 0n) break;
    const take = fen < rest ? fen : rest;
    taken.push({ control, fen: take });
    rest -= take;
  }
  if (rest !== 0n) throw new RangeError('there is less left than is taken');
  return taken;
}

/** The elements of a control key. */
export function controlOf(key: string): Control {
  return Object.fromEntries(key === '' ? [] : key.split(';').map((part) => part.split('=', 2)));
}
