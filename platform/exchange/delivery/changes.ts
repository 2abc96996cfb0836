import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
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
export type Terms = { taker: string; fields: string[]; row_filter: { field: string; in: string[] }[] };

export async function termsOf(db: Db, grant: string): Promise<Terms | undefined> {
  return db.first<Terms>(sql`select taker, fields, row_filter from catalog.grant_terms(${grant}::uuid)`);
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
  const claims = await db.rows<{ id: number; key: string; payload: Record<string, ClaimValue> }>(sql`
    select id, source_key as key, payload from exchange.claim where batch = ${batch.import}::uuid and id > ${subscription.sent_claim}::bigint order by id limit ${size}::int`);
  const final = claims.length < size;
  const changes: Change[] = claims
    .filter(({ payload }) => matches(payload, terms))
    .map(({ key, payload }) => ({ op: 'put', key, fields: granted(payload, terms) }));
  if (final) {
    const gone = await db.rows<{ key: string }>(sql`
      select source_key as key from exchange.feed_gone where feed = ${subscription.feed} and seq = ${batch.seq}::bigint order by source_key`);
    changes.push(...gone.map(({ key }): Change => ({ op: 'gone', key })));
  }
  return {
    seq: batch.seq,
    first: subscription.sent_claim,
    last: claims.at(-1)?.id ?? subscription.sent_claim,
    final,
    changes,
    digest: batch.digest,
    watermark: batch.watermark,
  };
}

function matches(payload: Record<string, ClaimValue>, terms: Terms): boolean {
  return terms.row_filter.every(({ field, in: allowed }) => {
    const value = payload[field];
    return typeof value === 'string' && allowed.includes(value);
  });
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

/** The part has arrived. */
export async function acknowledge(
  db: Db,
  options: { subscription: SubscriptionRow; part: Part; rows: number },
): Promise<void> {
  const { subscription, part, rows } = options;
  await db.run(sql`
    update exchange.subscription set sent_seq = ${part.final ? part.seq : subscription.sent_seq}::bigint, sent_claim = ${part.final ? 0 : part.last}::bigint,
      failures = 0, last_error = null, delivered_rows = delivered_rows + ${rows}::bigint, delivered_at = kernel.now()
    where id = ${subscription.id}::uuid`);
}
