import type { Db, Row } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Levels (预警级别) by number: I red, II orange, III yellow, IV blue (突发事件应对法 第六十三条). */
export const COLOURS = ['red', 'orange', 'yellow', 'blue'] as const;
export type Colour = (typeof COLOURS)[number];
export type LevelNumber = 1 | 2 | 3 | 4;
export const levelOfColour = (colour: string): LevelNumber => {
  const place = COLOURS.indexOf(colour as Colour);
  if (place < 0) throw new Error(`no level: ${colour}`);
  return (place + 1) as LevelNumber;
};

export type EntryKind =
  | 'raised'
  | 'again'
  | 'flapping'
  | 'cleared'
  | 'suppressed'
  | 'released'
  | 'told'
  | 'unanswered'
  | 'nobody'
  | 'acknowledged'
  | 'closed'
  | 'level';

/** Writes what happened to an alert; in a storm nobody waits for it, it goes with the commit. */
export async function note(
  db: Db,
  entry: { alert: string; what: EntryKind; step?: number; account?: string; name?: string; note?: string },
): Promise<void> {
  const { alert, what, step, account, name, note: text } = entry;
  db.last(sql`
    insert into signal.alert_entry (id, alert, at, what, step, by_account, by_name, note)
    values (${uuidv7()}::uuid, ${alert}::uuid, kernel.now(), ${what}, ${step ?? null}::int, ${account ?? null}::text, ${name ?? null}::text, ${text ?? null}::text)`);
}

/** Lets the alerts that stood behind another be told after all, because what explained them has gone. */
export async function releaseBehind(db: Db, parent: string): Promise<number> {
  const rows = await db.rows<Row & { id: string }>(sql`
    update signal.alert set suppressed_by = null, next_step_at = case when state = 'open' and cleared_at is null then kernel.now() end
    where suppressed_by = ${parent}::uuid returning id, (state = 'open' and cleared_at is null) as live`);
  for (const { id, live } of rows) if (live) await note(db, { alert: id, what: 'released' });
  return rows.length;
}

/** Number of an alert: 预警 of a day, in order. */
export async function numberOf(db: Db): Promise<string> {
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  const day = shanghaiDate(now).replaceAll('-', '');
  const { n } = await db.one<{ n: string }>(sql`select kernel.next_number('signal.alert', ${day})::text as n`);
  return `YJ${day}-${n.padStart(5, '0')}`;
}
