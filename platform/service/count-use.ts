import { systemActor } from '#platform/kernel/actor.ts';
import type { Timer } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

const DAY_MS = 86_400_000;

/**
 * Closes the month before (办件量月结): how often each item was applied for, and how much of that was online. Both ratios and what is called
 * nominal (名义网办) go by it. A month is counted once; what was taken over for it stays.
 */
export async function countUse(db: Db): Promise<number> {
  return db.run(sql`
    with month as (select date_trunc('month', kernel.now() at time zone 'Asia/Shanghai') - interval '1 month' as begun)
    insert into service.item_use (item, month, cases, online)
    select s.item, m.begun::date, count(*)::int, (count(*) filter (where c.channel <> 'window'))::int
    from month m, service.sub_case s join service.case_file c on c.id = s.case_id join service.item i on i.code = s.item
    where s.state <> 'draft' and s.received_at >= m.begun at time zone 'Asia/Shanghai'
      and s.received_at < (m.begun + interval '1 month') at time zone 'Asia/Shanghai'
    group by s.item, m.begun on conflict do nothing`);
}

export const countUseDaily: Timer = {
  name: 'count-use',
  everyMs: DAY_MS,
  run: ({ services }) =>
    services.database.tx({ module: 'service', actor: systemActor({ name: 'count-use' }) }, async (db) => {
      await countUse(db);
    }),
};
