import type { Db } from '#platform/kernel/db.ts';
import { amountsAt, ruleAt } from '#platform/rulebook/rule-at.ts';

export const ROLES = ['duty-officer', 'shift-leader', 'deputy-director'] as const;
export type Role = (typeof ROLES)[number];
/** A step of the ladder (升级阶梯): who is told, and how long they have before the next is. */
export type Step = { role: Role; post: string; minutes: number };

export type Settings = {
  ladder: readonly Step[];
  duplicateMetres: number;
  duplicateMinutes: number;
  stormPerMinute: number;
};

/** The district's measures on alerts, as they are today. */
export async function readSettings(db: Db, now: Date): Promise<Settings> {
  const amounts = await amountsAt(
    db,
    {
      duplicateMetres: { id: 'signal.duplicate.metres', unit: 'metre' },
      duplicateMinutes: { id: 'signal.duplicate.minutes', unit: 'minute' },
      stormPerMinute: { id: 'signal.storm.per-minute', unit: 'alert' },
    },
    now,
  );
  return { ...amounts, ladder: await readLadder(db, now) };
}

export async function readLadder(db: Db, now: Date): Promise<readonly Step[]> {
  const { value } = await ruleAt(db, 'signal.ladder', now);
  if (typeof value !== 'object') throw new Error('signal.ladder is no table');
  const column = (name: string): number => value.columns.indexOf(name);
  return value.rows.map((row) => ({
    role: String(row[column('role')]) as Role,
    post: String(row[column('post')]),
    minutes: Number(row[column('minutes')]),
  }));
}
