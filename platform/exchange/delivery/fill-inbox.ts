import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { join, json, type Sql, sql } from '#platform/kernel/sql.ts';
import { claimsIn, windowAfter } from '../claim-window.ts';
import { opOf, type SubscriptionRow, type Terms } from './changes.ts';

/** Rows in one transaction: about 200 ms at most (§2b 9). */
const CHUNK = { postgres: 10_000, pglite: 1_000 } as const;

/** Puts the next part into the taker's inbox, in the database itself; false when nothing is left. */
export async function fillInbox(
  db: Db,
  options: { subscription: SubscriptionRow; terms: Terms; services: Services },
): Promise<boolean> {
  const { subscription, terms, services } = options;
  const batch = await db.first<{ seq: number; import: string }>(sql`
    select seq, import from exchange.feed_batch where feed = ${subscription.feed} and seq = ${subscription.sent_seq}::bigint + 1 and state = 'applied'`);
  if (!batch) return false;
  const size = CHUNK[services.database.kind];
  const filter = terms.row_filter.length > 0 ? json(terms.row_filter) : null;
  const from = { batch: batch.import, size };
  const window = await windowAfter(db, { ...from, after: subscription.sent_claim });
  let put = 0;
  if (window)
    put = await db.run(sql`
      insert into exchange.inbox (app, feed, seq, source_key, op, fields, received_at)
      select ${terms.taker}, ${subscription.feed}, ${batch.seq}::bigint, n.source_key, n.op,
        case when n.op = 'put' then ${grantedFields(terms.fields)} else '{}' end, (select kernel.now())
      from (
        select n.source_key, n.payload, ${opOf(filter)} as op from ${claimsIn(window, batch.import)} n
      ) n where n.op is not null
      on conflict do nothing`);
  const final = !window || !(await windowAfter(db, { ...from, after: window.to }));
  let gone = 0;
  if (final)
    gone = await db.run(sql`
      insert into exchange.inbox (app, feed, seq, source_key, op, fields)
      select ${terms.taker}, feed, seq, source_key, 'gone', '{}' from exchange.feed_gone where feed = ${subscription.feed} and seq = ${batch.seq}::bigint
      on conflict do nothing`);
  await db.run(sql`
    update exchange.subscription set sent_seq = ${final ? batch.seq : subscription.sent_seq}::bigint, sent_claim = ${final ? 0 : window.to}::bigint,
      failures = 0, last_error = null, delivered_rows = delivered_rows + ${put + gone}::bigint, delivered_at = kernel.now()
    where id = ${subscription.id}::uuid`);
  return true;
}

/** A function takes at most a hundred arguments. */
const PAIRS = 50;

/** The granted fields of a payload; of an identity number its masked text. Built by name, which costs a third of taking every payload apart. */
function grantedFields(fields: readonly string[]): Sql {
  const parts: Sql[] = [sql`'{}'::jsonb`];
  for (let at = 0; at < fields.length; at += PAIRS) {
    const pairs = fields
      .slice(at, at + PAIRS)
      .map((name) => sql`${name}::text, coalesce(n.payload -> ${name}::text -> 'm', n.payload -> ${name}::text)`);
    parts.push(sql`jsonb_build_object(${join(pairs, ', ')})`);
  }
  return sql`jsonb_strip_nulls(${join(parts, ' || ')})`;
}
