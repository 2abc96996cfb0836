import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

const SAMPLE = [
  { id: 'museum', zh: '区文化馆展览券（样例）', en: 'Ticket of the district museum (sample)', cost: 5, stock: 200 },
  { id: 'market', zh: '菜场 5 元券（样例）', en: '5 yuan at the market (sample)', cost: 10, stock: 100 },
  { id: 'swim', zh: '区体育中心游泳券（样例）', en: 'Swimming at the sports centre (sample)', cost: 30, stock: 50 },
];

/** Vouchers of the sample (样例兑换券). Repeatable: what was redeemed stays redeemed. */
export async function seedVouchers(db: Db): Promise<void> {
  for (const { id, zh, en, cost, stock } of SAMPLE)
    await db.run(sql`
      insert into grid.voucher (id, title, cost, stock, valid_to)
      values (${id}, ${JSON.stringify({ zh, en })}::text::jsonb, ${cost}::int, ${stock}::int, '2099-12-31') on conflict (id) do nothing`);
}
