import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { QualityTooLow } from './quality-errors.ts';

/**
 * Refuses a new agreement on data below the least quality, with the rule and what fails most. It stops the act of a unit and decides
 * about nobody; agreements in force stay. What was never measured, or holds no rows, stops nothing.
 */
export async function assertQuality(db: Db, resource: string): Promise<void> {
  const run = await db.first<{ score: number | null; day: string }>(
    sql`select score::float8 as score, day::text as day from catalog.quality_run where resource = ${resource} order by day desc limit 1`,
  );
  if (!run || run.score === null) return;
  const { amount, rule } = await amountAt(db, 'catalog.quality.minimum');
  if (run.score >= amount) return;
  throw QualityTooLow.with({
    detail: {
      zh: `${run.day} 测得 ${run.score} 分，低于 ${amount} 分（${rule.title.zh}，${rule.verified ? '已核实' : '待核'}）`,
      en: `${run.score} points on ${run.day}, below ${amount} (${rule.title.en}${rule.verified ? '' : ', unverified'})`,
    },
    extra: { rule: rule.id, score: run.score, minimum: amount },
  });
}
