import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/** A step of the log as mining sees it: a post and a unit, never a person. */
export type LoggedStep = {
  instance: string;
  node: string;
  token: string | null;
  lifecycle: string;
  at: Date;
  unit: string | null;
  post: string | null;
  outcome: string | null;
  /** The instance has ended. */
  ended: boolean;
};

/** Cases that are looked at: the newest of a version. */
const MOST_CASES = 2_000;

/** The steps of the newest cases of a version, by case in the order in which they were written. */
export async function readLog(
  db: Db,
  { app, process, version, most = MOST_CASES }: { app: string; process: string; version: number; most?: number },
): Promise<LoggedStep[]> {
  return db.rows<LoggedStep>(sql`
    select instance, node, token, lifecycle, at, unit, post, outcome, ended
    from workflow.log_of(${app}, ${process}, ${version}::int, ${most}::int) order by instance, seq`);
}

/** The steps of each case. */
export function byCase(steps: readonly LoggedStep[]): LoggedStep[][] {
  const cases = new Map<string, LoggedStep[]>();
  for (const step of steps) {
    const known = cases.get(step.instance);
    if (known) known.push(step);
    else cases.set(step.instance, [step]);
  }
  return [...cases.values()];
}
