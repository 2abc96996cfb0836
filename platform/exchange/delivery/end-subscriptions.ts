import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';

const OVER = {
  zh: '授权已撤回或到期，停止投递',
  en: 'The grant was withdrawn or has ended: nothing more is delivered',
};

/** A subscription ends with its grant. Asked every two seconds, and before each part. */
export async function endSubscriptions(db: Db, only?: string): Promise<number> {
  return db.run(sql`
    update exchange.subscription s set state = 'ended', ended_at = kernel.now(), ended_why = ${json(OVER)}::text::jsonb
    where s.state = 'active' and (${only ?? null}::text is null or s.id::text = ${only ?? null}::text)
      and not exists (select from catalog.grant_terms(s.grant_id))`);
}
