import type { Db } from '#platform/kernel/db.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { readLadder } from '../ladder/ladder.ts';

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
  return { ...amounts, ladder: await readSteps(db, now) };
}

export async function readSteps(db: Db, now: Date): Promise<readonly Step[]> {
  const rows = await readLadder(db, 'signal.ladder', now);
  return rows.map(({ role, post, minutes }) => ({ role: role as Role, post: String(post), minutes: Number(minutes) }));
}
