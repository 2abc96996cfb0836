import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { BudgetSpent } from '../errors.ts';

/**
 * Takes ε from the budget of a set and year (隐私预算台账), or refuses: answers add up, so that the sum over all of them is what protects.
 * The row is locked until the answer is committed: two questions at once cannot both take the last part.
 */
export async function drawNoise(
  db: Db,
  options: { dataset: string; epsilon: number; at: Date; forWhat: string },
): Promise<{ left: number }> {
  const { dataset, epsilon, at, forWhat } = options;
  const year = Number(shanghaiDate(at).slice(0, 4));
  const { amount } = await amountAt(db, 'open-data.noise.epsilon', at);
  await db.run(
    sql`insert into open_data.budget (dataset, year, allowed) values (${dataset}, ${year}::int, ${amount}::numeric) on conflict do nothing`,
  );
  const taken = await db.first<{ left: number }>(sql`
    update open_data.budget set spent = spent + ${epsilon}::numeric where dataset = ${dataset} and year = ${year}::int and spent + ${epsilon}::numeric <= allowed
    returning (allowed - spent)::float8 as left`);
  if (!taken) {
    const { spent } = await db.one<{ spent: number }>(
      sql`select spent::float8 as spent from open_data.budget where dataset = ${dataset} and year = ${year}::int`,
    );
    throw BudgetSpent.with({ extra: { year, allowed: amount, spent, asked: epsilon } });
  }
  await db.run(sql`insert into open_data.draw (id, dataset, year, epsilon, for_what, by_account, at)
    values (${uuidv7()}::uuid, ${dataset}, ${year}::int, ${epsilon}::numeric, ${forWhat}, ${db.actor.account}, ${at}::timestamptz)`);
  return taken;
}
