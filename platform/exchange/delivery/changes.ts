import type { Db } from '#platform/kernel/db.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import { claimsIn, windowAfter } from '../claim-window.ts';
import type { ClaimValue } from '../target.ts';

export type SubscriptionRow = {
  id: string;
  feed: string;
  unit: string;
  grant_id: string;
  taker: string;
  kind: 'inbox' | 'http';
  url: string | null;
  secret: string | null;
  state: string;
  sent_seq: number;
  sent_claim: number;
  failures: number;
};

/** What a grant allows now: which fields, and which rows. */
export type Terms = {
  taker: string;
  resource: string;
  owner: string;
  fields: string[];
  row_filter: { field: string; in: string[] }[];
};

export async function termsOf(db: Db, grant: string): Promise<Terms | undefined> {
  return db.first<Terms>(
    sql`select taker, resource, owner, fields, row_filter from catalog.grant_terms(${grant}::uuid)`,
  );
}

/** One record that changed (变更): its key at the source as a digest, and the granted fields; identity numbers stay masked. */
export type Change = { op: 'put' | 'gone'; key: string; fields?: Record<string, string> };

/** The next part of the batch that follows `sent_seq`: the same question gives the same part until it has been acknowledged. */
export type Part = {
  seq: number;
  first: number;
  last: number;
  final: boolean;
  changes: Change[];
  digest: string;
  watermark: string | null;
};

export async function nextPart(
  db: Db,
  options: { subscription: SubscriptionRow; terms: Terms; size: number },
): Promise<Part | undefined> {
  const { subscription, terms, size } = options;
  const batch = await db.first<{ seq: number; import: string; digest: string; watermark: string | null }>(sql`
    select seq, import, digest, watermark from exchange.feed_batch where feed = ${subscription.feed} and seq = ${subscription.sent_seq}::bigint + 1 and state = 'applied'`);
  if (!batch) return undefined;
  const filter = terms.row_filter.length > 0 ? json(terms.row_filter) : null;
  const from = { batch: batch.import, size };
  const window = await windowAfter(db, { ...from, after: subscription.sent_claim });
  const claims = window
    ? await db.rows<{ key: string; op: Change['op'] | null; payload: Record<string, ClaimValue> }>(sql`
        select n.source_key as key, n.payload, ${opOf(filter)} as op from ${claimsIn(window, batch.import)} n order by n.id`)
    : [];
  const final = !window || !(await windowAfter(db, { ...from, after: window.to }));
  const changes: Change[] = claims.flatMap(({ key, op, payload }): Change[] => {
    if (op === null) return [];
    return [op === 'put' ? { op, key, fields: granted(payload, terms) } : { op, key }];
  });
  if (final) {
    const gone = await db.rows<{ key: string }>(sql`
      select source_key as key from exchange.feed_gone where feed = ${subscription.feed} and seq = ${batch.seq}::bigint order by source_key`);
    for (const { key } of gone) changes.push({ op: 'gone', key });
  }
  return {
    seq: batch.seq,
    first: subscription.sent_claim,
    last: window?.to ?? subscription.sent_claim,
    final,
    changes,
    digest: batch.digest,
    watermark: batch.watermark,
  };
}

/**
 * What a claim `n` is to a taker with this row filter: a record, one that has left the filter and is told as gone, or (null) nothing.
 */
export function opOf(filter: string | null): Sql {
  if (filter === null) return sql`'put'`;
  const holds = (payload: Sql) => sql`not exists (
    select from jsonb_to_recordset(${filter}::text::jsonb) as f(field text, "in" jsonb) where not coalesce(f."in" ? (${payload} ->> f.field), false))`;
  return sql`case when ${holds(sql`n.payload`)} then 'put' when (
    select ${holds(sql`c.payload`)} from exchange.claim c join exchange.batch b on b.id = c.batch
    where c.dataset = n.dataset and c.source_key = n.source_key and c.id < n.id and b.state in ('publishing', 'loaded') order by c.id desc limit 1) then 'gone' end`;
}

function granted(payload: Record<string, ClaimValue>, terms: Terms): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name of terms.fields) {
    const value = payload[name];
    if (value === undefined || value === null) continue;
    fields[name] = typeof value === 'string' ? value : value.m;
  }
  return fields;
}

/** The part has arrived; false where another run has told the same meanwhile. */
export async function acknowledge(
  db: Db,
  options: { subscription: SubscriptionRow; part: Part; rows: number },
): Promise<boolean> {
  const { subscription, part, rows } = options;
  const told = await db.run(sql`
    update exchange.subscription set sent_seq = ${part.final ? part.seq : subscription.sent_seq}::bigint, sent_claim = ${part.final ? 0 : part.last}::bigint,
      failures = 0, last_error = null, delivered_rows = delivered_rows + ${rows}::bigint, delivered_at = kernel.now()
    where id = ${subscription.id}::uuid and sent_seq = ${subscription.sent_seq}::bigint and sent_claim = ${subscription.sent_claim}::bigint`);
  return told > 0;
}
