import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type ClaimValue, isSecret, plain } from '#platform/exchange/target.ts';
import { refutedBy } from '#platform/basedata/shared/corrections.ts';
import { nameForm } from '#platform/basedata/shared/text-forms.ts';
import type { Statement } from '#platform/basedata/shared/survivorship.ts';
import { KIN_RULES, LIFE_FIELDS, PERSON_RULES } from './authority.ts';

const ATTRIBUTES = [...PERSON_RULES.flatMap((rule) => rule.attributes), ...LIFE_FIELDS];
const KEYS = [...KIN_RULES.map((rule) => rule.attributes[0]), 'birthCertificate'];

type ClaimRow = {
  pid: string;
  id: number;
  dataset: string;
  unit: string;
  batch: string;
  row: number;
  sourceKey: string;
  receivedAt: Date;
  payload: Record<string, ClaimValue>;
};

/** What all claims about some persons say, by pid. `until` leaves out what arrived later. */
export async function statementsAbout(
  db: Db,
  pids: readonly string[],
  until?: Date,
): Promise<Map<string, Statement[]>> {
  const rows = await db.rows<ClaimRow>(sql`
    select m.pid, c.*
    from population.person_claim m cross join lateral (
      -- One look-up a claim by its key, whatever the planner thinks of tables that have just been filled.
      select c.id, c.dataset, c.unit, c.batch, c.row_no as row, c.source_key as "sourceKey", c.received_at as "receivedAt", c.payload - 'idNumber' as payload
      from exchange.claim c where c.id = m.claim_id limit 1) c
    where m.pid = any(${pids}::uuid[]) and (${until ?? null}::timestamptz is null or c."receivedAt" <= ${until ?? null}::timestamptz)`);
  const found = new Map<string, Statement[]>(pids.map((pid) => [pid, []]));
  for (const { pid, id, payload, receivedAt, ...row } of rows) {
    found.get(pid)?.push({
      ...row,
      claim: id,
      receivedAt: receivedAt.toISOString(),
      values: valuesOf(payload),
      ...refutedBy(payload),
    });
  }
  return found;
}

/** The attributes of a claim in the form in which they are compared and kept; empty ones are left out. */
export function valuesOf(payload: Record<string, ClaimValue>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const attribute of ATTRIBUTES) {
    const text = plain(payload, attribute);
    if (text !== undefined) values[attribute] = attribute === 'name' ? nameForm(text) : text;
  }
  // Numbers of others stand for them by their look-up keys.
  for (const field of KEYS) {
    const secret = payload[field];
    if (isSecret(secret)) values[field] = secret.h;
  }
  return values;
}
