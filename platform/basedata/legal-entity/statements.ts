import { refutedBy } from '#platform/basedata/shared/corrections.ts';
import type { Statement } from '#platform/basedata/shared/survivorship.ts';
import { type Claim, type ClaimValue, plain } from '#platform/exchange/target.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { identityOf } from './claim-identity.ts';
import { ENTITY_ATTRIBUTES } from './entity-rules.ts';

/** All that was ever claimed of these enterprises, by credit code (or provisional key). `until` leaves out what arrived later. */
export async function statementsOf(db: Db, usccs: readonly string[], until?: Date): Promise<Map<string, Statement[]>> {
  const rows = await db.rows<Claim & { uscc: string }>(sql`
    select m.uscc, c.* from legal_entity.entity_claim m cross join lateral (
      select c.id, c.dataset, c.unit, c.batch, c.row_no as row, c.source_key as "sourceKey", c.received_at as "receivedAt", c.payload
      from exchange.claim c where c.id = m.claim_id limit 1) c
    where m.uscc = any (${[...usccs]}::text[]) and (${until ?? null}::timestamptz is null or c."receivedAt" <= ${until ?? null}::timestamptz)
    order by c.id`);
  const found = new Map<string, Statement[]>(usccs.map((uscc) => [uscc, []]));
  for (const { uscc, id, payload, receivedAt, ...row } of rows) {
    const values = valuesOf(payload);
    found.get(uscc)?.push({ ...row, claim: id, receivedAt: receivedAt.toISOString(), values, ...refutedBy(payload) });
  }
  return found;
}

/** The attributes of a claim in the form in which they are compared and kept; empty ones are left out. */
export function valuesOf(payload: Record<string, ClaimValue>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name } of ENTITY_ATTRIBUTES) {
    const text = name === 'name' ? identityOf(payload).name : plain(payload, name);
    if (text !== undefined) values[name] = name === 'name' ? companyName(text) : text;
  }
  return values;
}

/** A company name as it is compared and shown: full-width brackets, no blanks. */
export function companyName(text: string): string {
  return text.replace(/\s+/g, '').replaceAll('(', '（').replaceAll(')', '）');
}
