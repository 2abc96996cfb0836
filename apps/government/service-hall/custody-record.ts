import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

export type Paper = {
  id: string;
  barcode: string;
  what: string;
  caseCode: string | null;
  state: 'held' | 'lost' | 'returned' | 'archived';
  /** Who holds it now: unit and name; null once it is returned or archived. */
  holderUnit: string | null;
  holderName: string | null;
  /** Since when. */
  heldFrom: Date | null;
  /** To whom it is on its way. */
  offeredTo: string | null;
};
export const PAPER_COLUMNS = sql`p.id, p.barcode, p.what, p.case_code as "caseCode", p.state, c.unit as "holderUnit", c.name as "holderName",
  c.from_at as "heldFrom", h.to_unit as "offeredTo"`;
export const PAPER_TABLES = sql`service_hall.paper p left join service_hall.custody c on c.paper = p.id and c.until_at is null
  left join service_hall.hand_over h on h.paper = p.id and h.taken_at is null and h.withdrawn_at is null`;

/** A paper that the caller's unit may see, held until the end of the transaction: two scans at one moment follow each other. */
export async function holdPaper(db: Db, barcode: string): Promise<Paper | undefined> {
  const found = await db.first(sql`select id from service_hall.paper where barcode = ${barcode} for update`);
  if (!found) return undefined;
  return db.first<Paper>(sql`select ${PAPER_COLUMNS} from ${PAPER_TABLES} where p.barcode = ${barcode}`);
}

/** The paper changes hands (交接): the one custody ends at the moment at which the next begins. */
export async function takeCustody(db: Db, options: { paper: string; unit: string; now: Date }): Promise<void> {
  const { paper, unit, now } = options;
  const { account, name } = db.actor;
  await db.run(sql`
    update service_hall.custody set until_at = greatest(from_at, ${now}::timestamptz) where paper = ${paper}::uuid and until_at is null`);
  await db.run(sql`
    insert into service_hall.custody (paper, no, unit, account, name, from_at)
    select ${paper}::uuid, coalesce(max(no), 0) + 1, ${unit}, ${account}, ${name}, greatest(max(until_at), ${now}::timestamptz)
    from service_hall.custody where paper = ${paper}::uuid`);
}
